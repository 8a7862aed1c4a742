extension MarkdownNode {
  /// `nodes` with a ``Kind/gap`` for every run of non-blank lines that is in none of them: cmark drops link
  /// definitions, and the walk drops what nests too deep. Nothing that was written may vanish.
  static func fillingGaps(_ nodes: [MarkdownNode], in text: String, firstLine: Int) -> [MarkdownNode] {
    let source = text.split(separator: "\n", omittingEmptySubsequences: false)
    var covered: Set<Int> = []
    var filled = nodes
    for index in filled.indices {
      filled[index].leaveDefinitions(of: source, firstLine: firstLine)
      filled[index].cover(&covered)
    }
    var run: [Substring] = []
    var line = firstLine
    func close(before end: Int) {
      guard !run.isEmpty else { return }
      let lines = (end - run.count)...(end - 1)
      let indent = run.map { $0.prefix(while: \.isWhitespace).count }.min() ?? 0
      let literal = run.map { $0.dropFirst(indent) }.joined(separator: "\n")
      insert(MarkdownNode(kind: .gap, lines: lines, literal: literal), into: &filled)
      run = []
    }
    for content in source {
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

  /// Puts `gap` where it stands: into the innermost item or quote whose lines it is among.
  private static func insert(_ gap: MarkdownNode, into nodes: inout [MarkdownNode]) {
    let place = nodes.firstIndex { $0.lines.lowerBound > gap.lines.lowerBound } ?? nodes.endIndex
    guard place > nodes.startIndex, nodes[place - 1].takes(gap) else {
      nodes.insert(gap, at: place)
      return
    }
    insert(gap, into: &nodes[place - 1].children)
  }

  /// Whether a gap is among this container's lines; a list takes only what one of its items does.
  private func takes(_ gap: MarkdownNode) -> Bool {
    guard lines.contains(gap.lines.lowerBound), lines.contains(gap.lines.upperBound) else { return false }
    switch kind {
    case .quote, .item: return true
    case .list: return children.last { $0.lines.lowerBound <= gap.lines.lowerBound }?.takes(gap) ?? false
    default: return false
    }
  }

  /// cmark takes link definitions off the beginning of a paragraph, and lets it begin where they stood.
  private mutating func leaveDefinitions(of source: [Substring], firstLine: Int) {
    switch kind {
    case .quote, .list, .item:
      for index in children.indices { children[index].leaveDefinitions(of: source, firstLine: firstLine) }
    case .paragraph, .heading:
      while lines.count > 1, !spans.plain.hasPrefix("["),
        source.indices.contains(lines.lowerBound - firstLine),
        Self.isDefinition(source[lines.lowerBound - firstLine])
      {
        lines = (lines.lowerBound + 1)...lines.upperBound
      }
    default: break
    }
  }

  /// Whether a line that a paragraph begins with, as part of an item or a quote maybe, begins with `[label]:`.
  private static func isDefinition(_ line: Substring) -> Bool {
    let text = line.drop { !($0 == "[" || $0.isLetter) }
    guard text.hasPrefix("["), let end = text.firstIndex(of: "]") else { return false }
    return text[text.index(after: end)...].hasPrefix(":")
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
