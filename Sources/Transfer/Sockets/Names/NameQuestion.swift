internal import Glibc
internal import Wire

/// One question of DNS (RFC 1035, section 4) with the number under which it is asked.
struct NameQuestion: Equatable {
  let id: UInt16
  /// As it goes over the wire: labels with their lengths, and the empty one.
  let name: [UInt8]
  let type: UInt16

  /// The bytes of an answer that we can take at once over UDP; what gets through everywhere unfragmented.
  static let capacity: UInt16 = 1232
  static let internetClass: UInt16 = 1
  static let optType: UInt16 = 41

  /// - Returns: nil when the name cannot be asked for.
  init?(_ request: NameRequest, id: UInt16) {
    let text = request.type == .ptr ? Self.reverse(of: request.name) ?? request.name : request.name
    guard let name = Self.wire(text) else { return nil }
    self.id = id
    self.name = name
    type = request.type.rawValue
  }

  /// The message.
  ///
  /// - Parameter isExtended: whether it offers EDNS (RFC 6891).
  func message(isExtended: Bool) -> [UInt8] {
    // A standard query, recursion desired; one question.
    var bytes = Self.bytes(id) + [0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, isExtended ? 1 : 0]
    bytes += name + Self.bytes(type) + Self.bytes(Self.internetClass)
    if isExtended {
      bytes += [0] + Self.bytes(Self.optType) + Self.bytes(Self.capacity) + [0, 0, 0, 0, 0, 0]
    }
    return bytes
  }

  static func bytes(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xFF)] }

  private static func wire(_ text: String) -> [UInt8]? {
    if text == "." { return [0] }
    guard HostAndPort.isName(text) else { return nil }
    var wire: [UInt8] = []
    for label in text.utf8.split(separator: UInt8(ascii: ".")) {
      guard let count = UInt8(exactly: label.count), count <= 63 else { return nil }
      wire.append(count)
      wire += label
    }
    return wire.count <= 254 ? wire + [0] : nil
  }

  /// Under which name an address is asked for: `5.0.0.10.in-addr.arpa`.
  static func reverse(of text: String) -> String? {
    var v4 = in_addr()
    if inet_pton(AF_INET, text, &v4) == 1 {
      return withUnsafeBytes(of: v4) { $0.reversed().map(String.init).joined(separator: ".") }
        + ".in-addr.arpa"
    }
    var v6 = in6_addr()
    guard inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
    let digits = withUnsafeBytes(of: v6) { bytes in
      bytes.reversed().flatMap { [$0 & 0xF, $0 >> 4] }.map { String($0, radix: 16) }
    }
    return digits.joined(separator: ".") + ".ip6.arpa"
  }
}
