import GRDB
import Values

/// Text that somebody is still writing: kept outside the chain, so that a crash loses at most a second of it.
extension Journal {
  package struct Unsent: Equatable, Sendable {
    package let key: String
    package let text: String
    package let saved: Instant
  }

  package func saveUnsent(_ key: String, text: String, at now: Instant) throws {
    let sql = """
      INSERT INTO unsent (key, text, saved) VALUES (?1, ?2, ?3)
      ON CONFLICT (key) DO UPDATE SET text = ?2, saved = ?3
      """
    try change(sql, [key, text, now.milliseconds])
  }

  /// Every unsent text, by key.
  package func allUnsent() throws -> [(key: String, text: String)] {
    try read { db in
      let rows = try Row.fetchCursor(db.cachedStatement(sql: "SELECT key, text FROM unsent ORDER BY key"))
      var all: [(key: String, text: String)] = []
      while let row = try rows.next() {
        all.append((try row.decode(String.self, atIndex: 0), try row.decode(String.self, atIndex: 1)))
      }
      return all
    }
  }

  package func unsent(_ key: String) throws -> Unsent? {
    try read { db in
      let statement = try db.cachedStatement(sql: "SELECT text, saved FROM unsent WHERE key = ?")
      guard let row = try Row.fetchOne(statement, arguments: [key]) else { return nil }
      return Unsent(
        key: key, text: try row.decode(String.self, atIndex: 0),
        saved: Instant(milliseconds: try row.decode(Int64.self, atIndex: 1)))
    }
  }

  package func clearUnsent(_ key: String) throws {
    try change("DELETE FROM unsent WHERE key = ?", [key])
  }

  /// One statement outside the chain.
  private func change(_ sql: String, _ arguments: StatementArguments) throws {
    guard let writer = connections.writer else { throw JournalError(.readOnly, readOnlySentence) }
    do {
      try writer.writeWithoutTransaction { try $0.cachedStatement(sql: sql).execute(arguments: arguments) }
    } catch {
      throw JournalError(error, at: path)
    }
  }
}
