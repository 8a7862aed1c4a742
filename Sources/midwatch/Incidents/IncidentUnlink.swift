import ArgumentParser
import Incidents

struct IncidentUnlink: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unlink", abstract: "Take a link back; a merged incident is open again.")

  @OptionGroup var options: IncidentOptions
  @Option(help: "Why.") var reason: String?
  @Argument(help: "INC-2, or https://…") var target: String

  func run() throws {
    try options.perform { incident, _, _ in
      UnlinkIncident(incident: incident.key, from: IncidentOptions.key(target), reason: reason)
    }
  }
}
