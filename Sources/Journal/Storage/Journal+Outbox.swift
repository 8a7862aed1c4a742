import Foundation
import GRDB
import Incidents
import Values

/// Something that was queued, and how far it has come.
package struct OutboxItem: Sendable, Equatable {
  package let outgoing: Outgoing
  package let state: OutboxState
  /// Of the engine that moved it last; nil while queued.
  package let epoch: Int64?
  /// The seq of the act's first event.
  package let event: Int64
  package let changed: Instant
}

extension Journal {
  /// How many deliveries are in each state that there is one in, by its name.
  package func outboxCounts() throws -> [(state: String, count: Int)] {
    try read { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT state, count(*) FROM outbox GROUP BY state ORDER BY state")
      var counts: [(state: String, count: Int)] = []
      while let row = try rows.next() {
        counts.append((try row.decode(String.self, atIndex: 0), try row.decode(Int.self, atIndex: 1)))
      }
      return counts
    }
  }

  /// What is in one of `states`, oldest first.
  package func outbox(_ states: Set<OutboxState>, limit: Int = 1000) throws -> [OutboxItem] {
    try read { db in
      let marks = Array(repeating: "?", count: states.count).joined(separator: ", ")
      let sql = """
        SELECT destination, key, payload, state, epoch, event, changed FROM outbox WHERE state IN (\(marks))
        ORDER BY event, destination, key LIMIT ?
        """
      var arguments = StatementArguments(states.map(\.rawValue).sorted())
      arguments += [max(0, limit)]
      var items: [OutboxItem] = []
      let rows = try Row.fetchCursor(db.makeStatement(sql: sql), arguments: arguments)
      while let row = try rows.next() { items.append(try OutboxItem(row)) }
      return items
    }
  }

  /// What was queued for a destination under a key; nil when nothing was.
  package func outboxItem(destination: String, key: String) throws -> OutboxItem? {
    try read { db in
      let sql = """
        SELECT destination, key, payload, state, epoch, event, changed FROM outbox
        WHERE destination = ? AND key = ?
        """
      return try Row.fetchOne(db, sql: sql, arguments: [destination, key]).map { try OutboxItem($0) }
    }
  }
}

extension OutboxItem {
  /// Of the columns destination, key, payload, state, epoch, event, changed.
  fileprivate init(_ row: Row) throws {
    outgoing = Outgoing(
      destination: try row.decode(String.self, atIndex: 0), key: try row.decode(String.self, atIndex: 1),
      payload: Array(try row.decode(Data.self, atIndex: 2)))
    state = OutboxState(rawValue: try row.decode(String.self, atIndex: 3)) ?? .unknown
    epoch = try row.decode(Int64?.self, atIndex: 4)
    event = try row.decode(Int64.self, atIndex: 5)
    changed = Instant(milliseconds: try row.decode(Int64.self, atIndex: 6))
  }
}
