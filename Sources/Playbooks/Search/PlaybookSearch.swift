/// Finds words in playbooks: titles, headings, steps, text and code.
package struct PlaybookSearch: Sendable {
  /// Where words were found, and how well.
  package struct Hit: Equatable, Sendable {
    /// ``PlaybookDocument/name``.
    package let playbook: String
    package let title: String
    /// The section it stands in; nil when the title or the file's name holds the words.
    package let anchor: String?
    package let heading: String?
    /// The line that holds the first word.
    package let line: String
    package let score: Int
  }

  private struct Entry: Sendable {
    let playbook: String
    let title: String
    let anchor: String?
    let heading: String?
    let lines: [String]
    /// Title 8, heading 4, service 2, text 1.
    let weight: Int
  }

  private let entries: [Entry]

  package init(_ documents: [PlaybookDocument]) {
    entries = documents.flatMap { document -> [Entry] in
      let whole = Entry(
        playbook: document.name, title: document.title, anchor: nil, heading: nil,
        lines: [document.title, document.name], weight: 8)
      let sections = document.sections.flatMap { section in
        [
          Entry(
            playbook: document.name, title: document.title, anchor: section.anchor, heading: section.title,
            lines: [section.title], weight: 4),
          Entry(
            playbook: document.name, title: document.title, anchor: section.anchor, heading: section.title,
            lines: section.searchLines, weight: 1),
        ]
      }
      let services = document.settings.services.map { service in
        // Together with the title, so that a service and a symptom find the playbook that has both.
        Entry(
          playbook: document.name, title: document.title, anchor: nil, heading: nil,
          lines: ["service \(service)", document.title, document.name], weight: 2)
      }
      return [whole] + services + sections
    }
  }

  /// Places that hold every word of `query` in one title, heading or section, best first; case does not
  /// matter. One hit for each section. O(text).
  package func find(_ query: String, limit: Int = 50) -> [Hit] {
    let words = query.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    guard let first = words.first else { return [] }
    var hits: [Hit] = []
    for entry in entries {
      let lowered = entry.lines.map { $0.lowercased() }
      guard words.allSatisfy({ word in lowered.contains { $0.contains(word) } }) else { continue }
      let line = zip(entry.lines, lowered).first { $0.1.contains(first) }?.0 ?? ""
      let score = entry.weight * words.count
      if let last = hits.last, last.playbook == entry.playbook, last.anchor == entry.anchor {
        continue
      }
      hits.append(
        Hit(
          playbook: entry.playbook, title: entry.title, anchor: entry.anchor, heading: entry.heading,
          line: line, score: score))
    }
    let ranked = hits.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }
    return ranked.prefix(limit).map(\.element)
  }
}
