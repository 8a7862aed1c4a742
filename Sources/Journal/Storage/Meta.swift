import GRDB

/// Single facts about the file itself: the table `meta`.
enum Meta: String {
  /// 32 hexadecimal digits; what this file's own events carry.
  case origin
  case name
  /// Of the last engine that took the lock.
  case epoch
  /// How many own events there were after the last commit.
  case count
  /// The rowid of the first event whose words are in the index; 1 when all are.
  case words

  func text(_ db: Database) throws -> String? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT value FROM meta WHERE key = ?"), arguments: [rawValue])
  }

  func integer(_ db: Database) throws -> Int64? {
    try Int64.fetchOne(db.cachedStatement(sql: "SELECT value FROM meta WHERE key = ?"), arguments: [rawValue])
  }

  func set(_ value: any DatabaseValueConvertible, _ db: Database) throws {
    let sql = "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2"
    try db.cachedStatement(sql: sql).execute(arguments: [rawValue, value])
  }
}
