import GRDB
import Incidents

extension Journal {
  /// Makes every fold's rows, their indexes and that of the words anew from the events, in one commit.
  /// - Returns: the entities, as `fold key`, whose state was not what their events say; empty is well.
  @discardableResult
  package func rebuild() throws -> [String] {
    try write { transaction in
      let db = transaction.db
      let before = try Self.states(db, folds)
      try transaction.folds.flush()
      for type in folds { try db.execute(sql: "DELETE FROM fold WHERE name = ?", arguments: [type.name]) }
      transaction.folds.forget()
      for type in folds.indexed { try type.fillIndex(upTo: 0, db) }
      let last = try Progress.lastPlace(db)
      try Words.clear(last: last, db)
      _ = try Words.addOlder(last, db)
      try transaction.folds.applyAll(to: folds, after: 0)
      try transaction.folds.flush()
      try Progress.note(folds, last: last, db)
      let after = try Self.states(db, folds)
      let keys = Set(before.keys).union(after.keys)
      return keys.filter { before[$0] != after[$0] }.map { "\($0.name) \($0.key)" }.sorted()
    }
  }

  private struct StoredState: Equatable {
    let state: String
    let first: Int64
    let last: Int64
  }

  private static func states(_ db: Database, _ types: [any Fold.Type]) throws -> [FoldKey: StoredState] {
    var states: [FoldKey: StoredState] = [:]
    for type in types {
      let sql = "SELECT key, state, first, last FROM fold WHERE name = ?"
      let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [type.name])
      while let row = try rows.next() {
        states[FoldKey(name: type.name, key: try row.decode(String.self, atIndex: 0))] = StoredState(
          state: try row.decode(String.self, atIndex: 1), first: try row.decode(Int64.self, atIndex: 2),
          last: try row.decode(Int64.self, atIndex: 3))
      }
    }
    return states
  }
}
