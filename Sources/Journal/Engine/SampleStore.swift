import Foundation
import GRDB
import Synchronization
import Values

/// `metrics.db`: pending alert timers, sample chunks and small values, all disposable. A file that cannot be
/// read is deleted and begun anew: that costs history and pending time, never a firing state.
///
/// Only the engine writes it. Every call may block on the disk.
package final class SampleStore: Sendable {
  package let path: String
  private let folder: StateFolder
  private let queue: Mutex<DatabaseQueue>
  private let losses = Mutex(0)
  private let isReadOnly: Bool

  static let version = 3
  static let schema = """
    CREATE TABLE pending (
      system TEXT NOT NULL, rule TEXT NOT NULL, labels TEXT NOT NULL, active_at INTEGER NOT NULL,
      state BLOB NOT NULL, PRIMARY KEY (system, rule, labels)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE chunk (
      system TEXT NOT NULL, name TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
      bytes BLOB NOT NULL, PRIMARY KEY (system, name, start)
    ) STRICT;
    CREATE INDEX chunk_by_end ON chunk (end);
    CREATE TABLE value (key TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
    PRAGMA user_version = \(version);
    """

  package init(_ folder: StateFolder) throws(JournalError) {
    self.folder = folder
    path = folder.metrics
    isReadOnly = false
    do {
      let opened = try Self.open(folder)
      queue = Mutex(opened.queue)
      losses.withLock { $0 = opened.isAnew ? 1 : 0 }
    } catch {
      throw JournalError(error, at: path)
    }
  }

  /// Reads beside an engine that writes, and changes nothing; nil where nothing was kept, or by a version that keeps it
  /// otherwise.
  package init?(reading folder: StateFolder) throws(JournalError) {
    self.folder = folder
    path = folder.metrics
    isReadOnly = true
    guard FileManager.default.fileExists(atPath: folder.metrics) else { return nil }
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(Connections.patience)
      let found = try DatabaseQueue(path: folder.metrics, configuration: configuration)
      let version = try found.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
      guard version == Self.version else { return nil }
      queue = Mutex(found)
    } catch {
      throw JournalError(error, at: path)
    }
  }

  /// Whether a damaged or foreign file was thrown away since this store was opened.
  package var hasLostHistory: Bool { timesLost > 0 }

  /// How often that was: what was written before is to be written again.
  package var timesLost: Int { losses.withLock { $0 } }

  private static func open(_ folder: StateFolder) throws -> (queue: DatabaseQueue, isAnew: Bool) {
    try folder.create()
    do {
      return (try connect(folder), false)
    } catch let error as DatabaseError where isDamage(error) {
      for suffix in ["", "-wal", "-shm", "-journal"] { unlink(folder.metrics + suffix) }
      return (try connect(folder), true)
    }
  }

  private static func connect(_ folder: StateFolder) throws -> DatabaseQueue {
    try folder.createFile(folder.metrics)
    var configuration = Configuration()
    configuration.busyMode = .timeout(Connections.patience)
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = OFF") }
    let queue = try DatabaseQueue(path: folder.metrics, configuration: configuration)
    try queue.writeWithoutTransaction { db in
      _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
      let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      if found == version { return }
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
      guard tables == 0 else { throw DatabaseError(resultCode: .SQLITE_NOTADB) }
      try db.inTransaction(.immediate) {
        try db.execute(sql: schema)
        return .commit
      }
    }
    return queue
  }

  private static func isDamage(_ error: DatabaseError) -> Bool {
    error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB
  }

  /// Writes the log into the file; true when nobody kept any of it back.
  func checkpoint() throws -> Bool {
    try queue.withLock { queue in
      try queue.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0 }
    }
  }

  /// One transaction; on damage the file is begun anew and `body` is done once more, but by a store that only reads.
  func transaction<T: Sendable>(_ body: (Database) throws -> T) throws -> T {
    do {
      return try queue.withLock { queue in
        if isReadOnly { return try queue.read(body) }
        func run() throws -> T {
          var value: T?
          try queue.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
              value = try body(db)
              return .commit
            }
          }
          guard let value else { throw JournalError(.unknown, "The transaction in \(path) was not reached.") }
          return value
        }
        do {
          return try run()
        } catch let error as DatabaseError where Self.isDamage(error) {
          try? queue.close()
          for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
          queue = try Self.connect(folder)
          losses.withLock { $0 += 1 }
          return try run()
        }
      }
    } catch {
      throw JournalError(error, at: path)
    }
  }
}
