import ArgumentParser
import Host
import Incidents
import Journal
import Values
import Watch

struct AlertsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "List the alerts that fire, as the journal has them.")

  private struct Document: Encodable {
    struct Row: Encodable {
      let system: String
      let rule: String
      let labels: [String: String]
      let level: Level
      let since: Instant
      let summary: String?
      let acknowledgedBy: String?
      let acknowledgedUntil: Instant?
      /// Whose acknowledgement ran out.
      let lapsed: String?
      /// Why it is not to be heard; empty when it is.
      let muted: [AlertMuting]
      /// Firings of the last hour.
      let flaps: Int
    }

    var schema = "midwatch.alerts/1"
    let alerts: [Row]
  }

  @OptionGroup var options: StateOptions
  @Option(help: "How to answer.") var format = OutputFormat.table

  func run() throws {
    try Standard.telling {
      let journal = try options.open(readOnly: true)
      let now = Clock.now()
      let alerts = try journal.entities(Alert.self, open: true)
      let systems = Set(alerts.compactMap { $0.fired?.system })
      let muted = try MutedAlert(
        journal, rows: EngineRows.alerts(of: systems, socket: options.folder.socket), at: now)
      let rows = alerts.compactMap { alert in
        alert.fired.flatMap { fired in
          alert.firedAt.map { since in
            let held = alert.acknowledgement.flatMap { $0.until.map { $0 > now } ?? true ? $0 : nil }
            return Document.Row(
              system: fired.system, rule: fired.rule, labels: fired.labels, level: fired.level, since: since,
              summary: fired.summary, acknowledgedBy: held?.by, acknowledgedUntil: held?.until,
              lapsed: held == nil ? alert.lapse?.by : nil, muted: muted.reasons(for: fired),
              flaps: alert.flaps(at: now))
          }
        }
      }.sorted { ($1.level, $0.since) < ($0.level, $1.since) }
      if format == .json { return try Standard.json(Document(alerts: rows)) }
      guard !rows.isEmpty else { return Standard.out("No alert is firing.") }
      Standard.out(
        Columns.text(
          rows.map {
            [
              $0.level.rawValue.uppercased(), $0.rule, $0.system, $0.since.dateClockUTC,
              Self.standing($0), $0.flaps >= Alert.flapping ? "flapping ×\($0.flaps)" : "", $0.summary ?? "",
            ]
          }))
    }
  }

  private static func standing(_ row: Document.Row) -> String {
    if !row.muted.isEmpty { return row.muted.map(\.told).joined(separator: ", ") }
    let until = row.acknowledgedUntil.map { " until \($0.minuteUTC)" } ?? ""
    let lapsed = row.lapsed.map { ", \($0)'s time ran out" } ?? ""
    return row.acknowledgedBy.map { "acknowledged by \($0)\(until)" } ?? "unacknowledged\(lapsed)"
  }
}
