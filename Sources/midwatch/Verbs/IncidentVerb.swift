import ArgumentParser
import Host
import Incidents
import Journal
import Retro
import Values

struct IncidentVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incident", abstract: "List incidents, or show one.", subcommands: [List.self, Show.self],
    defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List incidents, open ones first.")

    private struct Document: Encodable {
      struct Row: Encodable {
        let key: String
        let severity: Severity
        let status: Status
        let title: String
        let systems: [String]
        let started: Instant?
        let resolved: Instant?
        let nextUpdateDue: Instant?
      }

      var schema = "midwatch.incidents/1"
      let incidents: [Row]
    }

    @OptionGroup var options: StateOptions
    @Option(help: "How to answer.") var format = OutputFormat.table

    func run() throws {
      try Standard.telling {
        let journal = try options.open(readOnly: true)
        let incidents =
          try journal.entities(Incident.self, open: true)
          + journal.entities(Incident.self, open: false).reversed()
        let rows = incidents.map {
          Document.Row(
            key: $0.key, severity: $0.severity, status: $0.status, title: $0.title, systems: $0.systems,
            started: $0.started, resolved: $0.resolved, nextUpdateDue: $0.updateDue)
        }
        if format == .json { return try Standard.json(Document(incidents: rows)) }
        guard !rows.isEmpty else { return Standard.out("No incident was declared.") }
        Standard.out(
          Columns.text(
            rows.map {
              [
                $0.key, $0.severity.rawValue, $0.status.rawValue, $0.started?.dateClockUTC ?? "",
                $0.systems.joined(separator: ","), $0.title,
              ]
            }))
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show one incident's timeline.")

    @OptionGroup var options: StateOptions
    @Argument(help: "INC-1.") var incident: String

    func run() throws {
      try Standard.telling {
        let journal = try options.open(readOnly: true)
        guard let state = try journal.entity(Incident.self, key: incident), state.declared != nil else {
          throw Refusal("There is no incident \(incident); `midwatch incident list` shows them.")
        }
        Standard.out(
          "\(state.key) \(state.severity.rawValue) \(state.status.rawValue) — \(Inert.terminal(state.title))")
        let lines = Timeline(try TimelineQuery.events(of: state, in: journal)).lines
        Standard.out(
          Columns.text(lines.map { [$0.occurred.dateClockUTC, $0.sign, $0.word, $0.text, $0.actor ?? ""] }))
      }
    }
  }
}
