extension String {
  /// The beginning of it in at most `limit` UTF-16 units, as most services count; what was cut ends in `…`.
  func shortened(toUnits limit: Int) -> String {
    guard utf16.count > limit else { return self }
    var units = 0
    var kept = ""
    for character in self {
      units += character.utf16.count
      guard units < limit else { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// On one line, each run of line ends and blanks one blank.
  var onOneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
