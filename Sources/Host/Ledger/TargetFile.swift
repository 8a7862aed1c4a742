import Glibc
import Incidents
import Values

/// How something is written to a path, by what stands there.
package enum TargetFile {
  /// Beside it first, and then moved to its place, so that no half file is ever seen.
  case replaced
  /// A pipe or a device: nothing may take its place.
  case inPlace

  /// - Throws: a refusal where a database stands, of midwatch or of anybody: no export takes its place.
  package init(_ path: String) throws {
    try Self.refuseDatabase(path)
    var status = stat()
    let kind = stat(path, &status) == 0 ? status.st_mode & S_IFMT : S_IFREG
    self = kind == S_IFREG || kind == S_IFDIR ? .replaced : .inPlace
  }

  /// - Throws: a refusal where an SQLite file stands, or what SQLite keeps beside one, by whatever name or link.
  package static func refuseDatabase(_ path: String) throws {
    let beside = ["-wal", "-shm", "-journal"].first(where: path.hasSuffix)
    guard isDatabase(path) || beside.map({ isDatabase(String(path.dropLast($0.count))) }) == true else {
      return
    }
    throw Refusal(
      "\(Inert.terminal(path)) is a database, such as a journal; nothing is written there. Name another file."
    )
  }

  /// By the sixteen bytes that it begins with: https://www.sqlite.org/fileformat.html, section 1.3.1.
  private static func isDatabase(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    var start = [UInt8](repeating: 0, count: 16)
    return pread(descriptor, &start, start.count, 0) == start.count
      && start == Array("SQLite format 3\0".utf8)
  }
}
