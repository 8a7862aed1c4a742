import Glibc

/// A local stream socket: closed with its owner, never inherited by a child.
final class UnixSocket: Sendable {
  let descriptor: Int32

  init(adopting descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Listens at `path`; what lies there of a dead engine is removed. Only the holder of the engine lock
  /// may call this.
  static func listening(at path: String, mode: mode_t) -> UnixSocket? {
    let descriptor = socket(
      AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    let made = UnixSocket(adopting: descriptor)
    unlink(path)
    let before = umask(0o777 & ~mode)
    let bound = withAddress(path) { bind(descriptor, $0, $1) }
    umask(before)
    guard bound == 0, listen(descriptor, 16) == 0 else { return nil }
    return made
  }

  /// Nil when nobody listens there.
  static func connected(to path: String) -> UnixSocket? {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    let made = UnixSocket(adopting: descriptor)
    guard withAddress(path, { connect(descriptor, $0, $1) }) == 0 else { return nil }
    let flags = fcntl(descriptor, F_GETFL)
    _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
    return made
  }

  /// The next client, without waiting; nil when none waits.
  func accept() -> UnixSocket? {
    let client = Glibc.accept(descriptor, nil, nil)
    if client >= 0 {
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
      _ = fcntl(client, F_SETFL, O_NONBLOCK)
    }
    return client >= 0 ? UnixSocket(adopting: client) : nil
  }

  /// What one read returned: bytes, nothing yet, or the end.
  enum Reading {
    case bytes([UInt8])
    case nothing
    case end
  }

  func receive() -> Reading {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count > 0 { return .bytes(Array(buffer.prefix(count))) }
    if count < 0, errno == EAGAIN || errno == EINTR { return .nothing }
    return .end
  }

  /// How many bytes went out without waiting; nil when the other side is gone.
  func send(_ bytes: ArraySlice<UInt8>) -> Int? {
    let count = bytes.withUnsafeBytes {
      Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EINTR ? 0 : nil
  }

  private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32)
    -> Int32
  {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      errno = ENAMETOOLONG
      return -1
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
