import Foundation
import Incidents
import Values

/// The hand-over as one JSON document: `schema` names its shape, keys are snake_case, instants RFC 3339 UTC.
extension HandOver {
  package static let schema = "midwatch.handover/1"

  private struct Document: Encodable {
    let schema: String
    let made: Instant
    let incident: Summary
    let roles: [Role]
    let timers: [Timer]
    let openTasks: [Incident.Task]
    let asks: [Ask]
    let lastUpdate: SentUpdate?
    let lastUpdates: [SentUpdate]
    let nextPromise: Instant?
    let nextPromises: [Promise]
    let inForce: [Change]
    let tried: [Attempt]
    let remembered: [Remembered]
    let journal: Head?
  }

  private struct Summary: Encodable {
    let key: String
    let title: String
    let severity: Severity
    let severityName: String?
    let status: Status
    let systems: [String]
    let impact: String?
    let started: Instant?
    let declared: Instant?
    let resolved: Instant?
  }

  private struct Remembered: Encodable {
    let at: Instant
    let word: String
    let text: String
    let by: String?
    let pinned: Bool
  }

  /// UTF-8, sorted keys, ending in a line end.
  package func json() throws -> [UInt8] {
    let document = Document(
      schema: Self.schema, made: made,
      incident: Summary(
        key: incident.key, title: incident.title, severity: incident.severity,
        severityName: incident.severityName, status: incident.status, systems: incident.systems,
        impact: incident.impact, started: incident.started, declared: incident.declaredAt,
        resolved: incident.resolved),
      roles: roles, timers: timers, openTasks: openTasks, asks: asks, lastUpdate: lastUpdate,
      lastUpdates: lastUpdates, nextPromise: nextPromise, nextPromises: nextPromises, inForce: inForce,
      tried: tried,
      remembered: remembered.map {
        Remembered(at: $0.occurred, word: $0.word, text: $0.text, by: $0.actor, pinned: $0.isPinned)
      },
      journal: head)
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(document)) + [10]
  }
}
