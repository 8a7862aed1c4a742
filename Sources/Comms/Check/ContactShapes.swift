import Values

/// Where somebody can be written to or called: an e-mail address, a telephone number.
///
/// Shapes, not a register: addresses as RFC 5322 writes most of them, numbers of 7 to 15 digits (ITU-T E.164) that
/// begin with `+` or a zero.
enum ContactShapes {
  static func mails(in text: CheckedText) -> [Range<Int>] {
    let characters = text.characters
    var found: [Range<Int>] = []
    for at in characters.indices where characters[at] == "@" {
      var start = at
      while start > 0, isLocal(characters[start - 1]), start > (found.last?.upperBound ?? 0) { start -= 1 }
      var end = at + 1
      while end < characters.count, isDomain(characters[end]) { end += 1 }
      while end > at + 1, ".-".contains(characters[end - 1]) { end -= 1 }
      guard start < at, end > at + 1, characters[(at + 1)..<end].contains(where: \.isLetter) else { continue }
      found.append(start..<end)
    }
    return found
  }

  static func numbers(in text: CheckedText) -> [Range<Int>] {
    let characters = text.characters
    var found: [Range<Int>] = []
    var index = 0
    while index < characters.count {
      guard let range = number(at: index, in: characters) else {
        index += 1
        continue
      }
      found.append(range)
      index = range.upperBound
    }
    return found
  }

  private static func isLocal(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "._%+-'".contains(character)
  }

  private static func isDomain(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || ".-".contains(character)
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  /// The number that begins at a place, from its sign or first digit to its last one.
  private static func number(at start: Int, in characters: [Character]) -> Range<Int>? {
    let before = start > 0 ? characters[start - 1] : " "
    guard "+0(".contains(characters[start]), !before.isLetter, !before.isNumber, !".:,-/".contains(before)
    else { return nil }
    var groups = [0]
    var (index, end) = (start, start)
    var isFirst = true
    while index < characters.count {
      let character = characters[index]
      if isDigit(character) {
        groups[groups.count - 1] += 1
        end = index + 1
      } else if " -/().\u{A0}".contains(character) || (character == "+" && isFirst) {
        // Two blanks end it, and so does what no digit follows soon.
        guard index - end < 3 else { break }
        if groups.last != 0 { groups.append(0) }
      } else {
        break
      }
      isFirst = isFirst && (character == "+" || character == "(")
      index += 1
    }
    groups.removeAll { $0 == 0 }
    let digits = groups.reduce(0, +)
    guard (7...15).contains(digits),
      characters[start..<end].first(where: isDigit) == "0" || characters[start..<end].contains("+")
    else { return nil }
    // A unit, a decimal or a clock goes on; a date is no number to call.
    if end < characters.count, characters[end].isLetter || ":%".contains(characters[end]) { return nil }
    if groups == [2, 2, 4] || (characters[start] == "0" && groups.count == 2 && groups[0] == 1) {
      return nil
    }
    return start..<end
  }
}
