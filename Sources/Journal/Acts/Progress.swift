import Foundation
import GRDB
import Incidents

/// How far each kind of fold has come: the table `progress`.
enum Progress {
  struct Mark: Equatable {
    var version: Int
    /// A rowid of event.
    var last: Int64
  }

  static func marks(_ db: Database) throws -> [String: Mark] {
    var marks: [String: Mark] = [:]
    let rows = try Row.fetchCursor(db.cachedStatement(sql: "SELECT name, version, last FROM progress"))
    while let row = try rows.next() {
      marks[try row.decode(String.self, atIndex: 0)] = Mark(
        version: try row.decode(Int.self, atIndex: 1), last: try row.decode(Int64.self, atIndex: 2))
    }
    return marks
  }

  /// What follows the events: the rows of folds, their indexes.
  private static func followers(_ types: [any Fold.Type]) -> [(name: String, version: Int)] {
    types.map { ($0.name, $0.version) } + types.indexed.map { ($0.indexName, $0.version) }
  }

  private static let words = (name: Words.name, version: EventText.version)

  /// The sentence that says that a newer midwatch keeps this journal; nil when none does.
  static func newer(_ types: [any Fold.Type], _ db: Database) throws -> String? {
    let marks = try marks(db)
    let all = followers(types) + [words]
    guard let ours = all.first(where: { (marks[$0.name]?.version ?? 0) > $0.version }) else { return nil }
    return """
      A newer midwatch keeps this journal (its \(ours.name) entries have version \
      \(marks[ours.name]?.version ?? 0), this one knows \(ours.version)); update midwatch to write.
      """
  }

  /// Whether every row of these folds and of their indexes is of our version and up to the last event.
  static func isCurrent(_ types: [any Fold.Type], _ db: Database) throws -> Bool {
    try isCurrent(followers(types), db)
  }

  /// Whether nothing is left to do for a writer with these folds.
  static func isComplete(_ types: [any Fold.Type], _ db: Database) throws -> Bool {
    try isCurrent(followers(types) + [words], db) && types.indexed.allSatisfy { try $0.indexIsThere(db) }
  }

  private static func isCurrent(_ all: [(name: String, version: Int)], _ db: Database) throws -> Bool {
    let (marks, last) = (try marks(db), try lastPlace(db))
    return all.allSatisfy { marks[$0.name] == Mark(version: $0.version, last: last) }
  }

  /// The rowid of the newest event; 0 when there is none.
  static func lastPlace(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(rowid) FROM event")) ?? 0
  }

  /// Folds anew what has another version, and further what lags behind.
  static func catchUp(_ types: [any Fold.Type], in transaction: Transaction) throws {
    let db = transaction.db
    if let sentence = try newer(types, db) { throw JournalError(.readOnly, sentence) }
    let marks = try marks(db)
    let old = types.filter { marks[$0.name]?.version != $0.version }
    let last = try lastPlace(db)
    var changed = try Words.catchUp(marks[Words.name], last: last, db)
    for type in old { try db.execute(sql: "DELETE FROM fold WHERE name = ?", arguments: [type.name]) }
    for type in types.indexed {
      let isOld = old.contains { $0.name == type.name }
      let mark = marks[type.name]
      if try isOld || mark != marks[type.indexName] || !type.indexIsThere(db) {
        try type.fillIndex(upTo: isOld ? 0 : mark?.last ?? 0, db)
        changed = true
      }
    }
    if !old.isEmpty { try transaction.folds.applyAll(to: old, after: 0) }
    changed = changed || !old.isEmpty
    let behind = types.filter { type in !old.contains { $0.name == type.name } }
    for (place, group) in Dictionary(grouping: behind, by: { marks[$0.name]?.last ?? 0 }) where place < last {
      try transaction.folds.applyAll(to: group, after: place)
      changed = true
    }
    if changed { try note(types, last: last, db) }
  }

  static func note(_ types: [any Fold.Type], last: Int64, _ db: Database) throws {
    let sql = """
      INSERT INTO progress (name, version, last) VALUES (?1, ?2, ?3)
      ON CONFLICT (name) DO UPDATE SET version = ?2, last = ?3
      """
    for follower in followers(types) + [words] {
      try db.cachedStatement(sql: sql).execute(arguments: [follower.name, follower.version, last])
    }
  }
}
