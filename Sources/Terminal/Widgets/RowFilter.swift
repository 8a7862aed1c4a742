/// What `/` takes: words that must all occur, in any order and case; `!` before a word forbids it, `!` at the
/// start alone inverts the whole.
package struct RowFilter: Hashable, Sendable {
  private let wanted: [String]
  private let forbidden: [String]

  package init(_ text: String) {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    if words.first == "!" {
      wanted = []
      forbidden = Array(words.dropFirst())
    } else {
      wanted = words.filter { !$0.hasPrefix("!") }
      forbidden = words.compactMap { $0.hasPrefix("!") && $0.count > 1 ? String($0.dropFirst()) : nil }
    }
  }

  package var isEmpty: Bool { wanted.isEmpty && forbidden.isEmpty }

  /// Whether a row that shows `text` stays; an empty filter does not even ask for the text.
  package func matches(_ text: @autoclosure () -> String) -> Bool {
    guard !isEmpty else { return true }
    let lower = text().lowercased()
    return wanted.allSatisfy { lower.contains($0) } && !forbidden.contains { lower.contains($0) }
  }

  /// `text` in pieces with the wanted words in `match` style; for letters whose case changes their length
  /// nothing is marked.
  package func marked(_ text: String, style: Style, match: Style = .match) -> [(String, Style)] {
    let characters = Array(text)
    let lower = characters.map { $0.lowercased() }
    guard !wanted.isEmpty, lower.allSatisfy({ $0.count == 1 }) else { return [(text, style)] }
    var isMatch = Array(repeating: false, count: characters.count)
    for word in wanted {
      let letters = word.map(String.init)
      guard letters.count <= lower.count else { continue }
      for start in 0...(lower.count - letters.count)
      where lower[start..<(start + letters.count)].elementsEqual(letters) {
        for index in start..<(start + letters.count) { isMatch[index] = true }
      }
    }
    return zip(characters, isMatch).map { (String($0), $1 ? match.on(style.background) : style) }
      .joinedByStyle
  }
}

/// How well typed letters fit a name of the palette: all must occur in order.
package struct FuzzyMatch: Hashable, Sendable {
  /// Higher is better; comparable for one query only.
  package let score: Int
  /// Which characters of the candidate matched.
  package let positions: [Int]

  /// Nil when a letter is missing. Beginnings of words and runs of neighbours count more, length less.
  /// Greedy from each possible first letter, the best wins: O(n²), for names.
  package init?(_ query: String, in candidate: String) {
    let wanted = query.lowercased().filter { !$0.isWhitespace }.map { $0 }
    let letters = candidate.map { $0.lowercased().first ?? $0 }
    guard let first = wanted.first else {
      score = 0
      positions = []
      return
    }
    var best: (score: Int, positions: [Int])?
    for start in letters.indices where letters[start] == first {
      var places: [Int] = []
      var points = -letters.count / 4
      var next = start
      for letter in wanted {
        guard let place = letters[next...].firstIndex(of: letter) else { break }
        let isWordStart = place == 0 || !(letters[place - 1].isLetter || letters[place - 1].isNumber)
        points += isWordStart ? 10 : 1
        if let last = places.last { points += place == last + 1 ? 8 : -min(5, place - last) }
        if place == 0 { points += 5 }
        places.append(place)
        next = place + 1
      }
      guard places.count == wanted.count else { break }
      if points > (best?.score ?? .min) { best = (points, places) }
    }
    guard let best else { return nil }
    (score, positions) = best
  }
}
