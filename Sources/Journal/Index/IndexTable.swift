import Foundation
import GRDB
import Incidents

/// The tables of one indexed fold: `index_NAME` holds a row for every entity, `index_NAME_list` one for each text
/// of a list, and `index_NAME_event` says which events (rowids of `event`) concern which rows.
struct IndexTable<F: IndexedFold> {
  let main = quoted("index_\(F.name)")
  let lists = quoted("index_\(F.name)_list")
  let events = quoted("index_\(F.name)_event")
  let columns = F.Column.allCases.map { Self.quoted($0.rawValue) }

  /// The name of its row in `progress`.
  static var name: String { "index.\(F.name)" }

  static func quoted(_ name: String) -> String {
    // Asked for each column of each row that is written, and looking for what is not there costs as much as the rest.
    guard name.utf8.contains(UInt8(ascii: "\"")) else { return "\"\(name)\"" }
    return "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  /// Statements that make the tables, just as SQLite keeps them.
  var creation: [String] {
    let types = zip(columns, F.Column.allCases).map { "\($0) \($1.kind == .integer ? "INTEGER" : "TEXT")" }
    var statements = [
      "CREATE TABLE \(main) (row INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, open INTEGER NOT NULL, "
        + types.joined(separator: ", ") + ") STRICT",
      "CREATE TABLE \(lists) (list TEXT, value TEXT, row INTEGER, PRIMARY KEY (list, value, row)) STRICT, "
        + "WITHOUT ROWID",
      "CREATE TABLE \(events) (place INTEGER, row INTEGER, PRIMARY KEY (place, row)) STRICT, WITHOUT ROWID",
      "CREATE INDEX \(Self.quoted("index_\(F.name)_list_row")) ON \(lists) (row)",
    ]
    for (number, columns) in F.indexed.enumerated() {
      guard let last = columns.last else { continue }
      let name = Self.quoted("index_\(F.name)_\(number)")
      let asked = columns.dropLast().map { Self.quoted($0.column.rawValue) }
      let terms = (["open"] + asked + [Self.terms(of: [last])]).joined(separator: ", ")
      statements.append("CREATE INDEX \(name) ON \(main) (\(terms))")
      guard asked.isEmpty else { continue }
      let value = Self.quoted("index_\(F.name)_\(number)_value")
      statements.append("CREATE INDEX \(value) ON \(main) (\(Self.quoted(last.column.rawValue)))")
    }
    return statements
  }

  /// What `ORDER BY` says, and indexes so that it needs no sorting.
  static func terms(of order: [IndexOrder<F.Column>]) -> String {
    let terms = order.flatMap { by in
      let column = quoted(by.column.rawValue)
      let values = by.column.kind == .list ? [] : [by.isDescending ? "\(column) DESC" : column]
      return ["\(column) IS NULL"] + values
    }
    return (terms + ["key"]).joined(separator: ", ")
  }

  /// Whether the tables are those that this midwatch makes.
  func isThere(_ db: Database) throws -> Bool {
    let names = ["index_\(F.name)", "index_\(F.name)_list", "index_\(F.name)_event"]
    let sql = "SELECT sql FROM sqlite_schema WHERE tbl_name IN (?, ?, ?) AND sql IS NOT NULL"
    let found = try String.fetchAll(db.cachedStatement(sql: sql), arguments: StatementArguments(names))
    return Set(found) == Set(creation)
  }

  /// Makes the tables anew, empty.
  func create(_ db: Database) throws {
    for table in [main, lists, events] { try db.execute(sql: "DROP TABLE IF EXISTS \(table)") }
    for statement in creation { try db.execute(sql: statement) }
  }

  /// Makes the tables anew out of the rows of `fold` and the events up to `last`. O(events).
  func fill(upTo last: Int64, _ db: Database) throws {
    try create(db)
    let rows = try Row.fetchCursor(
      db, sql: "SELECT key, state FROM fold WHERE name = ?", arguments: [F.name])
    while let row = try rows.next() {
      let key = try row.decode(String.self, atIndex: 0)
      let value =
        try FoldCoding.decode(F.self, from: try row.decode(String.self, atIndex: 1))
        ?? FoldStore.folded(F.self, key, upTo: last, db)?.value as? F
      if let value { try write(value, key: key, db) }
    }
    try FoldStore.forEachEvent(upTo: last, db) { event, place in
      for key in Set(F.keys(of: event)) { try note(place, concerns: key, db) }
    }
  }

  /// - Returns: the entity's row.
  @discardableResult
  func write(_ value: F, key: String, _ db: Database) throws -> Int64 {
    let marks = Array(repeating: "?", count: columns.count + 2).joined(separator: ", ")
    let sets = (["open"] + columns).map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    let sql = """
      INSERT INTO \(main) (key, open, \(columns.joined(separator: ", "))) VALUES (\(marks)) \
      ON CONFLICT (key) DO UPDATE SET \(sets) RETURNING row
      """
    let values = F.Column.allCases.map { ($0, value.value(of: $0).kept(as: $0.kind)) }
    var arguments: [(any DatabaseValueConvertible)?] = [key, value.isOpen]
    for (_, value) in values { arguments.append(try Self.stored(value)) }
    let statement = try db.cachedStatement(sql: sql)
    guard let row = try Int64.fetchOne(statement, arguments: StatementArguments(arguments)) else {
      throw JournalError(.storage, "The entry \(key) could not be indexed.")
    }
    guard F.Column.allCases.contains(where: { $0.kind == .list }) else { return row }
    try db.cachedStatement(sql: "DELETE FROM \(lists) WHERE row = ?").execute(arguments: [row])
    for case (let column, .list(let texts)) in values {
      let sql = "INSERT OR IGNORE INTO \(lists) (list, value, row) VALUES (?, ?, ?)"
      for text in texts {
        try db.cachedStatement(sql: sql).execute(arguments: [column.rawValue, text, row])
      }
    }
    return row
  }

  func remove(_ key: String, _ db: Database) throws {
    let row = "(SELECT row FROM \(main) WHERE key = ?)"
    try db.execute(sql: "DELETE FROM \(lists) WHERE row = \(row)", arguments: [key])
    try db.execute(sql: "DELETE FROM \(main) WHERE key = ?", arguments: [key])
  }

  /// Says that the event at `place` concerns the entity in `row`.
  func note(_ place: Int64, concerns row: Int64, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO \(events) (place, row) VALUES (?, ?)")
      .execute(arguments: [place, row])
  }

  private func note(_ place: Int64, concerns key: String, _ db: Database) throws {
    let sql = "INSERT OR IGNORE INTO \(events) (place, row) SELECT ?, row FROM \(main) WHERE key = ?"
    try db.cachedStatement(sql: sql).execute(arguments: [place, key])
  }

  /// The event at `place` was erased and now concerns what is left in it.
  func refresh(_ event: Event, at place: Int64, _ db: Database) throws {
    try db.execute(sql: "DELETE FROM \(events) WHERE place = ?", arguments: [place])
    for key in Set(F.keys(of: event)) { try note(place, concerns: key, db) }
  }

  private static func stored(_ value: IndexValue) throws -> (any DatabaseValueConvertible)? {
    switch value {
    case .null: nil
    case .integer(let number): number
    case .text(let text): text
    case .list(let texts): String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
    }
  }

  /// `row` is key, open and these columns in their order.
  static func row(_ row: Row, of columns: [F.Column]) throws -> IndexRow<F> {
    var values: [F.Column: IndexValue] = [:]
    for (offset, column) in columns.enumerated() {
      let index = offset + 2
      switch column.kind {
      case .integer:
        if let number = try row.decode(Int64?.self, atIndex: index) { values[column] = .integer(number) }
      case .text: if let text = try row.decode(String?.self, atIndex: index) { values[column] = .text(text) }
      case .list:
        guard let text = try row.decode(String?.self, atIndex: index) else { continue }
        // Most are empty, and reading JSON costs more than all the rest of the row.
        values[column] =
          text == "[]" ? .list([]) : .list(try JSONDecoder().decode([String].self, from: Data(text.utf8)))
      }
    }
    return IndexRow(
      key: try row.decode(String.self, atIndex: 0), isOpen: try row.decode(Bool.self, atIndex: 1),
      values: values)
  }
}
