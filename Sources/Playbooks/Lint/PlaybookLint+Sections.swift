import Values

extension PlaybookLint {
  /// Commands that are shown and can never run, because they stand in a quote: no step has them.
  var strandedCommands: [Problem] {
    func inQuotes(_ block: Block, _ isQuoted: Bool) -> [CodeBlock] {
      switch block {
      case .step(let step): step.blocks.flatMap { inQuotes($0, isQuoted) }
      case .quote(let blocks, _): blocks.flatMap { inQuotes($0, true) }
      case .code(let code): isQuoted && code.kind == .commands ? [code] : []
      default: []
      }
    }
    let blocks = document.sections.flatMap(\.groups).flatMap(\.blocks)
    return blocks.flatMap { inQuotes($0, false) }.map { code in
      warning(
        "these commands stand in a quote, so that no step has them",
        remedy:
          "take them out of the quote, or leave out the fence's `\(Inert.terminal(code.language ?? ""))`",
        at: Position(line: code.lines.lowerBound, column: 1))
    }
  }

  /// Where there is a table of contents: sections that have no steps and that it, or any other link, does not lead to.
  /// What precedes it, and what stands in or around a section that is linked, can be come by.
  var unreachableSections: [Problem] {
    guard let contents = document.navigation.map(\.line).min() else { return [] }
    let linked = linkedAnchors
    let sections = document.sections
    return sections.indices.compactMap { index in
      let section = sections[index]
      guard let heading = section.heading, section.level > 1, heading.lowerBound > contents else {
        return nil
      }
      let below = document.sections(under: section.anchor)
      let isReached =
        below.contains { !$0.steps.isEmpty || linked.contains($0.anchor) }
        || ancestors(of: index).contains { linked.contains($0.anchor) }
      guard !isReached else { return nil }
      return warning(
        "nothing leads to the section \"\(Inert.terminal(section.title))\", and it has no steps",
        remedy: "add it to the table of contents", at: Position(line: heading.lowerBound, column: 1))
    }
  }

  /// The sections that a section stands in, but for the document's own title.
  private func ancestors(of index: Int) -> [Section] {
    var level = document.sections[index].level
    var found: [Section] = []
    for section in document.sections[..<index].reversed() where section.level < level {
      level = section.level
      if level > 1 { found.append(section) }
    }
    return found
  }
}
