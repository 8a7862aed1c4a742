import Incidents
import Retro

/// What is to be exported, and how.
package struct ExportOrder: Sendable {
  /// Keys, in the order in which they stand in the file; each once.
  package var incidents: [String]
  package var format: RetroFormat
  package var rendering: RetroRendering
  /// For readers outside; nil exports all.
  package var outward: Outward?

  /// What readers outside may see besides what is on the list.
  package struct Outward: Sendable {
    /// Whose updates stay.
    package var audiences: Set<String> = []
    /// Hosts of the systems' endpoints.
    package var hosts: Set<String> = []
    /// Links of the systems, which may stand in texts.
    package var links: [String] = []

    package init() {}
  }

  package init(
    _ incidents: [String], as format: RetroFormat, rendering: RetroRendering, outward: Outward? = nil
  ) {
    self.incidents = incidents
    self.format = format
    self.rendering = rendering
    self.outward = outward
  }
}

/// An export that was made and not recorded yet.
package struct Export: Sendable {
  package let bytes: [UInt8]
  /// For readers outside: what it does not say, over all its incidents.
  package let removed: [Removal]
  let incidents: [String]
  let fact: ExportMade
}
