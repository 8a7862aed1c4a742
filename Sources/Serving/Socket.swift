#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A TCP socket that never blocks. A descriptor is closed once, by whoever owns the value.
package struct Socket: Sendable {
  package enum Reading {
    case bytes([UInt8])
    case nothingYet
    /// The peer sends no more.
    case ended
    case broken
  }

  package let descriptor: Int32

  /// A socket that has `port` of 127.0.0.1 (0: a free one) without listening: while it exists nobody else gets the
  /// port, and who connects is refused.
  package static func holding(port: UInt16) throws -> (Socket, port: UInt16) {
    let socket = try bound(to: .loopback(port: port))
    do {
      return (socket, try socket.address().port)
    } catch {
      socket.close()
      throw error
    }
  }

  /// Listens on a port of 127.0.0.1.
  package static func listening(on port: UInt16) throws -> Socket { try listening(at: .loopback(port: port)) }

  /// Listens at an address; port 0 is a free one, see ``address()``.
  package static func listening(at address: SocketAddress) throws -> Socket {
    let socket = try bound(to: address)
    guard listen(socket.descriptor, 128) == 0 else {
      defer { socket.close() }
      throw SocketFailure(taken(address))
    }
    return socket
  }

  /// Where it is bound.
  package func address() throws -> SocketAddress {
    guard let address = SocketAddress(ofDescriptor: descriptor) else {
      throw SocketFailure("the system does not say which port it gave: \(Self.lastError)")
    }
    return address
  }

  private static func bound(to address: SocketAddress) throws -> Socket {
    #if canImport(Glibc)
      let descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(address.family, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else {
      throw SocketFailure("no socket is left for \(address): \(lastError); close other programs")
    }
    let socket = Socket(descriptor: descriptor)
    socket.prepare()
    socket.allow(SO_REUSEADDR)
    #if !canImport(Glibc)
      socket.allow(SO_REUSEPORT)
    #endif
    guard address.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
      defer { socket.close() }
      throw SocketFailure(taken(address))
    }
    return socket
  }

  private static func taken(_ address: SocketAddress) -> String {
    "port \(address.port) of \(address.host) cannot be used: \(lastError); stop what listens there, or take another port"
  }

  private static var lastError: String { String(cString: strerror(errno)) }

  package func accept() -> Socket? {
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

  package func read() -> Reading {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count > 0 { return .bytes(Array(buffer.prefix(count))) }
    if count == 0 { return .ended }
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? .nothingYet : .broken
  }

  /// How many bytes went; nil when the connection is gone.
  package func write(_ bytes: ArraySlice<UInt8>) -> Int? {
    #if canImport(Glibc)
      let flags = Int32(MSG_NOSIGNAL)
    #else
      let flags: Int32 = 0
    #endif
    let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, flags) }
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : nil
  }

  package func close() {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  /// Closes so that the peer sees a reset instead of an end.
  package func reset() {
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

/// Why nobody can be served at an address, as a sentence.
package struct SocketFailure: Error, CustomStringConvertible, Sendable {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
