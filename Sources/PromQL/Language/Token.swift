/// A word of the language.
struct Token: Sendable {
  enum Kind: Sendable {
    /// A name, a keyword, or a metric's name with colons.
    case word
    /// The bytes between the quotes, escapes replaced.
    case string([UInt8])
    case number
    case duration
    /// An operator, bracket or comma.
    case symbol
    case end
  }

  let kind: Kind
  /// As written; of strings with the quotes.
  let text: String
  let place: Place

  var isEnd: Bool {
    if case .end = kind { return true }
    return false
  }

  /// The token as messages name it.
  var described: String {
    switch kind {
    case .end: "the end of the expression"
    case .string: "the text \(text)"
    default: "\"\(text)\""
    }
  }

  func isSymbol(_ symbol: String) -> Bool {
    if case .symbol = kind { return text == symbol }
    return false
  }

  /// Whether this is the given word; keywords may be written in any case.
  func isWord(_ word: String) -> Bool {
    if case .word = kind { return text.lowercased() == word }
    return false
  }
}
