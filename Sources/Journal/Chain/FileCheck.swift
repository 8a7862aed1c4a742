import GRDB
import Values

/// What else tells of a file that its events are whole: its own counts, its schema, SQLite's trees and indexes.
struct FileCheck {
  private let db: Database
  private let path: String

  init(db: Database, path: String) {
    self.db = db
    self.path = path
  }

  /// How many own events were written, by what follows them; nil where nothing says.
  /// - Parameter own: how many are here.
  func written(own: Int64) throws -> Int64? {
    let followed = try Int64.fetchOne(db, sql: "SELECT max(last) FROM progress") ?? 0
    let last = try Int64.fetchOne(db, sql: "SELECT max(rowid) FROM event") ?? 0
    let missing = followed > last ? own &+ (followed &- last) : 0
    return [try Meta.count.integer(db), missing].compactMap { $0 }.max()
  }

  /// A sentence about the first thing that is wrong; O(size of the file).
  func complaint(own: Int64) throws -> String? {
    guard let count = try Meta.count.integer(db) else {
      return "the table meta does not say how many events were written."
    }
    if count < own { return "only \(count) of its \(own) events were written by midwatch." }
    return try schema() ?? trees()
  }

  /// The table of events, its indexes and its triggers, which refuse changes; and no others that would make some.
  private func schema() throws -> String? {
    guard try Schema.state(of: db) == .current else { return nil }
    let expected = try DatabaseQueue().write { db in
      try db.execute(sql: Schema.creation)
      return try Self.objects(db, of: "event")
    }
    let found = try Self.objects(db)
    for (name, sql) in expected.sorted(by: { $0.key < $1.key }) {
      guard let there = found[name] else { return "the \(name) is not there." }
      if there != sql { return "the \(name) is not as midwatch made it." }
    }
    let foreign = found.keys.filter { name in
      expected[name] == nil && (name.hasPrefix("trigger ") || name.hasPrefix("view "))
    }
    return foreign.min().map { "the \(Inert.terminal($0)) is not midwatch's." }
  }

  /// What was said to make each, by `trigger event_delete`; without regard to line ends.
  private static func objects(_ db: Database, of table: String? = nil) throws -> [String: String] {
    let sql =
      "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name = coalesce(?, tbl_name)"
    return try Row.fetchAll(db, sql: sql, arguments: [table]).reduce(into: [:]) { objects, row in
      let text = try row.decode(String.self, atIndex: 1)
      objects[try row.decode(String.self, atIndex: 0)] =
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  private func trees() throws -> String? {
    let said = try String.fetchOne(db, sql: "PRAGMA integrity_check('event')") ?? "no answer"
    return said == "ok" ? nil : "SQLite says: \(Inert.terminal(said))."
  }
}
