@testable import Playbooks

/// Lines of the body that hold something and belong to no heading, label or block.
func unowned(_ text: String, _ document: PlaybookDocument) -> [String] {
  var owned: Set<Int> = []
  for section in document.sections {
    if let heading = section.heading { owned.formUnion(heading) }
    for group in section.groups {
      if let lines = group.lines { owned.formUnion(lines) }
      for block in group.blocks { owned.formUnion(block.lines) }
    }
  }
  let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  return lines.enumerated().compactMap { index, line in
    owned.contains(index + 1) || line.allSatisfy(\.isWhitespace) ? nil : "\(index + 1): \(line)"
  }
}

/// Everything a reader can find in a document, as one text.
func everything(_ document: PlaybookDocument) -> String {
  document.sections.flatMap { [$0.title] + $0.searchLines }.joined(separator: "\n")
}
