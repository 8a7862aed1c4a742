import Metrics
import Values

/// Cuts a text into tokens, one after the other. Linear.
struct Lexer {
  let bytes: [UInt8]
  /// The bytes of quoted texts that have escapes.
  private(set) var unescaped: [[UInt8]] = []
  /// The first thing that was no token; all tokens from there on are broken ones.
  private(set) var failure: ParseError?
  private var index = 0
  private var place = Place.start
  private var placed = 0
  private var inBraces = false
  /// There a colon stands for itself.
  private var inBrackets = false

  init(_ text: String) { bytes = Array(text.utf8) }

  func text(_ token: Token) -> String { String(decoding: bytes[token.range], as: UTF8.self) }

  /// What stands between the quotes, escapes replaced; empty for tokens that are no strings.
  func stringBytes(_ token: Token) -> ArraySlice<UInt8> {
    guard case .string(let place) = token.kind else { return [] }
    if let place { return unescaped[place][...] }
    return bytes[token.range].dropFirst().dropLast()
  }

  /// The next token; behind the last one the end, again and again.
  mutating func next() -> Token {
    if let failure { return Token(kind: .broken, range: index..<index, place: failure.place) }
    do throws(ParseError) {
      return try takeToken()
    } catch {
      failure = error
      return Token(kind: .broken, range: index..<index, place: error.place)
    }
  }

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

  private mutating func token(_ kind: Token.Kind, from start: Int) -> Token {
    Token(kind: kind, range: start..<index, place: place(of: start))
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

  private mutating func takeToken() throws(ParseError) -> Token {
    skipSpaceAndComments()
    guard let byte = byte() else { return token(.end, from: index) }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return try takeString(quote: byte)
    case _ where isOfWord(byte) && !isDigit(byte): return takeWord()
    case _ where isDigit(byte) && !inBraces: return try takeNumber()
    case UInt8(ascii: ".") where !inBraces && (self.byte(1)?.isDigit ?? false): return try takeNumber()
    default: return try takeSymbol()
    }
  }

  // Asked of every byte: those of Metrics would be calls.
  private func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

  private func isOfWord(_ byte: UInt8) -> Bool {
    (byte | 32) &- 97 < 26 || isDigit(byte) || byte == UInt8(ascii: "_")
      || (byte == UInt8(ascii: ":") && !inBraces && !inBrackets)
  }

  private mutating func takeWord() -> Token {
    let start = index
    while let byte = byte(), isOfWord(byte) { index += 1 }
    return token(.word(inBraces ? nil : Keyword.of(bytes, start..<index)), from: start)
  }

  private mutating func takeSymbol() throws(ParseError) -> Token {
    let start = index
    let (first, second) = (bytes[start], byte(1))
    let length = inBraces ? Self.symbolInBraces(first, second) : Self.symbol(first, second)
    guard length > 0 else {
      let found = String(decoding: bytes[start...].prefix(4), as: UTF8.self).prefix(1)
      throw failure(
        "unexpected character \(found.debugDescription)" + (inBraces ? " inside braces" : ""), at: start)
    }
    index += length
    switch first {
    case UInt8(ascii: "{"): inBraces = true
    case UInt8(ascii: "}"): inBraces = false
    case UInt8(ascii: "["): inBrackets = true
    case UInt8(ascii: "]"): inBrackets = false
    default: break
    }
    return token(.symbol(Symbol(first, length == 2 ? second ?? 0 : 0)), from: start)
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
  private mutating func takeNumber() throws(ParseError) -> Token {
    let start = index
    let isHex = byte() == UInt8(ascii: "0") && (byte(1).map { $0 | 32 == UInt8(ascii: "x") } ?? false)
    while let byte = byte(), byte.isNameStart || byte.isDigit || byte == UInt8(ascii: ".") {
      index += 1
      let isSigned = self.byte() == UInt8(ascii: "+") || self.byte() == UInt8(ascii: "-")
      if !isHex, byte | 32 == UInt8(ascii: "e"), isSigned, self.byte(1)?.isDigit ?? false { index += 1 }
    }
    let found = bytes[start..<index]
    if NumberText.isNumber(found) { return token(.number, from: start) }
    if NumberText.looksLikeDuration(found) { return token(.duration, from: start) }
    let word = String(decoding: found, as: UTF8.self)
    throw failure("\"\(word)\" is neither a number nor a duration", at: start)
  }
}

// MARK: - Strings

extension Lexer {
  private mutating func takeString(quote: UInt8) throws(ParseError) -> Token {
    let start = index
    index += 1
    while let byte = byte(), byte != quote, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\\") {
      index += 1
    }
    if byte() == quote {
      index += 1
      return token(.string(unescaped: nil), from: start)
    }
    index = start + 1
    return try takeEscapedString(quote, start)
  }

  private mutating func takeEscapedString(_ quote: UInt8, _ start: Int) throws(ParseError) -> Token {
    let isRaw = quote == UInt8(ascii: "`")
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
    unescaped.append(value)
    return token(.string(unescaped: unescaped.count - 1), from: start)
  }

  /// Go's escapes.
  private mutating func takeEscape(_ quote: UInt8, _ start: Int, into value: inout [UInt8]) throws(ParseError)
  {
    guard let byte = byte() else { throw failure("an escape is not finished", at: start) }
    index += 1
    switch Unicode.Scalar(byte) {
    case "a": value.append(7)
    case "b": value.append(8)
    case "f": value.append(12)
    case "n": value.append(10)
    case "r": value.append(13)
    case "t": value.append(9)
    case "v": value.append(11)
    case "\\": value.append(byte)
    case _ where byte == quote: value.append(quote)
    case "0"..."7":
      index -= 1
      value.append(UInt8(truncatingIfNeeded: try takeCode(3, radix: 8, limit: 255, start)))
    case "x": value.append(UInt8(truncatingIfNeeded: try takeCode(2, radix: 16, limit: 255, start)))
    case "u": try appendScalar(takeCode(4, radix: 16, limit: 0xffff, start), start, to: &value)
    case "U": try appendScalar(takeCode(8, radix: 16, limit: 0x10ffff, start), start, to: &value)
    default:
      let other = String(decoding: bytes[(index - 1)...].prefix(4), as: UTF8.self).prefix(1)
      throw failure("\"\\\(other)\" is no escape", at: start)
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
    let code = String(decoding: bytes[index..<min(bytes.count, index + digits)], as: UTF8.self)
    guard code.utf8.count == digits, !code.hasPrefix("+"), !code.hasPrefix("-"),
      let code = UInt32(code, radix: radix), code <= limit
    else { throw failure("an escape needs \(digits) digits and must name a character", at: start) }
    index += digits
    return code
  }
}
