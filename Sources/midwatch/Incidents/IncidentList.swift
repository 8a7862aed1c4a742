import ArgumentParser
import Host
import Incidents
import Journal
import Values

struct IncidentList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List incidents, open ones first.")

  private struct Document: Encodable {
    struct Row: Encodable {
      let key: String
      let severity: Severity
      let severityName: String?
      let status: Status
      let isOpen: Bool
      let mergedInto: String?
      let title: String
      let systems: [String]
      let commander: String?
      let started: Instant?
      let declared: Instant?
      let resolved: Instant?
      let nextUpdateDue: Instant?
      let openTasks: Int
    }

    var schema = "midwatch.incidents/1"
    let incidents: [Row]
  }

  @OptionGroup var options: StateOptions
  @Flag(help: "Only those that are open.") var open = false
  @Option(help: "How to answer.") var format = OutputFormat.table

  func run() throws {
    try Standard.telling {
      let journal = try options.open(readOnly: true)
      let closed = open ? [] : try journal.entities(Incident.self, open: false).reversed()
      let incidents = try journal.entities(Incident.self, open: true) + closed
      if format == .json { return try Standard.json(Document(incidents: incidents.map(Self.row))) }
      guard !incidents.isEmpty else {
        return Standard.out(open ? "No incident is open." : "No incident was declared.")
      }
      Standard.out(
        Columns.text(
          incidents.map {
            [
              $0.key, $0.severity.rawValue, $0.standing, $0.started?.dateClockUTC ?? "",
              $0.systems.joined(separator: ","), $0.commander ?? "–", $0.title,
            ]
          }))
    }
  }

  private static func row(_ incident: Incident) -> Document.Row {
    Document.Row(
      key: incident.key, severity: incident.severity, severityName: incident.severityName,
      status: incident.status, isOpen: incident.isOpen, mergedInto: incident.merger?.to,
      title: incident.title, systems: incident.systems, commander: incident.commander,
      started: incident.started, declared: incident.declaredAt, resolved: incident.resolved,
      nextUpdateDue: incident.updateDue, openTasks: incident.openTasks.count)
  }
}
