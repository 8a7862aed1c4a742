import GRDB
import Synchronization

/// SQLite connections to one file: at most one that writes, as many that read as are needed at once, and
/// one that only looks whether somebody wrote.
final class Connections: Sendable {
  let path: String
  /// Nil when opened read-only.
  let writer: DatabaseQueue?
  private let watcher: DatabaseQueue
  private let idle = Mutex<[DatabaseQueue]>([])
  private let readOnly: Bool

  /// Seconds that a connection waits for another process before it gives up.
  static let patience = 10.0
  private static let kept = 3

  /// The file exists; WAL is switched on when `readOnly` is false.
  init(path: String, readOnly: Bool) throws {
    self.path = path
    self.readOnly = readOnly
    let writer = readOnly ? nil : try Self.openWriter(path)
    self.writer = writer
    watcher = try Self.openReader(path, readOnly: readOnly)
  }

  private static func openWriter(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { db in
      // Deletes made by REPLACE fire triggers, too.
      try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON")
      try db.execute(sql: "PRAGMA journal_size_limit = 16777216; PRAGMA secure_delete = ON")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { db in
      if try String.fetchOne(db, sql: "PRAGMA journal_mode") != "wal" {
        _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
      }
    }
    return queue
  }

  /// A file on a medium that cannot be written has no place for SQLite's shared memory: then it is read as
  /// one that nobody changes.
  private static func openReader(_ path: String, readOnly: Bool) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.readonly = true
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { try $0.execute(sql: Vocabulary.create) }
    func open(_ name: String) throws -> DatabaseQueue {
      let queue = try DatabaseQueue(path: name, configuration: configuration)
      _ = try queue.unsafeRead { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
      return queue
    }
    do {
      return try open(path)
    } catch let error as DatabaseError where readOnly && error.resultCode == .SQLITE_CANTOPEN {
      let allowed = path.utf8.flatMap { byte -> [UInt8] in
        byte == 0x25 || byte == 0x3F || byte == 0x23 ? Array("%\(String(byte, radix: 16))".utf8) : [byte]
      }
      return try open("file:\(String(decoding: allowed, as: UTF8.self))?immutable=1")
    }
  }

  /// One consistent state of the file, beside any writer.
  func read<T>(_ body: (Database) throws -> T) throws -> T {
    let queue = try idle.withLock { $0.popLast() } ?? Self.openReader(path, readOnly: readOnly)
    defer { idle.withLock { if $0.count < Self.kept { $0.append(queue) } } }
    return try queue.read(body)
  }

  /// Changes whenever any connection, of this process or another, has committed.
  func dataVersion() throws -> Int {
    try watcher.unsafeRead { try Int.fetchOne($0.cachedStatement(sql: "PRAGMA data_version")) ?? 0 }
  }
}
