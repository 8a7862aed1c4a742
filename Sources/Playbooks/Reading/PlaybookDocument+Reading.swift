import Documents
import Values

extension PlaybookDocument {
  /// Reads a Markdown file, with or without front matter. Whatever the text, the result is whole: problems
  /// are about front matter, links to headings that are not there, and commands that do not end.
  package init(_ text: String, file: String, problems: inout [Problem]) {
    let front = FrontMatter(text, file: file, problems: &problems)
    let settings = front.document.map { PlaybookSettings($0, problems: &problems) } ?? PlaybookSettings()
    let nodes = MarkdownNode.parse(front.body, firstLine: front.bodyLine)
    var reader = SectionReader(rules: settings.steps)
    reader.read(nodes)
    let sections = reader.sections
    self.file = file
    self.text = text
    self.settings = settings
    self.sections = sections
    let heading = sections.first { $0.level == 1 } ?? sections.first { $0.level > 0 }
    var name = file.split(separator: "/").last.map(String.init) ?? file
    if name.hasSuffix(".md") { name.removeLast(3) }
    title = settings.title ?? heading?.title ?? name
    problems += flaws(of: reader.unusedRules)
  }

  private func flaws(of unused: [PlaybookSettings.Rule]) -> [Problem] {
    var problems = unused.map { rule in
      Problem(
        "no step begins with \"\(Inert.terminal(rule.key))\" or has that number",
        remedy: "write the beginning of a step's text, or its number in quotes", file: file,
        at: rule.position)
    }
    let anchors = Set(sections.map(\.anchor))
    for link in navigation where !anchors.contains(link.anchor) {
      problems.append(
        Problem(
          "no heading of this file has the anchor #\(Inert.terminal(link.anchor))",
          remedy: "correct the link", file: file, at: Position(line: link.line, column: 1), weight: .warning))
    }
    for command in steps.flatMap(\.commands) {
      guard let flaw = command.flaw else { continue }
      problems.append(
        Problem(
          "this command does not end: \(flaw)", remedy: "close it; as it stands it cannot run", file: file,
          at: Position(line: command.line, column: 1), weight: .warning))
    }
    return problems
  }
}
