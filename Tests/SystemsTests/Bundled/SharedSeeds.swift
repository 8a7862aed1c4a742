import Foundation
import Testing

/// The documents that the bundled folders were written from, which lie beside the checkout where they are
/// present.
enum SharedSeeds {
  static let folder = SharedFormats.folder.deletingLastPathComponent().appendingPathComponent("seeds")
  static let isPresent = FileManager.default.fileExists(atPath: folder.path)
  static let absence: Comment = "../shared/seeds is not beside this checkout"

  /// The first line of the document that each folder was written from.
  private static let headings = [
    "crystal-grimoire": "# Crystal Grimoire Operations Runbook",
    "ensei-packs": "# Incident Response Playbook - Pack System",
    "fluxori": "# Fluxori Operations Runbook",
    "jamble-inventory": "# Runbooks & Operations Guide",
    "nova-rms": "# Operations Runbook",
  ]

  /// The document that the folder `system` was written from.
  static func text(of system: String) throws -> String {
    let heading = try #require(headings[system])
    let texts = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)
    }
    return try #require(texts.first { $0.hasPrefix(heading + "\n") }, "no document begins with \(heading)")
  }
}
