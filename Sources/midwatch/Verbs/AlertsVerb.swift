import ArgumentParser
import Host
import Incidents
import Journal
import Values

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
    }

    var schema = "midwatch.alerts/1"
    let alerts: [Row]
  }

  @OptionGroup var options: StateOptions
  @Option(help: "How to answer.") var format = OutputFormat.table

  func run() throws {
    try Standard.telling {
      let journal = try options.open(readOnly: true)
      let alerts = try journal.entities(Alert.self, open: true)
      let rows = alerts.compactMap { alert in
        alert.fired.flatMap { fired in
          alert.firedAt.map { since in
            Document.Row(
              system: fired.system, rule: fired.rule, labels: fired.labels, level: fired.level, since: since,
              summary: fired.summary, acknowledgedBy: alert.acknowledgement?.by)
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
              $0.acknowledgedBy.map { "acknowledged by \($0)" } ?? "unacknowledged", $0.summary ?? "",
            ]
          }))
    }
  }
}
