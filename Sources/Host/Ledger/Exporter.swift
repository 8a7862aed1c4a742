import Foundation
import Incidents
import Journal
import Playbooks
import Retro
import Systems
import Values

/// Makes an incident's export from the journal, and says in the journal that it did.
package enum Exporter {
  /// - Parameter format: `md` or `json`.
  package static func export(
    _ key: String, as format: String, from journal: Journal, by actor: Actor, at now: Instant
  ) throws -> [UInt8] {
    guard let incident = try journal.entity(Incident.self, key: key), incident.declared != nil else {
      throw Refusal("There is no incident \(key); `midwatch incident list` shows them.")
    }
    let head = try journal.head()
    let zone = Clock.zone(at: incident.started ?? now)
    let events = try TimelineQuery.events(of: incident, in: journal)
    var texts: [String: String] = [:]
    for one in AttachedEvidence.all(in: events) where one.retracted == nil {
      let digest = one.fact.blob.sha256
      texts[digest] = try journal.blob(sha256: digest).map { String(decoding: $0, as: UTF8.self) }
    }
    let report = IncidentReport(
      incident, events: events, texts: texts,
      stamp: .init(journal: head.name, origin: head.origin, count: head.count, head: head.hash),
      zone: .init(offset: zone.offset, name: zone.name), made: now)
    let bytes: [UInt8]
    switch format {
    case "md": bytes = Array(report.markdown.utf8)
    case "json": bytes = try report.json()
    default: throw Refusal("There is no format \(format); use md or json.")
    }
    if !journal.isReadOnly {
      let digest = HexDigest.of(bytes)
      let fact = ExportMade(
        format: format, external: false, head: head.hash, count: head.count, fileDigest: digest)
      try journal.perform(RecordExport(incident: key, fact: fact), by: actor, at: now)
    }
    return bytes
  }

  /// Writes beside the target and moves it there, so that no half file is ever seen.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Refusal("\(path) cannot be written; check the folder and its mode.")
    }
  }
}
