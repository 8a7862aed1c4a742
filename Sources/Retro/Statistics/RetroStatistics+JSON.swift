import Foundation
import Incidents
import Values

/// The statistics as one JSON document; spans are milliseconds.
extension RetroStatistics {
  private struct Document: Encodable {
    let schema: String
    let from: Instant?
    let until: Instant
    let incidents: [Times]
    let groups: [GroupRow]
    let cadence: Cadence
    let alerts: [Alerts]
    let steps: [Steps]
    let budgets: [Budget]
    let disorder: [String]
  }

  private struct Times: Encodable {
    let incident: String
    let title: String
    let severity: Severity
    let systems: [String]
    let started: Instant
    let timesMs: [String: Int64]
  }

  private struct GroupRow: Encodable {
    let system: String?
    let severity: Severity?
    let incidents: Int
    let measures: [MeasureRow]
  }

  private struct MeasureRow: Encodable {
    let measure: String
    let from: String
    let to: String
    let count: Int
    let leastMs: Int64
    let medianMs: Int64
    let p90Ms: Int64
    let mostMs: Int64
    let pointsMs: [Int64]
  }

  private struct Cadence: Encodable {
    let promised: Int
    let kept: Int
    let never: Int
    let lateMs: [Int64]
  }

  private struct Alerts: Encodable {
    let system: String
    let rule: String
    let level: Level
    let fired: Int
    let acknowledged: Int
    let inIncident: Int
    let neverActedOn: Int
    let muted: Int
    let firing: Int
  }

  private struct Steps: Encodable {
    let playbook: String
    let step: String
    let title: String
    let runs: Int
    let done: Int
    let skipped: Int
    let failed: Int
  }

  private struct Budget: Encodable {
    struct Share: Encodable {
      let incident: String
      let share: Double
    }

    let system: String
    let slo: String
    let objective: Double
    let windowMs: Int64
    let from: Instant
    let until: Instant
    let coveredMs: Int64
    let goodRatio: Double
    /// Left out where the objective allows nothing.
    let spent: Double?
    let incidents: [Share]
  }

  /// UTF-8, sorted keys, ending in a line end.
  package func json() throws -> [UInt8] {
    let document = Document(
      schema: Self.schema, from: from, until: until,
      incidents: incidents.map { one in
        Times(
          incident: one.incident, title: one.title, severity: one.severity, systems: one.systems,
          started: one.started,
          timesMs: Dictionary(
            one.times.map { ($0.key.rawValue, $0.value.milliseconds) }, uniquingKeysWith: { $1 }))
      },
      groups: groups.map { group in
        GroupRow(
          system: group.system, severity: group.severity, incidents: group.incidents,
          measures: group.rows.map { row in
            MeasureRow(
              measure: row.measure.rawValue, from: row.from, to: row.to, count: row.distribution.count,
              leastMs: row.distribution.least.milliseconds, medianMs: row.distribution.median.milliseconds,
              p90Ms: row.distribution.p90.milliseconds, mostMs: row.distribution.most.milliseconds,
              pointsMs: row.distribution.points.map(\.milliseconds))
          })
      },
      cadence: Cadence(
        promised: cadence.promised, kept: cadence.kept, never: cadence.never,
        lateMs: cadence.late.map(\.milliseconds)),
      alerts: alerts.map {
        Alerts(
          system: $0.system, rule: $0.rule, level: $0.level, fired: $0.fired, acknowledged: $0.acknowledged,
          inIncident: $0.inIncident, neverActedOn: $0.neverActedOn, muted: $0.muted, firing: $0.firing)
      },
      steps: steps.map {
        Steps(
          playbook: $0.playbook, step: $0.step, title: $0.title, runs: $0.runs, done: $0.done,
          skipped: $0.skipped, failed: $0.failed)
      },
      budgets: budgets.map { one in
        Budget(
          system: one.system, slo: one.title, objective: one.objective, windowMs: one.window.milliseconds,
          from: one.from, until: one.until, coveredMs: one.covered.milliseconds, goodRatio: one.good,
          spent: one.spent.isFinite ? one.spent : nil,
          incidents: one.incidents.map { .init(incident: $0.incident, share: $0.share) })
      },
      disorder: disorder)
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(document)) + [10]
  }
}
