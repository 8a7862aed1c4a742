/// What may stand as an endpoint's address.
enum HTTPAddress {
  /// Whether `text` begins with http:// or https:// and a host, and holds no blank.
  static func isOne(_ text: String) -> Bool {
    let lower = text.lowercased()
    let rest = ["http://", "https://"].first { lower.hasPrefix($0) }.map { text.dropFirst($0.count) }
    guard let first = rest?.first else { return false }
    return !"/?#:".contains(first) && !text.contains(where: \.isWhitespace)
  }
}
