import GRDB
import Glibc

/// The folder of blobs too large for a row: the journal's file name with `.blobs`.
struct BlobFolder: Sendable {
  let path: String

  init(journal: String) {
    path = journal + ".blobs"
  }

  init(besides db: Database) throws {
    let sql = "SELECT file FROM pragma_database_list WHERE name = 'main'"
    self.init(journal: try String.fetchOne(db, sql: sql) ?? "journal.db")
  }

  func file(_ name: String) -> String { path + "/" + name }

  /// Written under another name, flushed, then renamed: what is there under its digest is whole.
  func write(_ bytes: [UInt8], name: String) throws {
    var info = stat()
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    let shared = stat(parent, &info) == 0 && info.st_mode & 0o070 == 0o070
    if mkdir(path, 0o700) == 0, shared { chmod(path, 0o2770) }
    let temporary = file(name) + ".\(getpid())"
    let descriptor = open(temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure("written") }
    defer { close(descriptor) }
    if shared { fchmod(descriptor, 0o660) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        unlink(temporary)
        throw failure("written")
      }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0, rename(temporary, file(name)) == 0 else { throw failure("written") }
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  /// Nil when there is no such file.
  func read(_ name: String) throws -> [UInt8]? {
    let descriptor = open(file(name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure("read")
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("read") }
      if count == 0 { return bytes }
      bytes += chunk.prefix(count)
    }
  }

  func remove(_ name: String) {
    unlink(file(name))
  }

  func removeAll() {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if Hex.isDigest(name) { unlink(file(name)) }
    }
    closedir(folder)
    rmdir(path)
  }

  private func failure(_ verb: String) -> JournalError {
    JournalError(.storage, "A blob in \(path) cannot be \(verb) (\(String(cString: strerror(errno)))).")
  }
}
