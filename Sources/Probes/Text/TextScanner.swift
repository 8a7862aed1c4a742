/// Reads one line of a small language, character by character.
struct TextScanner {
  private let characters: [Character]
  private(set) var index = 0

  init(_ text: String) {
    characters = Array(text)
  }

  /// 1-based.
  var column: Int { index + 1 }
  var isAtEnd: Bool { index >= characters.count }
  var next: Character? { isAtEnd ? nil : characters[index] }

  mutating func advance() {
    if !isAtEnd { index += 1 }
  }

  mutating func skipSpaces() {
    while next?.isWhitespace ?? false { index += 1 }
  }

  /// Takes `text` if it stands here.
  mutating func take(_ text: String) -> Bool {
    guard characters[index...].starts(with: text) else { return false }
    index += text.count
    return true
  }

  mutating func takeAll(where isPart: (Character) -> Bool) -> String {
    let start = index
    while let next, isPart(next) { index += 1 }
    return String(characters[start..<index])
  }

  /// Letters, digits and `_`, not beginning with a digit; empty when none stands here.
  mutating func takeWord() -> String {
    guard let next, Self.isWordStart(next) else { return "" }
    return takeAll { Self.isWordStart($0) || ("0"..."9").contains($0) }
  }

  private static func isWordStart(_ character: Character) -> Bool {
    character == "_" || ("a"..."z").contains(character) || ("A"..."Z").contains(character)
      || !character.isASCII && character.isLetter
  }

  /// A text in double or single quotes. `\"`, `\'`, `\\`, `\n`, `\r`, `\t` and `\u0041` are replaced; any other
  /// backslash stays, so that regular expressions need no second one.
  mutating func takeQuoted() throws(Mistake) -> String {
    let start = column
    guard let quote = next, quote == "\"" || quote == "'" else {
      throw Mistake(column: start, "a quoted text is missing", remedy: "put it in double quotes")
    }
    advance()
    var text = ""
    while let character = next, character != quote {
      advance()
      guard character == "\\", let escaped = next else {
        text.append(character)
        continue
      }
      advance()
      switch escaped {
      case "\"", "'", "\\": text.append(escaped)
      case "n": text.append("\n")
      case "r": text.append("\r")
      case "t": text.append("\t")
      case "u":
        let digits = String(characters[index...].prefix(4))
        guard digits.count == 4, let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value)
        else {
          throw Mistake(column: column - 2, "this is no character", remedy: "write \\u and four hex digits")
        }
        index += 4
        text.unicodeScalars.append(scalar)
      default: text += ["\\", escaped]
      }
    }
    guard next == quote else {
      throw Mistake(column: start, "the quoted text does not end", remedy: "close it with \(quote)")
    }
    advance()
    return text
  }

  /// What stands here, for a message.
  var found: String {
    guard let next else { return "the end" }
    if Self.isWordStart(next) || next.isNumber {
      var copy = self
      return "\"\(copy.takeAll { Self.isWordStart($0) || $0.isNumber })\""
    }
    return "\"\(next)\""
  }
}
