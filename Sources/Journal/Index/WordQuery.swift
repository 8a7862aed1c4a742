/// What somebody typed to search for, as an expression of FTS5 (https://sqlite.org/fts5.html, section 3).
///
/// Every word is quoted, so that nothing in it is an operator; hostile text is only text.
struct WordQuery: Equatable {
  /// Never empty.
  let expression: String
  /// The last word, when it may go on and is written in letters that lowercase alone makes those of the index.
  let beginning: String?
  /// What stands before ``beginning``; empty without one.
  let others: [String]

  private static let mostWords = 32
  /// Scalars of a word in the index; what is longer is the beginning of a word.
  static let longestWord = 256
  /// A shorter beginning would stand for too many words.
  static let shortestBeginning = 3

  /// Nil when there is no letter or digit in it.
  init?(_ text: String) {
    let parts = Self.parts(of: text.replacing("\0", with: " ")).prefix(Self.mostWords)
    let expressions = parts.compactMap { part -> String? in
      let all = part.text.unicodeScalars
      let scalars = all.prefix(Self.longestWord)
      guard scalars.contains(where: Self.isOfWord) else { return nil }
      let text = EventText.separated(String(scalars))
      let word = "\"" + text.replacing("\"", with: "\"\"") + "\""
      let begun = text.unicodeScalars.reversed().prefix(while: Self.isOfWord).count
      let isBeginning = part.isBeginning || scalars.count < all.count
      return isBeginning && begun >= Self.shortestBeginning ? word + " *" : word
    }
    guard !expressions.isEmpty else { return nil }
    expression = expressions.joined(separator: " AND ")
    let last = parts.last.flatMap { $0.isBeginning ? Array($0.text.utf8) : nil } ?? []
    // Shorter ones have an index of their own.
    let isPlain = last.count > Self.shortestBeginning && last.count <= Self.longestWord
    let word = isPlain && last.allSatisfy(Self.isPlain) ? String(decoding: last, as: UTF8.self) : nil
    beginning = word?.lowercased()
    others = word == nil ? [] : expressions.dropLast()
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  private struct Part {
    let text: String
    /// Whether it may go on.
    var isBeginning = false
  }

  /// Words between spaces, and what stands between quotation marks.
  private static func parts(of text: String) -> [Part] {
    var parts: [Part] = []
    for (index, piece) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
      guard index.isMultiple(of: 2) else {
        parts.append(Part(text: String(piece)))
        continue
      }
      parts += piece.split(whereSeparator: \.isWhitespace).map { Part(text: String($0)) }
    }
    if let last = text.last, last != "\"", !last.isWhitespace, !parts.isEmpty {
      parts[parts.count - 1].isBeginning = true
    }
    return parts
  }

  /// What the tokenizer `unicode61` keeps: letters, numbers, private characters.
  static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse:
      true
    default: false
    }
  }
}
