/// One word of a filter: `!key:<=value`, or words to look for.
package struct FilterWord: Equatable {
  /// 1-based, in characters.
  package var column: Int
  package var isNegated = false
  /// Lowered; nil for words to look for.
  package var key: String?
  package var value: String
}

/// Takes a filter apart at its blanks; quotes keep blanks together, in a value too (`subject:"two words"`).
package enum FilterWords {
  package static func split(_ text: String) -> [FilterWord] {
    var words: [FilterWord] = []
    var current: FilterWord?
    var isQuoted = false
    var wasQuoted = false
    for (offset, character) in text.enumerated() {
      if character.isWhitespace, !isQuoted {
        if let word = current { words.append(word) }
        current = nil
        wasQuoted = false
        continue
      }
      var word = current ?? FilterWord(column: offset + 1, value: "")
      if character == "\"" {
        isQuoted.toggle()
        wasQuoted = true
      } else if character == "!", current == nil {
        word.isNegated = true
      } else if character == ":", word.key == nil, !isQuoted, !wasQuoted, isKey(word.value) {
        word.key = word.value.lowercased()
        word.value = ""
      } else {
        word.value.append(character)
      }
      current = word
    }
    if let word = current { words.append(word) }
    return words
  }

  private static func isKey(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { ($0 | 32) >= 97 && ($0 | 32) <= 122 }
  }
}
