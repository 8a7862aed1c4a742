/// `host:port` taken apart by the rules of Go's `net.SplitHostPort`.
struct HostPort {
  let host: String
  let port: String

  /// Nil without a port, or with too many colons outside brackets.
  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let before = text[..<colon]
    port = String(text[text.index(after: colon)...])
    if before.hasPrefix("[") {
      guard before.hasSuffix("]"), before.filter({ $0 == "[" || $0 == "]" }).count == 2 else { return nil }
      host = String(before.dropFirst().dropLast())
    } else {
      guard !before.contains(where: { ":[]".contains($0) }), !port.contains(where: { "[]".contains($0) })
      else {
        return nil
      }
      host = String(before)
    }
  }

  /// The first part of a host name, its port kept; addresses stay as they are.
  static func strippingDomain(of text: String) -> String {
    let parts = HostPort(text)
    let host = parts?.host ?? text
    if isAddress(host) { return text }
    let name = String(host.prefix { $0 != "." })
    guard let port = parts?.port, !port.isEmpty else { return name }
    return name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)"
  }

  private static func isAddress(_ host: String) -> Bool {
    if host.contains(":") {
      return host.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        && host.filter { $0 == ":" }.count >= 2
    }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil && ($0 == "0" || !$0.hasPrefix("0")) }
  }
}
