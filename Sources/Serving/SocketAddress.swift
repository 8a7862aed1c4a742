#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An address of IPv4 or IPv6 and a port of it.
package struct SocketAddress: Hashable, Sendable {
  /// As `inet_ntop` writes it, without brackets.
  package let host: String
  package let port: UInt16
  private let bytes: [UInt8]

  package static func loopback(port: UInt16) -> Self {
    Self(host: "127.0.0.1", port: port, bytes: [127, 0, 0, 1])
  }

  private init(host: String, port: UInt16, bytes: [UInt8]) {
    self.host = host
    self.port = port
    self.bytes = bytes
  }

  /// `127.0.0.1:9469`, `[::1]:9469`, `localhost:9469`; nil for anything else, other names too.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let digits = text[text.index(after: colon)...]
    guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let port = UInt16(digits) else { return nil }
    var host = String(text[..<colon])
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    if isBracketed { host = String(host.dropFirst().dropLast()) }
    if host == "localhost" { host = "127.0.0.1" }
    guard let bytes = Self.read(host), (bytes.count == 16) == isBracketed else { return nil }
    self.init(host: Self.text(bytes), port: port, bytes: bytes)
  }

  /// Whether only this machine reaches it.
  package var isLoopback: Bool {
    bytes.count == 4 ? bytes.first == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
  }

  var family: Int32 { bytes.count == 4 ? AF_INET : AF_INET6 }

  private static func read(_ host: String) -> [UInt8]? {
    for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: count)
      if inet_pton(family, host, &bytes) == 1 { return bytes }
    }
    return nil
  }

  private static func text(_ bytes: [UInt8]) -> String {
    var text = [CChar](repeating: 0, count: 64)
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

extension SocketAddress: CustomStringConvertible {
  package var description: String { bytes.count == 4 ? "\(host):\(port)" : "[\(host)]:\(port)" }
}

// MARK: As the system has it

extension SocketAddress {
  /// Where a socket is bound; nil when the system does not say.
  init?(ofDescriptor descriptor: Int32) {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let named = withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard named == 0 else { return nil }
    let isOld = storage.ss_family == sa_family_t(AF_INET)
    let (port, bytes) = withUnsafeBytes(of: &storage) { raw -> (UInt16, [UInt8]) in
      if isOld {
        let address = raw.loadUnaligned(as: sockaddr_in.self)
        return (UInt16(bigEndian: address.sin_port), withUnsafeBytes(of: address.sin_addr) { Array($0) })
      }
      let address = raw.loadUnaligned(as: sockaddr_in6.self)
      return (UInt16(bigEndian: address.sin6_port), withUnsafeBytes(of: address.sin6_addr) { Array($0) })
    }
    self.init(host: Self.text(bytes), port: port, bytes: bytes)
  }

  func withPointer<T>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
    if bytes.count == 4 {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      withUnsafeMutableBytes(of: &address.sin_addr) { $0.copyBytes(from: bytes) }
      return withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = port.bigEndian
    withUnsafeMutableBytes(of: &address.sin6_addr) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in6>.size))
      }
    }
  }
}
