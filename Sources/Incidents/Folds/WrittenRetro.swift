import Values

/// What people wrote for the retro of one incident.
package struct WrittenRetro: Fold {
  package static let name = "retro"
  package static let version = 2

  /// The latest text of a section.
  package struct Section: Codable, Equatable, Sendable {
    /// Markdown.
    package let text: String
    package let by: String
    package let at: Instant
    /// The event that says it.
    package let event: String
    /// How often it was written, this time included; the earlier texts are in the journal.
    package let revision: Int
  }

  /// An entry at the end of a file.
  package struct Entry: Codable, Equatable, Sendable {
    /// Absolute.
    package let file: String
    package let by: String
    package let at: Instant
  }

  /// The incident's key.
  package let key: String
  /// By ``RetroPart/name``; none of what was taken back.
  package private(set) var sections: [String: Section] = [:]
  /// Oldest first.
  package private(set) var entries: [Entry] = []
  private var revisions: [String: Int] = [:]

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { false }

  package subscript(part: RetroPart) -> Section? { sections[part.name] }

  /// What is written, in the order in which a retro tells it; a house's own sections last, by name.
  package var written: [(part: RetroPart, section: Section)] {
    let own = sections.keys.filter { name in !RetroPart.all.contains { $0.name == name } }
    return (RetroPart.all + own.sorted().compactMap { RetroPart($0) }).compactMap { part in
      sections[part.name].map { (part, $0) }
    }
  }

  package static func keys(of event: Event) -> [String] {
    switch event.kind {
    case RetroWritten.kind, RetroAppended.kind: event.incident.map { [$0] } ?? []
    default: []
    }
  }

  package mutating func apply(_ event: Event) {
    if let fact = event.fact(RetroAppended.self) {
      entries.append(Entry(file: fact.file, by: event.actor.handle, at: event.occurred))
    }
    guard let fact = event.fact(RetroWritten.self) else { return }
    let revision = (revisions[fact.section] ?? 0) + 1
    revisions[fact.section] = revision
    sections[fact.section] =
      fact.text.hasWords
      ? Section(
        text: fact.text, by: event.actor.handle, at: event.occurred, event: event.id, revision: revision)
      : nil
  }
}
