import Values

/// What a report shows of an output: its beginning and its end, in a block that nothing in it can end.
package enum OutputExcerpt {
  /// Lines that are shown: so many of its beginning and of its end.
  static let headLines = 40
  static let tailLines = 20

  package static func of(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    let missing = lines.count - headLines - tailLines
    guard missing > 1 else { return lines.joined(separator: "\n") }
    return
      (lines.prefix(headLines) + ["… \(missing) lines are left out here …"] + lines.suffix(tailLines))
      .joined(separator: "\n")
  }

  /// A fenced block of Markdown: its fence is longer than any run of backquotes inside.
  package static func fenced(_ text: String, as language: String) -> [String] {
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return ["\(fence)\(language)"] + Inert.terminalLines(text) + [fence]
  }
}
