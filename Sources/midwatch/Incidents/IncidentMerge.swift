import ArgumentParser
import Incidents

struct IncidentMerge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Merge an incident into another, which goes on.",
    discussion: """
      Nothing moves. Both say so; the one that goes is closed, its clocks and tasks end, its notes are shown \
      with the other's, and its systems are watched there. `unlink` opens it again.
      """)

  @OptionGroup var options: IncidentOptions
  @Option(help: ArgumentHelp("The incident that goes on.", valueName: "incident")) var into: String
  @Argument(help: "The incident that goes; default --incident, or the open one.") var from: String?

  func run() throws {
    var options = options
    options.incident = from ?? options.incident
    try options.perform { incident, _, _ in
      MergeIncident(incident.key, into: IncidentOptions.key(into))
    }
  }
}
