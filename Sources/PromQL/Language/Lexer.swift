import Metrics
import Values

/// Cuts a text into tokens. Linear; the first thing that is no token ends it with an error.
struct Lexer {
  private let bytes: [UInt8]
  private var index = 0
  private var place = Place.start
  private var placed = 0
  private var inBraces = false
  /// There a colon stands for itself.
  private var inBrackets = false
  private var tokens: [Token] = []

  static func tokens(of text: String) throws(ParseError) -> [Token] {
    var lexer = Lexer(text)
    while try lexer.takeToken() {}
    return lexer.tokens
  }

  private init(_ text: String) { bytes = Array(text.utf8) }

  private func byte(_ ahead: Int = 0) -> UInt8? {
    index + ahead < bytes.count ? bytes[index + ahead] : nil
  }

  /// The place of byte `target`, which never lies before the last one asked for.
  private mutating func place(of target: Int) -> Place {
    var (offset, line, column) = (place.offset, place.position.line, place.position.column)
    while placed < target, placed < bytes.count {
      let byte = bytes[placed]
      placed += 1
      guard byte & 0xc0 != 0x80 else { continue }
      offset += 1
      (line, column) = byte == UInt8(ascii: "\n") ? (line + 1, 1) : (line, column + 1)
    }
    place = Place(offset: offset, position: Position(line: line, column: column))
    return place
  }

  private mutating func failure(_ message: String, at start: Int) -> ParseError {
    ParseError(message, at: place(of: start))
  }

  private mutating func add(_ kind: Token.Kind, from start: Int) {
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    tokens.append(Token(kind: kind, text: text, place: place(of: start)))
  }

  private mutating func skipSpaceAndComments() {
    while let byte = byte() {
      if byte == UInt8(ascii: "#") {
        while let next = self.byte(), next != UInt8(ascii: "\n") { index += 1 }
      } else if byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d {
        index += 1
      } else {
        return
      }
    }
  }

  /// False after the end.
  private mutating func takeToken() throws(ParseError) -> Bool {
    skipSpaceAndComments()
    let start = index
    guard let byte = byte() else {
      add(.end, from: start)
      return false
    }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): try takeString(quote: byte)
    case _ where byte.isNameStart || (!inBraces && byte == UInt8(ascii: ":") && !inBrackets): takeWord()
    case _ where byte.isDigit && !inBraces: try takeNumber()
    case UInt8(ascii: ".") where !inBraces && (self.byte(1)?.isDigit ?? false): try takeNumber()
    default: try takeSymbol()
    }
    return true
  }

  private mutating func takeWord() {
    let start = index
    while let byte = byte(),
      byte.isNameStart || byte.isDigit || (!inBraces && byte == UInt8(ascii: ":") && !inBrackets)
    {
      index += 1
    }
    add(.word, from: start)
  }

  private mutating func takeSymbol() throws(ParseError) {
    let start = index
    let length = inBraces ? Self.symbolInBraces(bytes[start], byte(1)) : Self.symbol(bytes[start], byte(1))
    guard length > 0 else {
      let found = String(decoding: bytes[start...].prefix(4), as: UTF8.self).prefix(1)
      throw failure(
        "unexpected character \(found.debugDescription)" + (inBraces ? " inside braces" : ""), at: start)
    }
    index += length
    switch bytes[start] {
    case UInt8(ascii: "{"): inBraces = true
    case UInt8(ascii: "}"): inBraces = false
    case UInt8(ascii: "["): inBrackets = true
    case UInt8(ascii: "]"): inBrackets = false
    default: break
    }
    add(.symbol, from: start)
  }
}

// MARK: - Symbols

extension Lexer {
  /// How many bytes of these two are a symbol: 2, 1 or 0.
  private static func symbol(_ first: UInt8, _ second: UInt8?) -> Int {
    switch (UnicodeScalar(first), second.map { UnicodeScalar($0) }) {
    case ("=", "="), ("!", "="), ("<", "="), (">", "="), ("<", "/"), (">", "/"): 2
    case ("=", _), (",", _), ("+", _), ("-", _), ("*", _), ("/", _), ("%", _), ("^", _), ("(", _), (")", _): 1
    case ("[", _), ("]", _), ("{", _), ("<", _), (">", _), ("@", _), (":", _): 1
    default: 0
    }
  }

  private static func symbolInBraces(_ first: UInt8, _ second: UInt8?) -> Int {
    switch (UnicodeScalar(first), second.map { UnicodeScalar($0) }) {
    case ("!", "="), ("=", "~"), ("!", "~"): 2
    case ("=", _), (",", _), ("}", _): 1
    default: 0
    }
  }
}

// MARK: - Numbers and durations

extension Lexer {
  /// `1e3`, `0x1f`, `1_000`, `5m`, `1h30m`.
  private mutating func takeNumber() throws(ParseError) {
    let start = index
    let isHex = byte() == UInt8(ascii: "0") && (byte(1).map { $0 | 32 == UInt8(ascii: "x") } ?? false)
    while let byte = byte(), byte.isNameStart || byte.isDigit || byte == UInt8(ascii: ".") {
      index += 1
      let isSigned = self.byte() == UInt8(ascii: "+") || self.byte() == UInt8(ascii: "-")
      if !isHex, byte | 32 == UInt8(ascii: "e"), isSigned, self.byte(1)?.isDigit ?? false { index += 1 }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if NumberText.isNumber(text) {
      add(.number, from: start)
    } else if NumberText.looksLikeDuration(text) {
      add(.duration, from: start)
    } else {
      throw failure("\"\(text)\" is neither a number nor a duration", at: start)
    }
  }
}

// MARK: - Strings

extension Lexer {
  private mutating func takeString(quote: UInt8) throws(ParseError) {
    let start = index
    let isRaw = quote == UInt8(ascii: "`")
    index += 1
    var value: [UInt8] = []
    while true {
      guard let byte = byte(), isRaw || byte != UInt8(ascii: "\n") else {
        throw failure("a quoted text has no closing quote", at: start)
      }
      index += 1
      if byte == quote { break }
      if byte == UInt8(ascii: "\\"), !isRaw {
        try takeEscape(quote, start, into: &value)
      } else {
        value.append(byte)
      }
    }
    add(.string(value), from: start)
  }

  /// Go's escapes.
  private mutating func takeEscape(_ quote: UInt8, _ start: Int, into value: inout [UInt8]) throws(ParseError)
  {
    guard let byte = byte() else { throw failure("an escape is not finished", at: start) }
    index += 1
    let simple: [Character: UInt8] = ["a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "\\": 92]
    switch Character(Unicode.Scalar(byte)) {
    case let character where simple[character] != nil: value.append(simple[character] ?? 0)
    case _ where byte == quote: value.append(quote)
    case "0"..."7":
      index -= 1
      value.append(UInt8(truncatingIfNeeded: try takeCode(3, radix: 8, limit: 255, start)))
    case "x": value.append(UInt8(truncatingIfNeeded: try takeCode(2, radix: 16, limit: 255, start)))
    case "u": try appendScalar(takeCode(4, radix: 16, limit: 0xffff, start), start, to: &value)
    case "U": try appendScalar(takeCode(8, radix: 16, limit: 0x10ffff, start), start, to: &value)
    case let other: throw failure("\"\\\(other)\" is no escape", at: start)
    }
  }

  private mutating func appendScalar(_ code: UInt32, _ start: Int, to value: inout [UInt8]) throws(ParseError)
  {
    guard let scalar = Unicode.Scalar(code) else { throw failure("an escape names no character", at: start) }
    value += Array(String(Character(scalar)).utf8)
  }

  private mutating func takeCode(
    _ digits: Int, radix: Int, limit: UInt32, _ start: Int
  ) throws(ParseError) -> UInt32 {
    let text = String(decoding: bytes[index..<min(bytes.count, index + digits)], as: UTF8.self)
    guard text.count == digits, !text.hasPrefix("+"), !text.hasPrefix("-"),
      let code = UInt32(text, radix: radix),
      code <= limit
    else { throw failure("an escape needs \(digits) digits and must name a character", at: start) }
    index += digits
    return code
  }
}
