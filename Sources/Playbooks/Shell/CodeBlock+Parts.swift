extension CodeBlock {
  /// What a block of commands consists of, as it is shown.
  package enum Part: Equatable {
    /// A line of a comment without its `#`, wherever it stands: what to do or to expect is written behind commands, too.
    case comment(String)
    /// A line of a recorded session that is no command.
    case output(String)
    /// The number of a command in ``commands``.
    case command(Int)
  }

  /// In the order of the text; blank lines are left out. O(text).
  package var parts: [Part] {
    let source = text.split(separator: "\n", omittingEmptySubsequences: false)
    // The first line is the fence's.
    let first = lines.lowerBound + 1
    var parts: [Part] = []
    var next = 0
    func take(to end: Int) {
      for line in source[min(next, source.count)..<min(max(next, end), source.count)] {
        let words = line.trimmed
        guard !words.isEmpty else { continue }
        if words.hasPrefix("#") {
          let comment = words.drop { $0 == "#" }.trimmed
          if !comment.isEmpty, !comment.hasPrefix("!") { parts.append(.comment(comment)) }
        } else if language == "console" {
          parts.append(.output(String(line)))
        }
      }
    }
    for (index, command) in commands.enumerated() {
      let start = max(0, command.line - first)
      take(to: start)
      parts.append(.command(index))
      let count = command.text.split(separator: "\n", omittingEmptySubsequences: false).count
      next = max(next, start) + count
    }
    take(to: source.count)
    return parts
  }
}
