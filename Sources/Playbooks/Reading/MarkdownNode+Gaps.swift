extension MarkdownNode {
  /// `nodes` with a ``Kind/gap`` for every run of non-blank lines that is in none of them: cmark drops link
  /// definitions, and the walk drops what nests too deep. Nothing that was written may vanish.
  static func fillingGaps(_ nodes: [MarkdownNode], in text: String, firstLine: Int) -> [MarkdownNode] {
    var covered: Set<Int> = []
    for node in nodes { node.cover(&covered) }
    var filled = nodes
    var run: [Substring] = []
    var line = firstLine
    func close(before end: Int) {
      guard !run.isEmpty else { return }
      let lines = (end - run.count)...(end - 1)
      let gap = MarkdownNode(kind: .gap, lines: lines, literal: run.joined(separator: "\n"))
      let place = filled.firstIndex { $0.lines.lowerBound > lines.lowerBound } ?? filled.endIndex
      filled.insert(gap, at: place)
      run = []
    }
    for content in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if covered.contains(line) || content.allSatisfy(\.isWhitespace) {
        close(before: line)
      } else {
        run.append(content)
      }
      line += 1
    }
    close(before: line)
    return filled
  }

  /// Adds the lines that this block shows. A container's own lines are its children's, and the one of its
  /// marker.
  private func cover(_ covered: inout Set<Int>) {
    switch kind {
    case .quote, .list, .item:
      covered.insert(lines.lowerBound)
      if children.isEmpty, kind == .quote { covered.formUnion(lines) }
      for child in children { child.cover(&covered) }
    default:
      covered.formUnion(lines)
    }
  }
}
