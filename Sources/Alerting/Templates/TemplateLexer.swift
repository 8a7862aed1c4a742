/// Cuts a template into tokens, by the rules of Go's `text/template` (delimiters `{{` and `}}`, trim
/// markers, comments).
struct TemplateLexer {
  private let bytes: [UInt8]
  private var position = 0
  private var tokens: [TemplateToken] = []
  private var depth = 0
  /// Whether the text that follows loses its leading white space.
  private var trimsNext = false

  private init(_ text: String) {
    bytes = Array(text.utf8)
  }

  static func tokens(of text: String) throws(TemplateError) -> [TemplateToken] {
    var lexer = TemplateLexer(text)
    lexer.tokens.reserveCapacity(24)
    try lexer.run()
    return lexer.tokens
  }

  private mutating func run() throws(TemplateError) {
    while position < bytes.count {
      let start = position
      guard let open = find("{{", from: position) else {
        emitText(from: start, to: bytes.count, trimsRight: false)
        position = bytes.count
        break
      }
      let trims = byte(at: open + 2) == UInt8(ascii: "-") && isSpace(byte(at: open + 3))
      emitText(from: start, to: open, trimsRight: trims)
      position = open + 2 + (trims ? 2 : 0)
      if starts(with: "/*", at: position) {
        try skipComment(from: open)
      } else {
        add(.leftDelimiter, at: open)
        try action(from: open)
      }
    }
    add(.end, at: bytes.count)
  }

  private mutating func emitText(from start: Int, to end: Int, trimsRight: Bool) {
    var slice = bytes[start..<end]
    if trimsNext { slice = slice.drop(while: { isSpace($0) }) }
    trimsNext = false
    if trimsRight {
      while let last = slice.last, isSpace(last) { slice = slice.dropLast() }
    }
    if !slice.isEmpty { add(.text(String(decoding: slice, as: UTF8.self)), at: slice.startIndex) }
  }

  private mutating func skipComment(from open: Int) throws(TemplateError) {
    guard let close = find("*/", from: position + 2) else {
      throw TemplateError("unclosed comment", at: open)
    }
    position = close + 2
    if isSpace(byte(at: position)), starts(with: "-}}", at: position + 1) {
      position += 4
      trimsNext = true
    } else if starts(with: "}}", at: position) {
      position += 2
    } else {
      throw TemplateError("comment ends before closing delimiter", at: position)
    }
  }

  /// Everything between the delimiters.
  private mutating func action(from open: Int) throws(TemplateError) {
    depth = 0
    while true {
      let start = position
      if isSpace(byte(at: position)), starts(with: "-}}", at: position + 1) {
        position += 4
        trimsNext = true
        return try close(at: start + 2)
      }
      if starts(with: "}}", at: position) {
        position += 2
        return try close(at: start)
      }
      guard let next = byte(at: position) else { throw TemplateError("unclosed action", at: open) }
      try token(startingWith: next, at: start)
    }
  }

  private mutating func close(at offset: Int) throws(TemplateError) {
    guard depth == 0 else { throw TemplateError("unclosed left paren", at: offset) }
    add(.rightDelimiter, at: offset)
  }

  private mutating func token(startingWith next: UInt8, at start: Int) throws(TemplateError) {
    switch next {
    case _ where isSpace(next): spaces(at: start)
    case UInt8(ascii: ":"):
      guard byte(at: position + 1) == UInt8(ascii: "=") else { throw TemplateError("expected :=", at: start) }
      take(2, as: .declare)
    case UInt8(ascii: "="): take(1, as: .assign)
    case UInt8(ascii: "|"): take(1, as: .pipe)
    case UInt8(ascii: ","): take(1, as: .comma)
    case UInt8(ascii: "("):
      depth += 1
      take(1, as: .leftParenthesis)
    case UInt8(ascii: ")"):
      depth -= 1
      guard depth >= 0 else { throw TemplateError("unexpected right paren", at: start) }
      take(1, as: .rightParenthesis)
    case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "'"): try quoted(next, at: start)
    case UInt8(ascii: "$"):
      position += 1
      let name = word()
      try requireEnd(of: "$" + name, at: start)
      add(.variable("$" + name), at: start)
    case UInt8(ascii: "."): try dotOrField(at: start)
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(at: start)
    default: try identifier(at: start)
    }
  }

  /// A run of spaces; the one before a trim marker stays for ``action(from:)``.
  private mutating func spaces(at start: Int) {
    while isSpace(byte(at: position)) {
      if starts(with: "-}}", at: position + 1) { break }
      position += 1
    }
    add(.space, at: start)
  }

  private mutating func quoted(_ quote: UInt8, at start: Int) throws(TemplateError) {
    position += 1
    while let next = byte(at: position), next != quote {
      if quote != UInt8(ascii: "`") {
        if next == UInt8(ascii: "\n") { break }
        if next == UInt8(ascii: "\\") { position += 1 }
      }
      position += 1
    }
    guard byte(at: position) == quote else { throw TemplateError("unterminated quoted string", at: start) }
    let inner = bytes[(start + 1)..<position]
    position += 1
    switch quote {
    case UInt8(ascii: "`"):
      add(.string(String(decoding: inner.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)), at: start)
    case UInt8(ascii: "\""):
      guard let text = GoQuoting.unquoted(inner) else {
        throw TemplateError("invalid syntax in a string", at: start)
      }
      add(.string(text), at: start)
    default:
      guard let text = GoQuoting.unquoted(inner), text.unicodeScalars.count == 1,
        let scalar = text.unicodeScalars.first
      else { throw TemplateError("malformed character constant", at: start) }
      add(.character(Int(scalar.value)), at: start)
    }
  }

  private mutating func dotOrField(at start: Int) throws(TemplateError) {
    if let next = byte(at: position + 1), next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9") {
      return try number(at: start)
    }
    position += 1
    let name = word()
    try requireEnd(of: "." + name, at: start)
    add(name.isEmpty ? .dot : .field(name), at: start)
  }

  private mutating func number(at start: Int) throws(TemplateError) {
    func isPart(_ byte: UInt8?, after previous: UInt8) -> Bool {
      guard let byte else { return false }
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
        return [UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "p"), UInt8(ascii: "P")].contains(previous)
          && !(starts(with: "0x", at: start) && (previous | 0x20) == UInt8(ascii: "e"))
      }
      return isWordByte(byte) || byte == UInt8(ascii: ".")
    }
    position += 1
    while let previous = byte(at: position - 1), isPart(byte(at: position), after: previous) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard GoNumber(text) != nil else { throw TemplateError("bad number syntax: \"\(text)\"", at: start) }
    add(.number(text), at: start)
  }

  private mutating func identifier(at start: Int) throws(TemplateError) {
    let name = word()
    guard !name.isEmpty else { throw TemplateError("unexpected character in an action", at: start) }
    try requireEnd(of: name, at: start)
    switch name {
    case "true", "false": add(.boolean(name == "true"), at: start)
    case "nil": add(.null, at: start)
    default:
      add(TemplateKeyword(rawValue: name).map { .keyword($0) } ?? .identifier(name), at: start)
    }
  }

  /// Letters, digits and underscores from here on; any byte above ASCII counts as a letter.
  private mutating func word() -> String {
    let start = position
    while let next = byte(at: position), isWordByte(next) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// After a name comes white space, an operator, a parenthesis or a delimiter.
  private func requireEnd(of name: String, at start: Int) throws(TemplateError) {
    guard let next = byte(at: position), !isSpace(next), !".,|:=()".utf8.contains(next),
      !starts(with: "}}", at: position)
    else { return }
    throw TemplateError("bad character after \(name)", at: position)
  }

  private mutating func take(_ count: Int, as kind: TemplateToken.Kind) {
    add(kind, at: position)
    position += count
  }

  private mutating func add(_ kind: TemplateToken.Kind, at offset: Int) {
    tokens.append(TemplateToken(kind: kind, offset: offset))
  }

  private func byte(at index: Int) -> UInt8? {
    index >= 0 && index < bytes.count ? bytes[index] : nil
  }

  private func starts(with text: StaticString, at index: Int) -> Bool {
    text.withUTF8Buffer { text in
      guard index >= 0, text.count <= bytes.count - index else { return false }
      for (offset, byte) in text.enumerated() where bytes[index + offset] != byte { return false }
      return true
    }
  }

  private func find(_ pair: StaticString, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      if starts(with: pair, at: index) { return index }
      index += 1
    }
    return nil
  }

  private func isSpace(_ byte: UInt8?) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...0xFF:
      true
    default: false
    }
  }
}
