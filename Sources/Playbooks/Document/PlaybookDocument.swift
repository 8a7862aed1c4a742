import Values

/// A Markdown runbook as sections, steps and commands. Any Markdown file is one.
package struct PlaybookDocument: Equatable, Sendable {
  package let file: String
  package let title: String
  package let settings: PlaybookSettings
  /// In the order of the file; one for every heading, and one before the first if anything stands there.
  package let sections: [Section]
  /// The file as it was read.
  package let text: String

  /// The file's name without folder and `.md`: what a rule's `playbook` and a run name it by.
  package var name: String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    return last.hasSuffix(".md") ? String(last.dropLast(3)) : last
  }

  /// Every step, sub-steps after their step, in the order of the document.
  package var steps: [Step] { sections.flatMap(\.steps).flatMap(\.flattened) }

  /// The table of contents, if the document has one.
  package var navigation: [NavigationLink] {
    sections.flatMap(\.groups).flatMap(\.blocks).flatMap { block in
      if case .navigation(let links, _) = block { links } else { [] as [NavigationLink] }
    }
  }
}

/// Finding the part that an alert, an escalation rung or a person names.
extension PlaybookDocument {
  package func step(_ number: String) -> Step? { steps.first { $0.number == number } }

  package func section(anchor: String) -> Section? { sections.first { $0.anchor == anchor } }

  /// The section with this anchor and those below it; the whole document when `anchor` is nil or unknown.
  package func sections(under anchor: String?) -> [Section] {
    guard let anchor, let start = sections.firstIndex(where: { $0.anchor == anchor }) else { return sections }
    let level = sections[start].level
    let rest = sections[sections.index(after: start)...].prefix { $0.level > level }
    return [sections[start]] + rest
  }

  /// The steps of ``sections(under:)``, sub-steps after their step.
  package func steps(under anchor: String?) -> [Step] {
    sections(under: anchor).flatMap(\.steps).flatMap(\.flattened)
  }

  /// A reference such as `escalation#level-1` as the name of a playbook and an anchor in it.
  package static func reference(_ text: String) -> (name: String, anchor: String?) {
    guard let hash = text.firstIndex(of: "#") else { return (text, nil) }
    let anchor = String(text[text.index(after: hash)...])
    return (String(text[..<hash]), anchor.isEmpty ? nil : anchor)
  }
}
