import Retro
import Values

/// What is to be exported, as what, and for whom.
package struct ExportWish: Equatable, Sendable {
  /// Readers outside the house: what has to be known so that it can be taken out.
  package struct Outward: Equatable, Sendable {
    /// Of the systems' endpoints.
    package internal(set) var hosts: Set<String> = []
    /// Of the systems, which may stay.
    package internal(set) var links: [String] = []
  }

  /// Keys, each once, in the order in which they stand in the file.
  package let incidents: [String]
  package let format: RetroFormat
  /// One that is always there; of a format without templates it says nothing.
  package let template: String
  /// Nil: for the house.
  package internal(set) var outward: Outward?

  init(incidents: [String], format: RetroFormat, template: String) {
    self.incidents = incidents
    self.format = format
    self.template = template
  }

  /// `INC-1`, `INC-1 and 2 more, for readers outside`.
  var name: String {
    let more = incidents.count > 1 ? " and \(incidents.count - 1) more" : ""
    return (incidents.first ?? "") + more + (outward == nil ? "" : ", for readers outside")
  }

  /// Of the file: `INC-1.md`, `INC-1-INC-3-external.html`; of many incidents the first, and how many there are more.
  package var file: String {
    let names = incidents.prefix(3).map { $0.replacing("/", with: "-") }.joined(separator: "-")
    let more = incidents.count > 3 ? "-and-\(incidents.count - 3)-more" : ""
    return "\(names)\(more)\(outward == nil ? "" : "-external").\(format.ending)"
  }
}
