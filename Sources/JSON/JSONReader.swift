internal import Values

/// Why a body is not a JSON document; a phrase such as `not JSON: line 1, column 1: "<" begins no value`.
package struct JSONMistake: Error, Hashable, Sendable {
  package let reason: String

  package init(reason: String) {
    self.reason = reason
  }
}

extension JSONValue {
  /// How deep arrays and objects may stand in each other.
  package static let depthLimit = 128
  /// How many values a document may have.
  package static let sizeLimit = 1_000_000

  /// Reads RFC 8259, strictly, but for a byte order mark. Linear; bounded in depth and number of values.
  ///
  /// - Parameter keepsDigits: a whole number that a double cannot hold is read as a text of its digits: an id stays one.
  package static func read(
    _ bytes: [UInt8], keepsDigits: Bool = false
  ) -> Result<JSONValue, JSONMistake> {
    // The whole of it at once, so that the reader can take any byte above 0x7F for granted.
    guard String(validating: bytes, as: UTF8.self) != nil else {
      return .failure(JSONMistake(reason: "the body is not UTF-8"))
    }
    return bytes.withUnsafeBufferPointer { buffer in
      var reader = JSONReader(bytes: buffer, keepsDigits: keepsDigits)
      do throws(JSONMistake) {
        return .success(try reader.readDocument())
      } catch {
        return .failure(error)
      }
    }
  }
}

/// Recursive descent over valid UTF-8; behind the end stands a zero byte, which begins nothing.
private struct JSONReader: ~Copyable {
  let bytes: UnsafeBufferPointer<UInt8>
  private let keepsDigits: Bool
  private var index = 0
  private var count = 0

  init(bytes: UnsafeBufferPointer<UInt8>, keepsDigits: Bool) {
    self.bytes = bytes
    self.keepsDigits = keepsDigits
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

  mutating func readDocument() throws(JSONMistake) -> JSONValue {
    skipSpaces()
    if index >= bytes.count { throw JSONMistake(reason: "not JSON: the body is empty") }
    let value = try readValue(depth: 0)
    skipSpaces()
    guard index >= bytes.count else { throw mistake("\(found) follows the document") }
    return value
  }

  private mutating func readValue(depth: Int) throws(JSONMistake) -> JSONValue {
    guard depth < JSONValue.depthLimit else {
      throw JSONMistake(reason: "the JSON is nested deeper than \(JSONValue.depthLimit) levels")
    }
    count += 1
    guard count <= JSONValue.sizeLimit else {
      throw JSONMistake(reason: "the JSON has more than \(JSONValue.sizeLimit) values")
    }
    switch next {
    case UInt8(ascii: "{"): return try readObject(depth: depth)
    case UInt8(ascii: "["): return try readArray(depth: depth)
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
    default:
      for (word, value) in [("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null)] {
        if bytes[index...].starts(with: word.utf8) {
          index += word.utf8.count
          return value
        }
      }
      throw mistake("\(found) begins no value")
    }
  }

  private mutating func readObject(depth: Int) throws(JSONMistake) -> JSONValue {
    var members: [JSONValue.Member] = []
    index += 1
    skipSpaces()
    if take("}") { return .object([]) }
    while true {
      guard next == UInt8(ascii: "\"") else {
        throw mistake("a name in double quotes is missing before \(found)")
      }
      let name = try readString()
      skipSpaces()
      guard take(":") else { throw mistake("a colon is missing before \(found)") }
      skipSpaces()
      members.append(JSONValue.Member(name, try readValue(depth: depth + 1)))
      skipSpaces()
      if take("}") { return .object(members) }
      guard take(",") else { throw mistake("a comma or } is missing before \(found)") }
      skipSpaces()
    }
  }

  private mutating func readArray(depth: Int) throws(JSONMistake) -> JSONValue {
    var elements: [JSONValue] = []
    index += 1
    skipSpaces()
    if take("]") { return .array([]) }
    while true {
      elements.append(try readValue(depth: depth + 1))
      skipSpaces()
      if take("]") { return .array(elements) }
      guard take(",") else { throw mistake("a comma or ] is missing before \(found)") }
      skipSpaces()
    }
  }

  private mutating func readNumber() throws(JSONMistake) -> JSONValue {
    let start = index
    _ = take("-")
    if !take("0") { try takeDigits() }
    if take(".") { try takeDigits() }
    if next | 0x20 == UInt8(ascii: "e") {
      index += 1
      if !take("+") { _ = take("-") }
      try takeDigits()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    let isWhole = text.utf8.dropFirst(text.hasPrefix("-") ? 1 : 0).allSatisfy {
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
    }
    // From 2^53 on two neighbours may be one double.
    if keepsDigits, isWhole, (Double(text) ?? 0).magnitude >= 9_007_199_254_740_992 { return .string(text) }
    // Too large for a double, it reads as infinity.
    return .number(Double(text) ?? .nan)
  }

  private mutating func takeDigits() throws(JSONMistake) {
    guard isDigit(next) else { throw mistake("a digit is missing before \(found)") }
    while isDigit(next) { index += 1 }
  }

  private mutating func readString() throws(JSONMistake) -> String {
    index += 1
    var start = index
    var text = ""
    while true {
      switch next {
      case UInt8(ascii: "\""):
        text += String(decoding: bytes[start..<index], as: UTF8.self)
        index += 1
        return text
      case UInt8(ascii: "\\"):
        text += String(decoding: bytes[start..<index], as: UTF8.self)
        index += 1
        text.unicodeScalars.append(try readEscape())
        start = index
      case 0..<0x20:
        throw mistake(index < bytes.count ? "a text holds a control character" : "a text does not end")
      default: index += 1
      }
    }
  }

  private mutating func readEscape() throws(JSONMistake) -> Unicode.Scalar {
    let kind = next
    index += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try readHex()
      guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
      // A pair of surrogates is one character; half of one is none.
      let before = index
      if take("\\"), take("u") {
        let low = try readHex()
        if (0xDC00..<0xE000).contains(low) {
          return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)) ?? "\u{FFFD}"
        }
      }
      index = before
      return "\u{FFFD}"
    default:
      index -= 1
      throw mistake("\\ before \(found) means nothing")
    }
  }

  private mutating func readHex() throws(JSONMistake) -> UInt32 {
    let end = min(index + 4, bytes.count)
    let digits = String(decoding: bytes[index..<end], as: UTF8.self)
    guard digits.utf8.count == 4,
      digits.utf8.allSatisfy({ isDigit($0) || (0x61...0x66).contains($0 | 0x20) }),
      let value = UInt32(digits, radix: 16)
    else { throw mistake("four hex digits are missing before \(found)") }
    index = end
    return value
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character), index < bytes.count else { return false }
    index += 1
    return true
  }

  private mutating func skipSpaces() {
    while next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { index += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private var found: String {
    guard index < bytes.count else { return "the end" }
    let piece = String(decoding: bytes[index..<min(index + 4, bytes.count)], as: UTF8.self)
    return "\"\(Inert.terminal(String(piece.prefix(1))))\""
  }

  private func mistake(_ what: String) -> JSONMistake {
    let before = bytes[..<min(index, bytes.count)]
    let line = before.count { $0 == 0x0A } + 1
    let lastLine = before.suffix(from: before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)
    let column = String(decoding: lastLine, as: UTF8.self).count + 1
    return JSONMistake(reason: "not JSON: line \(line), column \(column): \(what)")
  }
}
