import GRDB
import Incidents

extension Journal {
  /// One entity as its events leave it; nil when no event concerns it.
  package func entity<F: Fold>(_ type: F.Type, key: String) throws -> F? {
    try read { db in
      if try !self.rowsAreCurrent(type, db) { return try self.view(type, db).entities[key]?.value as? F }
      return try self.storedEntity(type, key: key, db)
    }
  }

  /// Out of its row.
  func storedEntity<F: Fold>(_ type: F.Type, key: String, _ db: Database) throws -> F? {
    let statement = try db.cachedStatement(sql: "SELECT key, state FROM fold WHERE name = ? AND key = ?")
    guard let row = try Row.fetchOne(statement, arguments: [F.name, key]) else { return nil }
    return try Self.value(type, row, db)
  }

  /// Entities by the age of their first event, oldest first.
  /// - Parameters:
  ///   - open: only those on which work remains, or only the others; nil is all.
  ///   - limit: the newest so many.
  package func entities<F: Fold>(_ type: F.Type, open: Bool? = nil, limit: Int = .max) throws -> [F] {
    let limit = max(0, limit)
    return try read { db in
      if try !self.rowsAreCurrent(type, db) {
        let all = try self.view(type, db).values(of: type)
        return Array(all.filter { open == nil || $0.isOpen == open }.suffix(limit))
      }
      let condition = open == nil ? "" : " AND open = ?3"
      let sql = """
        SELECT key, state FROM fold WHERE name = ?1\(condition) ORDER BY first DESC, key DESC LIMIT ?2
        """
      let statement = try db.cachedStatement(sql: sql)
      var values: [F] = []
      let arguments: StatementArguments = open.map { [F.name, limit, $0] } ?? [F.name, limit]
      let rows = try Row.fetchCursor(statement, arguments: arguments)
      while let row = try rows.next() {
        if let value = try Self.value(type, row, db) { values.append(value) }
      }
      return values.reversed()
    }
  }

  /// Entities one after the other, oldest first; only one is in memory at a time, unless the rows are behind.
  package func visit<F: Fold>(_ type: F.Type, _ body: (F) throws -> Void) throws {
    try read { db in
      if try !self.rowsAreCurrent(type, db) {
        for value in try self.view(type, db).values(of: type) { try body(value) }
        return
      }
      let sql = "SELECT key, state FROM fold WHERE name = ? ORDER BY first, key"
      let rows = try Row.fetchCursor(db.makeStatement(sql: sql), arguments: [F.name])
      while let row = try rows.next() {
        if let value = try Self.value(type, row, db) { try body(value) }
      }
    }
  }

  /// `row` is key and state.
  private static func value<F: Fold>(_ type: F.Type, _ row: Row, _ db: Database) throws -> F? {
    if let value = FoldCoding.decode(type, from: try row.decode(String.self, atIndex: 1)) { return value }
    return try FoldStore.folded(type, try row.decode(String.self, atIndex: 0), db)?.value as? F
  }

  private func rowsAreCurrent<F: Fold>(_ type: F.Type, _ db: Database) throws -> Bool {
    let sql = "SELECT version, last FROM progress WHERE name = ?"
    guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [F.name]) else { return false }
    let last = try row.decode(Int64.self, atIndex: 1)
    return try row.decode(Int.self, atIndex: 0) == F.version && last == Progress.lastPlace(db)
  }

  func view<F: Fold>(_ type: F.Type, _ db: Database) throws -> FoldView {
    try views.withLock { views in
      var view = views[F.name] ?? FoldView()
      try view.follow(type, db)
      views[F.name] = view
      return view
    }
  }
}
