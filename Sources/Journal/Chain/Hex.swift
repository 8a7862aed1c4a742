/// Bytes as lower-case hexadecimal digits and back.
enum Hex {
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(contentsOf: digits.dropFirst(Int(byte >> 4)).prefix(1))
      text.append(contentsOf: digits.dropFirst(Int(byte & 15)).prefix(1))
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Whether it is `count` lower-case hexadecimal digits.
  static func isDigest(_ text: some StringProtocol, count: Int = 64) -> Bool {
    text.utf8.count == count && isHex(text)
  }

  static func isHex(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || ($0 >= 97 && $0 <= 102) }
  }
}
