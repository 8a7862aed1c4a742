import Incidents
import Values

/// What a retro says before any format: sections of blocks.
///
/// Every text in it is as somebody wrote it or a server sent it; each format passes it through its own sanitizer.
package struct RetroDocument: Equatable, Sendable {
  package var title: String
  /// Short texts that a template can show in a line: `severity`, `status`, `started`.
  package var values: [String: String]
  package var sections: [RetroSection]
  /// The journal as it was when this was made.
  package var stamp: IncidentReport.Stamp
  package var made: Instant

  package init(
    title: String, values: [String: String] = [:], sections: [RetroSection], stamp: IncidentReport.Stamp,
    made: Instant
  ) {
    self.title = title
    self.values = values
    self.sections = sections
    self.stamp = stamp
    self.made = made
  }

  /// The section of that name.
  package func section(_ id: String) -> RetroSection? { sections.first { $0.id == id } }
}

/// One part of a retro; templates name it by `id` and choose the order.
package struct RetroSection: Equatable, Sendable {
  /// `key_times`, `timeline`: what a template writes between its braces.
  package var id: String
  package var title: String
  /// Empty where the journal knows nothing for it; a format says so, or leaves it out.
  package var blocks: [RetroBlock]

  package init(id: String, title: String, blocks: [RetroBlock]) {
    self.id = id
    self.title = title
    self.blocks = blocks
  }
}
