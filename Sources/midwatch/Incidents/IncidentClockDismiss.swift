import ArgumentParser
import Incidents

struct IncidentClockDismiss: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dismiss", abstract: "Silence a deadline for good, and say why.")

  @OptionGroup var options: IncidentOptions
  @Option(help: "Why it is not wanted.") var reason: String
  @Argument(help: "As `incident clock` lists it: resolve, escalation:L2, update:users, call_out.")
  var clock: String

  func run() throws {
    try options.perform { incident, _, _ in
      DismissDeadline(incident: incident.key, clock: clock, reason: reason)
    }
  }
}
