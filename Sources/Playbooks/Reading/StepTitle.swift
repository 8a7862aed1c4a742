/// Short forms for lists.
extension Step {
  /// Titles are cut here; the whole text stands beside.
  static let maximumTitle = 100

  /// The beginning of `text` up to its first colon or full stop outside code, without the mark.
  static func title(of text: [Inline]) -> String {
    let marked = text.marked
    let end = clauseEnd(text, at: [":", ".", ";"]) ?? marked.count
    let clause = String(marked.prefix(end)).trimmed
    guard clause.count > maximumTitle else { return clause }
    let cut = clause.prefix(maximumTitle)
    let word = cut.lastIndex(of: " ") ?? cut.endIndex
    return String(cut[..<word]) + "…"
  }

  /// Where in `text.marked` the first of `marks` stands that ends a clause: outside code, followed by a
  /// space or the end, and not within the first three characters or after a one-letter word (`e.g.`).
  static func clauseEnd(_ text: [Inline], at marks: Set<Character>) -> Int? {
    var isCode = false
    var previous: [Character] = []
    let characters = Array(text.marked)
    for (index, character) in characters.enumerated() {
      if character == "`" { isCode.toggle() }
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      if !isCode, marks.contains(character), next.isWhitespace, index >= 3 {
        let word = previous.reversed().prefix { $0.isLetter || $0 == "." }
        let isAbbreviation = character == "." && (word.count == 1 || word.contains("."))
        if !isAbbreviation { return index }
      }
      previous.append(character)
    }
    return nil
  }
}
