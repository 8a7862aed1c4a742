import Alerting
import Foundation
import Metrics
import PromQL
import Values

/// A backtest as one JSON document, `midwatch.backtest/1`; spans are milliseconds.
extension Backtest {
  /// The most firings of one rule that stand in the document one by one.
  private static let mostFirings = 1000

  private struct Document: Encodable {
    let schema: String
    let system: String?
    let incident: String?
    let from: Instant
    let until: Instant
    let evaluations: Int
    let incidents: [PastRow]
    let rules: [RuleRow]
    let sweeps: [SweepRow]
    let failures: [FailureRow]
    let remarks: [String]
  }

  private struct PastRow: Encodable {
    let incident: String
    let title: String
    let started: Instant
    let declared: Instant
    let closed: Instant?
  }

  private struct MeetingRow: Encodable {
    let incident: String
    let fires: Instant?
    let fired: Instant?
    let thanFiredMs: Int64?
    let thanStartedMs: Int64?

    init(_ meeting: Meeting) {
      incident = meeting.incident
      fires = meeting.fires
      fired = meeting.fired
      thanFiredMs = meeting.thanFired?.milliseconds
      thanStartedMs = meeting.thanStarted?.milliseconds
    }
  }

  private struct TallyRow: Encodable {
    let fires: Int
    let firingMs: Int64
    /// Absent where no incident says what is false.
    let falseFires: Int?
    let falseFiringMs: Int64?

    init(_ tally: FiringTally) {
      fires = tally.fires
      firingMs = tally.firing.milliseconds
      falseFires = tally.judged?.falseFires
      falseFiringMs = tally.judged?.falseFiring.milliseconds
    }
  }

  private struct ThresholdRow: Encodable {
    let sign: String
    let value: Double?
    let unit: Figure.Unit

    init(_ threshold: Threshold, _ unit: Figure.Unit) {
      sign = threshold.sign
      value = threshold.value.isFinite ? threshold.value : nil
      self.unit = unit
    }
  }

  private struct FiringRow: Encodable {
    let labels: [String: String]
    let activeAt: Instant
    let from: Instant
    let until: Instant?
    /// Text, for JSON has no infinities.
    let value: String
  }

  private struct RuleRow: Encodable {
    let group: String
    let rule: String
    let threshold: ThresholdRow?
    let tally: TallyRow
    let incidents: [MeetingRow]
    let firings: [FiringRow]
    let firingsLeftOut: Int
  }

  private struct PointRow: Encodable {
    let threshold: Double
    let tally: TallyRow
    let incidents: [MeetingRow]
  }

  private struct SweepRow: Encodable {
    let rule: String
    let threshold: ThresholdRow
    let points: [PointRow]
  }

  private struct FailureRow: Encodable {
    let rule: String
    let reason: String
    let first: Instant
    let count: Int
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// UTF-8, sorted keys, ending in a line end.
  package func json() throws -> [UInt8] {
    let document = Document(
      schema: Self.schema, system: system, incident: incident, from: from, until: until,
      evaluations: evaluations,
      incidents: incidents.map {
        PastRow(
          incident: $0.key, title: $0.title, started: $0.started, declared: $0.declared, closed: $0.closed)
      }, rules: rows.map(Self.row),
      sweeps: sweeps.map { sweep in
        SweepRow(
          rule: sweep.rule, threshold: ThresholdRow(sweep.threshold, sweep.unit),
          points: sweep.points.map {
            PointRow(
              threshold: $0.threshold, tally: TallyRow($0.tally), incidents: $0.meetings.map(MeetingRow.init))
          })
      },
      failures: failures.map {
        FailureRow(rule: $0.rule, reason: $0.reason, first: $0.first, count: $0.count)
      }, remarks: remarks)
    let encoder = JSONEncoder()
    // Labels keep their names: the strategy is for ours.
    encoder.keyEncodingStrategy = .custom { path in
      let last = path[path.count - 1]
      if path.count > 1, path[path.count - 2].stringValue == "labels" { return last }
      return Key(stringValue: Self.snake(last.stringValue))
    }
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(document)) + [10]
  }

  private static func row(_ row: Row) -> RuleRow {
    RuleRow(
      group: row.group, rule: row.rule, threshold: row.threshold.map { ThresholdRow($0, row.unit) },
      tally: TallyRow(row.tally), incidents: row.meetings.map(MeetingRow.init),
      firings: row.firings.prefix(mostFirings).map { firing in
        FiringRow(
          labels: Dictionary(
            firing.labels.pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { a, _ in a }),
          activeAt: firing.activeAt, from: firing.from, until: firing.until, value: firing.value.generalText)
      }, firingsLeftOut: max(0, row.firings.count - mostFirings))
  }

  private static func snake(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      if character.isUppercase { text += "_" + character.lowercased() } else { text.append(character) }
    }
  }
}
