import GRDB
import Glibc

/// Copies one journal file while it is in use.
struct Backup {
  private let source: Connections
  private let target: String

  init(from source: Connections, to target: String) {
    self.source = source
    self.target = target
  }

  /// Copies under another name, checks, flushes, then renames.
  func run() throws -> Head {
    guard !StateFolder.exists(target) else {
      throw JournalError(.storage, "\(target) is there already; name a new file for the backup.")
    }
    let partial = target + ".partial"
    let folder = StateFolder(String(target[..<(target.lastIndex(of: "/") ?? target.startIndex)]))
    unlink(partial)
    try folder.createFile(partial)
    do {
      try copy(to: partial)
      let head = try checked(partial)
      try flush(partial)
      guard rename(partial, target) == 0 else {
        throw JournalError(.storage, "\(target) cannot be written (\(String(cString: strerror(errno)))).")
      }
      try flush(folder.path)
      return head
    } catch {
      for suffix in ["", "-wal", "-shm", "-journal"] { unlink(partial + suffix) }
      BlobFolder(journal: target).removeAll()
      throw error
    }
  }

  private func copy(to partial: String) throws {
    let queue = try DatabaseQueue(path: partial)
    try source.read { db in
      try queue.writeWithoutTransaction { destination in
        try db.backup(to: destination)
        // One file, without the log beside it.
        _ = try String.fetchOne(destination, sql: "PRAGMA journal_mode = DELETE")
      }
      let from = BlobFolder(journal: source.path)
      let into = BlobFolder(journal: target)
      for name in try String.fetchAll(db, sql: "SELECT sha256 FROM blob WHERE bytes IS NULL") {
        guard let bytes = try from.read(name) else {
          throw JournalError(.damaged, "The blob \(name.prefix(8)) is missing beside \(source.path).")
        }
        try into.write(bytes, name: name)
      }
    }
    try queue.close()
  }

  private func checked(_ partial: String) throws -> Head {
    let connections = try Connections(path: partial, readOnly: true)
    return try connections.read { db in
      var verifying = Verifying(db: db, path: target)
      let verification = try verifying.run().chain
      guard case .intact(let head) = verification else {
        throw JournalError(.damaged, "\(source.path) does not verify, so it was not copied. \(verification)")
      }
      return head
    }
  }

  private func flush(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw JournalError(.storage, "\(path) cannot be opened.") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw JournalError(.storage, "\(path) cannot be flushed (\(String(cString: strerror(errno)))).")
    }
  }
}
