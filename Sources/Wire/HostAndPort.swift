/// `db.internal:5432`, `[::1]:53`: where a connection goes.
package struct HostAndPort: Hashable, Sendable {
  /// Without the brackets of an IPv6 address.
  package let host: String
  package let port: UInt16

  package init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// - Parameter defaultPort: where the text says none; nil refuses such a text.
  /// - Returns: nil when the host cannot be one, or the port is not a number from 1 to 65535.
  package init?(_ text: String, defaultPort: UInt16? = nil) {
    var host = text[...]
    var port = defaultPort
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard Self.isAddress6(host), rest.isEmpty || rest.hasPrefix(":") else { return nil }
      if !rest.isEmpty { port = Self.port(rest.dropFirst()) }
    } else if !(defaultPort != nil && Self.isAddress6(host)) {
      if let colon = text.lastIndex(of: ":") {
        host = text[..<colon]
        port = Self.port(text[text.index(after: colon)...])
      }
      guard Self.isName(host) else { return nil }
    }
    guard let port else { return nil }
    self.init(host: String(host), port: port)
  }

  /// As it is written, IPv6 in brackets.
  package var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// Whether it is an IPv4 address or a name that a resolver can be asked for: letters, digits, `-`, `_`, and
  /// dots, 63 between two of them and 253 in all.
  package static func isName(_ text: some StringProtocol) -> Bool {
    let bytes = Array((text.hasSuffix(".") ? text.dropLast() : text[...]).utf8)
    guard !bytes.isEmpty, bytes.count <= 253, bytes.first != UInt8(ascii: "-") else { return false }
    return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      !label.isEmpty && label.count <= 63 && label.allSatisfy(isNameByte)
    }
  }

  /// Whether it looks like an IPv6 address, with or without a zone.
  package static func isAddress6(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = parts.first else { return false }
    let colons = address.utf8.count(where: { $0 == UInt8(ascii: ":") })
    guard colons >= 2 else { return false }
    let isZoneGood = parts.count < 2 || !parts[1].isEmpty && parts[1].utf8.allSatisfy(isNameByte)
    return isZoneGood
      && address.utf8.allSatisfy { byte in
        byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") || Character(UnicodeScalar(byte)).isHexDigit
      }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func port(_ text: Substring) -> UInt16? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(text) else {
      return nil
    }
    return port > 0 ? port : nil
  }
}
