@testable import Playbooks

/// Lines of the body that hold something and belong to no heading, label or block; a step is its words and its blocks,
/// not all that stands between its first line and its last.
func unowned(_ text: String, _ document: PlaybookDocument) -> [String] {
  var owned: Set<Int> = []
  func own(_ block: Block) {
    guard case .step(let step) = block else { return owned.formUnion(block.lines) }
    let words = step.blocks.first.map { max(step.lines.lowerBound, $0.lines.lowerBound - 1) }
    owned.formUnion(step.lines.lowerBound...(words ?? step.lines.upperBound))
    for block in step.blocks { own(block) }
  }
  for section in document.sections {
    if let heading = section.heading { owned.formUnion(heading) }
    for group in section.groups {
      if let lines = group.lines { owned.formUnion(lines) }
      for block in group.blocks { own(block) }
    }
  }
  let lines = text.split(omittingEmptySubsequences: false) { ["\n", "\r\n", "\r"].contains($0) }
  return lines.enumerated().compactMap { index, line in
    owned.contains(index + 1) || line.allSatisfy(\.isWhitespace) ? nil : "\(index + 1): \(line)"
  }
}

/// Everything a reader can find in a document, as one text.
func everything(_ document: PlaybookDocument) -> String {
  document.sections.flatMap { [$0.title] + $0.searchLines }.joined(separator: "\n")
}
