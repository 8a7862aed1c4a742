import Values

@testable import Playbooks

/// A document and what was wrong with it.
func read(_ text: String, file: String = "test.md") -> (document: PlaybookDocument, problems: [Problem]) {
  var problems: [Problem] = []
  let document = PlaybookDocument(text, file: file, problems: &problems)
  return (document, problems)
}

/// A document's shape in a few words a line, for comparing by eye.
func outline(_ document: PlaybookDocument) -> [String] { outline(sections: document.sections) }

func outline(sections: [Section]) -> [String] {
  func lines(_ block: Block, _ indent: String) -> [String] {
    switch block {
    case .step(let step):
      return ["\(indent)\(step.number) \(step.title)"] + step.blocks.flatMap { lines($0, indent + "  ") }
    case .prose(let prose): return ["\(indent)prose \(prose.plain)"]
    case .code(let code): return ["\(indent)\(code.kind) \(code.text.split(separator: "\n").count)"]
    case .table(let table): return ["\(indent)table \(table.header.count)x\(table.rows.count)"]
    case .quote(let blocks, _): return ["\(indent)quote"] + blocks.flatMap { lines($0, indent + "  ") }
    case .navigation(let links, _): return ["\(indent)navigation \(links.count)"]
    case .rule: return ["\(indent)rule"]
    case .source(let text, _): return ["\(indent)source \(text.split(separator: "\n").first ?? "")"]
    }
  }
  var result: [String] = []
  for section in sections {
    result.append(String(repeating: "#", count: section.level) + " " + section.title)
    for group in section.groups {
      if let label = group.label { result.append("** \(label)\(group.isChoice ? " ◇" : "")") }
      for block in group.blocks { result += lines(block, "") }
    }
  }
  return result
}
