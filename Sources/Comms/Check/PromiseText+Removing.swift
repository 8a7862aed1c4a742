import Values

extension PromiseText {
  /// The text without the sentences that promise a next update; a line of which nothing is left goes whole.
  package static func removing(from text: String) -> String {
    let checked = CheckedText(text, .text)
    let sentences = PromisePassage.all(in: checked).filter { $0.meaning == .promise }.flatMap(\.sentence)
    guard !sentences.isEmpty else { return text }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { Array($0) }
    var gone: Set<Int> = []
    for sentence in sentences.sorted(by: { $0.lowerBound > $1.lowerBound }) where !sentence.isEmpty {
      let start = checked.place(sentence.lowerBound).position
      let end = checked.place(sentence.upperBound - 1).position
      guard start.line == end.line, lines.indices.contains(start.line - 1) else { continue }
      let place = ((start.column - 1)..<end.column).clamped(to: lines[start.line - 1].indices)
      lines[start.line - 1].removeSubrange(place)
      while lines[start.line - 1].last == " " { lines[start.line - 1].removeLast() }
      if lines[start.line - 1].allSatisfy({ " *_#>-".contains($0) }) { gone.insert(start.line - 1) }
    }
    var left = lines.indices.filter { !gone.contains($0) }.map { String(lines[$0]) }
    while left.last?.isEmpty == true { left.removeLast() }
    return left.joined(separator: "\n")
  }
}
