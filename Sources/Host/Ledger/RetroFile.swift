import Glibc
import Incidents
import Retro
import Values

/// The file to which retro entries are appended: each incident's once, whoever does it, and however it was stopped
/// before. What is in it is never changed.
package struct RetroFile {
  package enum Outcome: Equatable, Sendable {
    case appended(bytes: Int)
    /// It stands there already.
    case there
  }

  /// Absolute.
  package let path: String

  package init(_ path: String) {
    self.path = path
  }

  /// Whether an incident's entry stands in it; false where there is no such file.
  package func holds(_ incident: Incident) throws -> Bool {
    var info = stat()
    guard lstat(path, &info) == 0 else { return false }
    let descriptor = try open(O_RDONLY)
    defer { close(descriptor) }
    return try find(incident, in: descriptor)
  }

  /// Appends what `entry` makes while nobody else does, unless it is there.
  /// - Parameter write: writes bytes at the end of a descriptor; how many of them, or −1 and `errno`.
  package func append(
    _ entry: RetroEntry,
    write: (Int32, UnsafeRawBufferPointer) -> Int = { Glibc.write($0, $1.baseAddress, $1.count) }
  ) throws -> Outcome {
    try TargetFile.refuseDatabase(path)
    let descriptor = try locked()
    defer { close(descriptor) }
    if try find(entry.incident, in: descriptor) { return .there }
    var bytes = Array(entry.text.utf8)
    let size = lseek(descriptor, 0, SEEK_END)
    if size > 0 {
      var last: UInt8 = 0
      guard pread(descriptor, &last, 1, size - 1) == 1 else { throw failure("read") }
      // An empty line between, and none of ours joined to the last of theirs.
      bytes = Array((last == 0x0A ? "\n" : "\n\n").utf8) + bytes
    }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let why = failure("written")
        // What did not fit is taken back: the file ends as it did, unless somebody else went on meanwhile.
        let written = bytes.count - rest.count
        if size >= 0, lseek(descriptor, 0, SEEK_END) == size + off_t(written) {
          _ = ftruncate(descriptor, size)
        }
        throw why
      }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0 else { throw failure("written") }
    return .appended(bytes: bytes.count)
  }

  /// The file, made where it is missing, with its lock held; another that took its place meanwhile is looked at anew.
  private func locked() throws -> Int32 {
    while true {
      let descriptor = try open(O_RDWR | O_APPEND | O_CREAT)
      guard flock(descriptor, LOCK_EX) == 0 else {
        let why = failure("locked")
        close(descriptor)
        throw why
      }
      var (here, there) = (stat(), stat())
      if fstat(descriptor, &here) == 0, lstat(path, &there) == 0, here.st_ino == there.st_ino,
        here.st_dev == there.st_dev
      {
        return descriptor
      }
      close(descriptor)
    }
  }

  private func open(_ flags: Int32) throws -> Int32 {
    var info = stat()
    if lstat(path, &info) == 0 {
      switch info.st_mode & S_IFMT {
      case S_IFREG: break
      case S_IFDIR: throw Refusal("\(shown) is a folder; name a file.")
      case S_IFLNK: throw Refusal("\(shown) is a symbolic link; name the file that it leads to.")
      default: throw Refusal("\(shown) is no ordinary file; name one that can be appended to.")
      }
    }
    let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
    guard descriptor >= 0 else { throw failure(flags & O_RDWR == O_RDWR ? "written" : "read") }
    return descriptor
  }

  private static let chunk = 1 << 16

  /// Whether both ends of the entry are there. Reads the file once, a piece at a time.
  private func find(_ incident: Incident, in descriptor: Int32) throws -> Bool {
    let (first, last) = (RetroEntry.beginning(of: incident), RetroEntry.end(of: incident))
    var (hasFirst, hasLast) = (false, false)
    var line: [UInt8] = []
    var at: off_t = 0
    var chunk = [UInt8](repeating: 0, count: Self.chunk)
    func take() {
      if line.last == 0x0D { line.removeLast() }
      if line.elementsEqual(first.utf8) { hasFirst = true }
      if line.elementsEqual(last.utf8) { hasLast = true }
      line.removeAll(keepingCapacity: true)
    }
    while true {
      let count = chunk.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, at) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("read") }
      if count == 0 { break }
      at += off_t(count)
      for byte in chunk.prefix(count) {
        // Longer than any of ours: its beginning is enough to tell.
        if byte == 0x0A { take() } else if line.count < 256 { line.append(byte) }
      }
    }
    take()
    if hasFirst, !hasLast {
      throw Refusal(
        "\(shown) has the beginning of an entry for \(incident.key), \"\(first)\", and not its end; "
          + "remove what is there of it, then append it again.")
    }
    return hasFirst
  }

  private var shown: String { Inert.terminal(path) }

  private func failure(_ verb: String) -> Refusal {
    let why: String
    switch errno {
    case ENOENT: why = "the folder is not there"
    case EACCES, EPERM, EROFS: why = "its mode or its folder's forbids it"
    case ENOSPC, EDQUOT: why = "the disk is full"
    default: why = String(cString: strerror(errno))
    }
    return Refusal("\(shown) cannot be \(verb): \(why).")
  }
}
