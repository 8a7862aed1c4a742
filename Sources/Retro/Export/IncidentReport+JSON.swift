import Foundation
import Incidents
import Values

/// The report as one JSON document: `schema` names its shape, keys are snake_case, instants RFC 3339 UTC.
extension IncidentReport {
  package static let schema = "midwatch.incident/1"

  private struct Document: Encodable {
    let schema: String
    let made: Instant
    let incident: Summary
    let keyTimes: [KeyTimeRow]
    let updates: [UpdateRow]
    let timeline: [Line]
    let journal: Stamp
  }

  private struct Summary: Encodable {
    let key: String
    let number: Int
    let title: String
    let severity: Severity
    let status: Status
    let systems: [String]
    let impact: String?
    let roles: [String: String]
    let started: Instant?
    let declared: Instant?
    let resolved: Instant?
    let dataLost: String?
  }

  private struct KeyTimeRow: Encodable {
    let name: String
    let at: Instant
    let sinceStartMs: Int64
  }

  private struct UpdateRow: Encodable {
    let at: Instant
    let by: String
    let audience: String?
    let stage: String?
    let subject: String?
    let text: String
    let destinations: [String]
    let nextUpdate: Instant?
    let lateMs: Int64?
  }

  private struct Line: Encodable {
    let id: String
    let seq: Int64
    let occurred: Instant
    let recorded: Instant
    let word: String
    let text: String
    let detail: String?
    let actor: String?
    let pinned: Bool
    let amended: Bool
    let retracted: String?
  }

  /// UTF-8, sorted keys, ending in a line end.
  package func json() throws -> [UInt8] {
    let document = Document(
      schema: Self.schema, made: made,
      incident: Summary(
        key: incident.key, number: incident.number, title: incident.title, severity: incident.severity,
        status: incident.status, systems: incident.systems, impact: incident.impact, roles: incident.roles,
        started: incident.started, declared: incident.declaredAt, resolved: incident.resolved,
        dataLost: incident.dataLost),
      keyTimes: keyTimes.map {
        KeyTimeRow(name: $0.name, at: $0.at, sinceStartMs: $0.sinceStart.milliseconds)
      },
      updates: updates.map {
        UpdateRow(
          at: $0.at, by: $0.by, audience: $0.audience, stage: $0.stage?.rawValue, subject: $0.subject,
          text: $0.text,
          destinations: $0.destinations, nextUpdate: $0.nextUpdate, lateMs: $0.lateBy?.milliseconds)
      },
      timeline: timeline.lines.map {
        Line(
          id: $0.id, seq: $0.seq, occurred: $0.occurred, recorded: $0.recorded, word: $0.word, text: $0.text,
          detail: $0.detail, actor: $0.actor, pinned: $0.isPinned, amended: $0.isAmended,
          retracted: $0.retracted)
      },
      journal: stamp)
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(document)) + [10]
  }
}
