import Foundation
import GRDB
import Incidents
import Values

/// Rows of the table `outbox`: what is to be sent, and how far it has come.
enum Outbox {
  /// Queues and moves what `decision` says. A destination and key that are there already stay as they are:
  /// the key is what keeps one thing from being sent twice. What was erased before it went out stays that.
  static func apply(
    _ decision: Decision, seq: Int64, epoch: Int64?, at now: Instant, _ db: Database
  ) throws {
    for outgoing in decision.send {
      let sql = """
        INSERT INTO outbox (destination, key, payload, state, event, changed) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (destination, key) DO NOTHING
        """
      try db.cachedStatement(sql: sql).execute(arguments: [
        outgoing.destination, outgoing.key, Data(outgoing.payload), OutboxState.queued.rawValue, seq,
        now.milliseconds,
      ])
    }
    for move in decision.moves {
      let sql = """
        UPDATE outbox SET state = ?, epoch = ?, changed = ?
        WHERE destination = ? AND key = ? AND state <> 'erased'
        """
      try db.cachedStatement(sql: sql).execute(arguments: [
        move.to.rawValue, epoch, now.milliseconds, move.destination, move.key,
      ])
    }
  }

  /// Forgets what the event at `seq` queued.
  static func erase(seq: Int64, _ db: Database) throws {
    let sql = """
      UPDATE outbox SET payload = x'',
        state = CASE WHEN state IN ('queued', 'failed') THEN 'erased' ELSE state END WHERE event = ?
      """
    try db.execute(sql: sql, arguments: [seq])
  }
}
