import GRDB
import Incidents
import Values

/// What an erasure did, and what it could not reach.
package struct Erasure: Equatable, Sendable {
  /// The `event.erased` that says so.
  package let event: Event
  /// Paths of backups made of this journal before: they still hold the text.
  package let backups: [String]
  /// Ids of the events that say it in other words, as far as these are still there.
  package let amendments: [String]
  /// False when another process kept the file from being compacted; erase something, or back up, again later.
  package let isCompacted: Bool
}

extension Journal {
  /// Erases an event's text, what it alone queued or attached, and its part in what is folded; the row stays,
  /// the chain still verifies, and an `event.erased` says who did it and why.
  ///
  /// Throws a `Refusal` for an event that holds nothing to erase. O(events) for each entity it concerns.
  @discardableResult
  package func erase(
    event id: String, reason: String, by actor: Actor, at now: Instant
  ) throws -> Erasure {
    guard reason.contains(where: { !$0.isWhitespace }) else { throw Refusal("Say why it is erased.") }
    var files: [String] = []
    let erased = try write { transaction -> Event in
      guard let event = try self.event(id: id, transaction.db) else {
        throw JournalError(.unknown, "There is no event \(id) in this journal.")
      }
      let parts = try Self.erase(event, in: transaction, files: &files)
      for type in folds { try Self.refold(type, without: event, in: transaction) }
      try Self.refreshIndexes(of: folds.indexed, event, in: transaction)
      let fact = EventErased(target: id, reason: reason, parts: parts)
      let entry = Entry(fact, at: now, incident: event.incident, ticket: event.ticket)
      let events = try transaction.perform(WaitingAct(AppendFact(entry), by: actor, at: now))
      guard let first = events.first else { throw JournalError(.unknown, "The erasure was not recorded.") }
      return first
    }
    for file in files { BlobFolder(journal: path).remove(file) }
    return Erasure(
      event: erased, backups: try backups(), amendments: try amendments(of: id), isCompacted: compact())
  }

  private func amendments(of id: String) throws -> [String] {
    try read { db in
      let sql = "SELECT \(EventRow.columns) FROM event WHERE kind = ? AND instr(body, ?) > 0 ORDER BY rowid"
      return try EventRow.events(db.makeStatement(sql: sql), [EventAmended.kind, id])
        .filter { $0.fact(EventAmended.self)?.target == id }.map(\.id)
    }
  }

  /// Clears the row, its blobs and its outbox rows; returns what went.
  private static func erase(
    _ event: Event, in transaction: Transaction, files: inout [String]
  ) throws -> [String] {
    let db = transaction.db
    guard let body = event.body else { throw Refusal("The text of event \(event.id) was erased before.") }
    if event.kind.hasPrefix("journal.") || event.kind.hasPrefix("engine.") || event.kind == EventErased.kind {
      throw Refusal("An event \(event.kind) holds nobody's text; it is part of the journal's own record.")
    }
    if let place = try place(of: event, db) { try Words.erase(body, at: place, db) }
    try db.execute(
      sql: "UPDATE event SET body = NULL, salt = NULL WHERE origin = ? AND seq = ?",
      arguments: [event.origin, event.seq])
    var parts = ["body"]
    for digest in Set(Blobs.named(in: body)).sorted() {
      let others = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM event WHERE instr(body, ?) > 0", arguments: [digest])
      guard others == 0 else { continue }
      let isFile = try Bool.fetchOne(
        db, sql: "SELECT bytes IS NULL FROM blob WHERE sha256 = ?", arguments: [digest])
      guard let isFile else { continue }
      if isFile { files.append(digest) }
      try db.execute(sql: "DELETE FROM blob WHERE sha256 = ?", arguments: [digest])
      parts.append("blob:\(digest)")
    }
    if event.origin == transaction.origin { try Outbox.erase(seq: event.seq, db) }
    return parts
  }

  private static func refold<F: Fold>(
    _ type: F.Type, without event: Event, in transaction: Transaction
  ) throws {
    for key in Set(F.keys(of: event)) { try transaction.folds.refold(type, key) }
  }

  private static func refreshIndexes(
    of types: [any IndexedFold.Type], _ event: Event, in transaction: Transaction
  ) throws {
    let db = transaction.db
    let sql = "SELECT \(EventRow.columns) FROM event WHERE origin = ? AND seq = ?"
    let left = try EventRow.events(db.cachedStatement(sql: sql), [event.origin, event.seq]).first
    guard let left, let place = try place(of: event, db) else { return }
    try transaction.folds.flush()
    for type in types { try type.refreshIndex(left, at: place, db) }
  }

  private static func place(of event: Event, _ db: Database) throws -> Int64? {
    let sql = "SELECT rowid FROM event WHERE origin = ? AND seq = ?"
    return try Int64.fetchOne(db.cachedStatement(sql: sql), arguments: [event.origin, event.seq])
  }

  /// Writes the file anew without what was deleted, in the log, too.
  private func compact() -> Bool {
    guard let writer = connections.writer else { return false }
    return
      (try? writer.writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM")
        let busy = try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        return busy == 0
      }) ?? false
  }

  private func backups() throws -> [String] {
    try read { try String.fetchAll($0, sql: "SELECT path FROM backup ORDER BY path") }
  }
}
