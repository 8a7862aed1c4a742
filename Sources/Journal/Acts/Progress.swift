import Foundation
import GRDB
import Incidents

/// How far each kind of fold has come: the table `progress`.
enum Progress {
  struct Mark: Equatable {
    var version: Int
    var seq: Int64
  }

  static func marks(_ db: Database) throws -> [String: Mark] {
    var marks: [String: Mark] = [:]
    let rows = try Row.fetchCursor(db.cachedStatement(sql: "SELECT name, version, seq FROM progress"))
    while let row = try rows.next() {
      marks[try row.decode(String.self, atIndex: 0)] = Mark(
        version: try row.decode(Int.self, atIndex: 1), seq: try row.decode(Int64.self, atIndex: 2))
    }
    return marks
  }

  /// The sentence that says that a newer midwatch keeps this journal; nil when none does.
  static func newer(_ types: [any Fold.Type], _ db: Database) throws -> String? {
    let marks = try marks(db)
    guard let type = types.first(where: { (marks[$0.name]?.version ?? 0) > $0.version }) else { return nil }
    return """
      A newer midwatch keeps this journal (its \(type.name) entries have version \
      \(marks[type.name]?.version ?? 0), this one knows \(type.version)); update midwatch to write.
      """
  }

  /// Whether every row is of our version and up to `seq`.
  static func isCurrent(_ types: [any Fold.Type], upTo seq: Int64, _ db: Database) throws -> Bool {
    let marks = try marks(db)
    return types.allSatisfy { marks[$0.name] == Mark(version: $0.version, seq: seq) }
  }

  /// Folds anew what has another version, and further what lags behind.
  static func catchUp(_ types: [any Fold.Type], in transaction: Transaction) throws {
    let db = transaction.db
    if let sentence = try newer(types, db) { throw JournalError(.readOnly, sentence) }
    let marks = try marks(db)
    let old = types.filter { marks[$0.name]?.version != $0.version }
    for type in old { try db.execute(sql: "DELETE FROM fold WHERE name = ?", arguments: [type.name]) }
    if !old.isEmpty { try transaction.folds.applyAll(to: old, after: 0, of: transaction.origin) }
    var changed = !old.isEmpty
    let behind = types.filter { type in !old.contains { $0.name == type.name } }
    for (seq, group) in Dictionary(grouping: behind, by: { marks[$0.name]?.seq ?? 0 })
    where seq < transaction.last.seq {
      try transaction.folds.applyAll(to: group, after: seq, of: transaction.origin)
      changed = true
    }
    if changed { try note(types, seq: transaction.last.seq, db) }
  }

  static func note(_ types: [any Fold.Type], seq: Int64, _ db: Database) throws {
    let sql = """
      INSERT INTO progress (name, version, seq) VALUES (?1, ?2, ?3)
      ON CONFLICT (name) DO UPDATE SET version = ?2, seq = ?3
      """
    for type in types {
      try db.cachedStatement(sql: sql).execute(arguments: [type.name, type.version, seq])
    }
  }
}
