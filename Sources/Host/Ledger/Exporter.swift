import Foundation
import Incidents
import Journal
import Retro
import Systems
import Values

/// Makes exports of incidents from the journal, and says in the journal that it did.
package enum Exporter {
  /// Reads and renders; nothing is written anywhere.
  package static func make(_ order: ExportOrder, from journal: Journal, at now: Instant) throws -> Export {
    let incidents = try order.incidents.map { key in
      guard let incident = try journal.entity(Incident.self, key: key), incident.declared != nil else {
        throw Refusal("There is no incident \(Inert.terminal(key)); `midwatch incident list` shows them.")
      }
      return incident
    }
    let head = try journal.head()
    let reports = try incidents.enumerated().map { index, incident in
      let report = try ReportReader.report(of: incident, in: journal, at: now)
      guard let outward = order.outward else { return report }
      return report.outward(
        as: "incident-\(index + 1)", audiences: outward.audiences, hosts: outward.hosts, links: outward.links)
    }
    let bytes = try order.rendering.bytes(reports, as: order.format)
    let fact = ExportMade(
      format: order.format.rawValue, external: order.outward != nil, head: head.hash, count: head.count,
      fileDigest: HexDigest.of(bytes))
    return Export(
      bytes: bytes, removed: Removal.sum(reports.flatMap { $0.removed ?? [] }), incidents: order.incidents,
      fact: fact)
  }

  /// Says in the journal of each incident that it was exported; in one that is read only nothing.
  package static func record(_ export: Export, in journal: Journal, by actor: Actor, at now: Instant) throws {
    guard !journal.isReadOnly else { return }
    for incident in export.incidents {
      try journal.perform(RecordExport(incident: incident, fact: export.fact), by: actor, at: now)
    }
  }

  /// One incident by our own template, recorded.
  ///
  /// - Parameter format: a name that ``RetroFormat`` has.
  package static func export(
    _ key: String, as format: String, from journal: Journal, by actor: Actor, at now: Instant
  ) throws -> [UInt8] {
    guard let format = RetroFormat(rawValue: format),
      let template = BuiltInRetroTemplates.template("midwatch")
    else {
      let known = RetroFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw Refusal("There is no format \(Inert.terminal(format)); use one of \(known).")
    }
    let order = ExportOrder([key], as: format, rendering: RetroRendering(template: template))
    let export = try make(order, from: journal, at: now)
    try record(export, in: journal, by: actor, at: now)
    return export.bytes
  }

  /// Writes all of it or nothing, as ``TargetFile`` says.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    let target = try TargetFile(path)
    do {
      switch target {
      case .replaced: try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
      case .inPlace:
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
      }
    } catch {
      throw Refusal("\(Inert.terminal(path)) cannot be written; check the folder and its mode.")
    }
  }
}
