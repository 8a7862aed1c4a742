import Comms
import Glibc
import Values

/// Files as destinations. What is on the disk when it says so stays there through a crash.
enum FileDrop {
  /// Adds `text` to the end of the file, once: after a try of which nobody knows how far it came, what it wrote is
  /// looked for first, and half of it is completed.
  ///
  /// - Parameter isAnother: whether it was tried before.
  static func append(_ text: String, to path: String, isAnother: Bool) -> DeliveryAnswer {
    let bytes = Array(text.utf8)
    let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o644)
    guard file >= 0 else { return .unsent(problem("opened", path)) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .refused("\(Inert.terminal(path)) is no file that can be written to.")
    }
    // Another process of ours that delivers into the same file, of another journal; anybody else's lock must not
    // keep this one from ending.
    guard lock(file) else { return .unsent("\(Inert.terminal(path)) is locked by another process.") }
    var done = 0
    if isAnother {
      guard let found = written(bytes, in: file) else { return .unsent(problem("read", path)) }
      done = found
      if done == bytes.count { return .done("it is in \(Inert.terminal(path)) already") }
    } else if let separator = separator(in: file), separator, bytes.first != UInt8(ascii: "\n") {
      // A last line without its end must not swallow ours.
      guard writeAll([UInt8(ascii: "\n")], to: file) else { return .unsent(problem("written", path)) }
    }
    guard writeAll(Array(bytes[done...]), to: file), fsync(file) == 0 else {
      return .unheard(problem("written", path))
    }
    return .done("added to \(Inert.terminal(path))")
  }

  /// Waits three seconds at most.
  private static func lock(_ file: Int32) -> Bool {
    for _ in 0..<60 {
      if flock(file, LOCK_EX | LOCK_NB) == 0 { return true }
      guard errno == EWOULDBLOCK || errno == EINTR else { return false }
      usleep(50_000)
    }
    return false
  }

  /// Makes or replaces a file of the folder in one step: nobody sees half of it.
  static func write(_ text: String, to name: String, in folder: String) -> DeliveryAnswer {
    guard !name.isEmpty, name != ".", name != "..", !name.contains("/"), !name.utf8.contains(0) else {
      return .refused("\"\(Inert.terminal(name))\" is no file's name.")
    }
    let (path, beside) = ("\(folder)/\(name)", "\(folder)/.\(name).\(getpid()).new")
    let file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard file >= 0 else { return .unsent(problem("made", path)) }
    let isWritten = writeAll(Array(text.utf8), to: file) && fsync(file) == 0
    close(file)
    guard isWritten, rename(beside, path) == 0 else {
      let answer = DeliveryAnswer.unsent(problem("written", path))
      unlink(beside)
      return answer
    }
    let parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if parent >= 0 {
      fsync(parent)
      close(parent)
    }
    return .done("wrote \(Inert.terminal(path))")
  }

  private static func problem(_ what: String, _ path: String) -> String {
    "\(Inert.terminal(path)) cannot be \(what): \(String(cString: strerror(errno)))."
  }

  private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Whether the file's last byte ends no line; nil when it cannot be read.
  private static func separator(in file: Int32) -> Bool? {
    let end = lseek(file, 0, SEEK_END)
    guard end > 0 else { return end == 0 ? false : nil }
    var last: UInt8 = 0
    guard pread(file, &last, 1, end - 1) == 1 else { return nil }
    return last != UInt8(ascii: "\n")
  }

  /// How many of the bytes are there: all of them anywhere, or the first ones at the end. Nil when it cannot be read.
  private static func written(_ bytes: [UInt8], in file: Int32) -> Int? {
    let end = lseek(file, 0, SEEK_END)
    guard end >= 0 else { return nil }
    // Far more than one delivery: others may have written behind it since.
    let start = max(0, end - max(16 << 20, bytes.count * 2))
    var tail = [UInt8](repeating: 0, count: end - start)
    var filled = 0
    while filled < tail.count {
      let count = tail.withUnsafeMutableBytes {
        pread(file, $0.baseAddress?.advanced(by: filled), $0.count - filled, start + filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      filled += count
    }
    if tail.firstRange(of: bytes) != nil { return bytes.count }
    for count in stride(from: min(bytes.count, tail.count), to: 0, by: -1)
    where tail[(tail.count - count)...].elementsEqual(bytes[..<count]) {
      // The end of a line may be anybody's.
      let isOurs = bytes[..<count].contains { $0 != UInt8(ascii: "\n") }
      return isOurs ? count : 0
    }
    return 0
  }
}
