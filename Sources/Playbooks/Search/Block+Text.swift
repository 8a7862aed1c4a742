extension Section {
  /// Everything that stands under the heading, as lines.
  package var searchLines: [String] {
    groups.flatMap { group in
      [group.label, group.text.isEmpty ? nil : group.text.marked].compactMap { $0 }
        + group.blocks.flatMap(\.textLines)
    }
  }
}

extension Block {
  /// What it says, as lines.
  package var textLines: [String] {
    switch self {
    case .step(let step):
      return (step.text.isEmpty ? [] : [step.text.marked]) + step.blocks.flatMap(\.textLines)
    case .prose(let prose): return prose.spans.lines.map(\.marked)
    case .code(let code): return (code.info.isEmpty ? [] : [code.info]) + code.text.linesOfText
    case .table(let table):
      return ([table.header] + table.rows).map { $0.map(\.marked).joined(separator: " | ") }
    case .quote(let blocks, _): return blocks.flatMap(\.textLines)
    case .navigation(let links, _): return links.map(\.title)
    case .rule: return []
    case .source(let text, _): return text.linesOfText
    }
  }
}

extension String {
  var linesOfText: [String] { split(separator: "\n").map(String.init) }
}
