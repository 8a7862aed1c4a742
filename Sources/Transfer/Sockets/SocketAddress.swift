internal import Glibc
internal import Wire

/// Where a socket goes: an IPv4 or IPv6 address with its port.
struct SocketAddress: Sendable {
  private let storage: sockaddr_storage
  private let size: socklen_t

  var family: Int32 { Int32(storage.ss_family) }

  /// - Returns: nil when the system gave something else.
  init?(_ info: addrinfo) {
    let size = Int(info.ai_addrlen)
    guard let address = info.ai_addr, size <= MemoryLayout<sockaddr_storage>.size,
      info.ai_family == AF_INET || info.ai_family == AF_INET6
    else { return nil }
    var storage = sockaddr_storage()
    withUnsafeMutableBytes(of: &storage) {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: size))
    }
    self.storage = storage
    self.size = info.ai_addrlen
  }

  /// - Returns: nil when it is of no family, or of one that is not of the internet.
  init?(_ storage: sockaddr_storage) {
    switch Int32(storage.ss_family) {
    case AF_INET: size = socklen_t(MemoryLayout<sockaddr_in>.size)
    case AF_INET6: size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    default: return nil
    }
    self.storage = storage
  }

  func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
    }
  }

  /// `127.0.0.1`, `::1`.
  var host: String {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let result = withPointer {
      getnameinfo($0, $1, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    }
    guard result == 0 else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether it is that of no host: `0.0.0.0`, `::`.
  var isWildcard: Bool { ["0.0.0.0", "::"].contains(host) }

  /// `127.0.0.1:53`, `[::1]:53`.
  func text(port: UInt16) -> String { HostAndPort(host: host, port: port).text }

  /// What the system finds for a name; without asking anybody where `isNumeric`. Blocks otherwise.
  static func find(_ lookup: Lookup, isNumeric: Bool) -> Result<[SocketAddress], Lookup.Problem> {
    var hints = addrinfo()
    hints.ai_socktype = Socket.stream
    hints.ai_flags = AI_NUMERICSERV | (isNumeric ? AI_NUMERICHOST : 0)
    hints.ai_family =
      switch lookup.family {
      case .any: AF_UNSPEC
      case .v4: AF_INET
      case .v6: AF_INET6
      }
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(lookup.host, String(lookup.port), &hints, &found)
    guard code == 0 else { return .failure(Lookup.Problem(code: code)) }
    defer { freeaddrinfo(found) }
    var addresses: [SocketAddress] = []
    var next = found
    while let info = next {
      if let address = SocketAddress(info.pointee) { addresses.append(address) }
      next = info.pointee.ai_next
    }
    return addresses.isEmpty ? .failure(Lookup.Problem(code: EAI_NONAME)) : .success(addresses)
  }
}

/// A name whose addresses are wanted.
struct Lookup: Sendable {
  var host: String
  var port: UInt16
  var family: Request.Family

  /// Why there are none.
  struct Problem: Error {
    /// One of getaddrinfo's.
    var code: Int32

    /// Those that glibc shows to GNU sources only: no address, and none of that family.
    private static let noAddress: Int32 = -5
    private static let noFamily: Int32 = -9

    func failure(of host: String) -> (Failure.Kind, String) {
      if [EAI_NONAME, Self.noAddress, Self.noFamily].contains(code) {
        return (.unresolved, "name \(host) is unknown")
      }
      let why = String(cString: gai_strerror(code)).lowercasedFirst
      return (.unresolved, "name \(host) not resolved: \(why)")
    }
  }
}
