#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// TCP over 127.0.0.1, never blocking. A descriptor is closed once, by whoever owns the value.
struct Socket: Sendable {
  enum Reading {
    case bytes([UInt8])
    case nothingYet
    /// The peer sends no more.
    case ended
    case broken
  }

  let descriptor: Int32

  /// A socket that has `port` (0: a free one) without listening: while it exists nobody else gets the port,
  /// and who connects is refused.
  static func holding(port: UInt16) throws -> (Socket, port: UInt16) {
    let socket = try bound(to: port)
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let named = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket.descriptor, $0, &length) }
    }
    guard named == 0 else {
      socket.close()
      throw SimulatorFailure("the system does not say which port it gave: \(lastError)")
    }
    return (socket, UInt16(bigEndian: address.sin_port))
  }

  static func listening(on port: UInt16) throws -> Socket {
    let socket = try bound(to: port)
    guard listen(socket.descriptor, 128) == 0 else {
      defer { socket.close() }
      throw SimulatorFailure(taken(port))
    }
    return socket
  }

  private static func bound(to port: UInt16) throws -> Socket {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else {
      throw SimulatorFailure("no socket is left for port \(port): \(lastError); close other programs")
    }
    let socket = Socket(descriptor: descriptor)
    socket.prepare()
    socket.allow(SO_REUSEADDR)
    #if !canImport(Glibc)
      socket.allow(SO_REUSEPORT)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let outcome = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard outcome == 0 else {
      defer { socket.close() }
      throw SimulatorFailure(taken(port))
    }
    return socket
  }

  private static func taken(_ port: UInt16) -> String {
    "port \(port) of 127.0.0.1 cannot be used: \(lastError); stop what listens there, or take another port"
  }

  private static var lastError: String { String(cString: strerror(errno)) }

  func accept() -> Socket? {
    #if canImport(Glibc)
      let new = Glibc.accept(descriptor, nil, nil)
    #else
      let new = Darwin.accept(descriptor, nil, nil)
    #endif
    guard new >= 0 else { return nil }
    let socket = Socket(descriptor: new)
    socket.prepare()
    return socket
  }

  func read() -> Reading {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count > 0 { return .bytes(Array(buffer.prefix(count))) }
    if count == 0 { return .ended }
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? .nothingYet : .broken
  }

  /// How many bytes went; nil when the connection is gone.
  func write(_ bytes: ArraySlice<UInt8>) -> Int? {
    #if canImport(Glibc)
      let flags = Int32(MSG_NOSIGNAL)
    #else
      let flags: Int32 = 0
    #endif
    let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, flags) }
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : nil
  }

  func close() {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  /// Closes so that the peer sees a reset instead of an end.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    close()
  }

  private func prepare() {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    #if !canImport(Glibc)
      allow(SO_NOSIGPIPE)
    #endif
  }

  private func allow(_ option: Int32) {
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, option, &yes, socklen_t(MemoryLayout<Int32>.size))
  }
}

/// Why the simulator cannot begin, as a sentence.
package struct SimulatorFailure: Error, CustomStringConvertible, Sendable {
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
