import Glibc

/// One of the process' own streams, written without Foundation, which ends the process with a trap on a full disk.
struct StandardStream {
  static let standard = StandardStream(descriptor: STDOUT_FILENO)
  static let error = StandardStream(descriptor: STDERR_FILENO)

  let descriptor: Int32

  /// Writes all of it, however slowly it is taken.
  /// - Returns: 0, or the `errno` of what went wrong.
  func write(_ bytes: some Collection<UInt8>) -> Int32 {
    let done: Int32? = bytes.withContiguousStorageIfAvailable {
      Self.write(UnsafeRawBufferPointer($0), descriptor)
    }
    return done ?? Array(bytes).withUnsafeBytes { Self.write($0, descriptor) }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, _ descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno == EAGAIN {
        // A terminal that somebody else set to answer at once.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, 1000)
      } else if count == 0 || errno != EINTR {
        return count == 0 ? EIO : errno
      }
    }
    return 0
  }
}
