import ArgumentParser
import Host
import Incidents
import Journal
import Retro
import Values

struct IncidentClockList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what is due in an incident, the earliest first.")

  private struct Document: Encodable {
    var schema = "midwatch.incident_clocks/1"
    /// Its `deadlines` are what the table shows.
    let incident: IncidentSummary
  }

  @OptionGroup var options: IncidentOptions

  func run() throws {
    try Standard.telling {
      let now = Clock.now()
      let incident = try options.subject(in: try options.state.open(readOnly: true))
      if options.format == .json {
        return try Standard.json(Document(incident: IncidentSummary(incident)))
      }
      let deadlines = incident.deadlines
      guard !deadlines.isEmpty else { return Standard.out("Nothing is due in \(incident.key).") }
      Standard.out(Columns.text(deadlines.map { [$0.name.text, $0.sentence, $0.standing(at: now)] }))
    }
  }
}
