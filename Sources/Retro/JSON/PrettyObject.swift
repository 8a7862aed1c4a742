import Values

/// Members of a JSON object, one on a line, as `JSONEncoder` writes them.
struct PrettyObject {
  private let margin: [UInt8]
  private var isEmpty = true

  /// - Parameter margin: a line end, and what stands before each member.
  init(margin: [UInt8]) { self.margin = margin }

  private mutating func begin(_ name: StaticString, _ bytes: inout [UInt8]) {
    bytes.append(isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
    isEmpty = false
    bytes += margin
    bytes.append(UInt8(ascii: "\""))
    bytes += UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    bytes += "\" : ".utf8
  }

  mutating func add(_ name: StaticString, _ value: Bool, to bytes: inout [UInt8]) {
    begin(name, &bytes)
    bytes += (value ? "true" : "false").utf8
  }

  mutating func add(_ name: StaticString, _ value: Int64, to bytes: inout [UInt8]) {
    begin(name, &bytes)
    bytes += String(value).utf8
  }

  /// Left out when there is none.
  mutating func add(_ name: StaticString, _ value: String?, to bytes: inout [UInt8]) {
    guard let value else { return }
    begin(name, &bytes)
    bytes.append(UInt8(ascii: "\""))
    Self.escape(value, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// What no number of JSON is stands there as the text that bodies have for it.
  mutating func add(_ name: StaticString, _ value: Double?, to bytes: inout [UInt8]) {
    guard let value else { return }
    guard value.isFinite else {
      return add(name, value.isNaN ? "NaN" : value > 0 ? "+Inf" : "-Inf", to: &bytes)
    }
    begin(name, &bytes)
    var digits = value.description
    if digits.hasSuffix(".0") { digits.removeLast(2) }
    bytes += digits.utf8
  }

  mutating func add(_ name: StaticString, _ texts: [String: String], to bytes: inout [UInt8]) {
    begin(name, &bytes)
    bytes.append(UInt8(ascii: "{"))
    if texts.isEmpty { bytes.append(UInt8(ascii: "\n")) }
    for (index, (name, text)) in texts.sorted(by: { $0.key < $1.key }).enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += margin
      bytes += "  \"".utf8
      Self.escape(name, to: &bytes)
      bytes += "\" : \"".utf8
      Self.escape(text, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes += margin
    bytes.append(UInt8(ascii: "}"))
  }

  private static func escape(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { escape($0, to: &bytes) }
  }

  private static func escape(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var copied = 0
    for (index, byte) in text.enumerated() {
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      bytes += text[copied..<index]
      copied = index + 1
      bytes.append(UInt8(ascii: "\\"))
      switch byte {
      case 0x08: bytes.append(UInt8(ascii: "b"))
      case 0x09: bytes.append(UInt8(ascii: "t"))
      case 0x0A: bytes.append(UInt8(ascii: "n"))
      case 0x0C: bytes.append(UInt8(ascii: "f"))
      case 0x0D: bytes.append(UInt8(ascii: "r"))
      case 0..<0x20:
        bytes += (byte < 0x10 ? "u000" : "u00").utf8
        bytes += String(byte, radix: 16).utf8
      default: bytes.append(byte)
      }
    }
    bytes += text[copied...]
  }
}
