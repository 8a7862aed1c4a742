import ArgumentParser
import Host
import Incidents
import Values

struct IncidentClockSnooze: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snooze", abstract: "Silence a deadline until a later time; then it is back.")

  @OptionGroup var options: IncidentOptions
  @Option(
    name: .customLong("for"), parsing: .unconditional,
    help: ArgumentHelp("How long, or until when: 10m, 06:00, 06:00Z.", valueName: "time"))
  var length = "10m"
  @Option(help: "Why.") var reason: String?
  @Argument(help: "As `incident clock` lists it: resolve, escalation:L2, update:users, call_out.")
  var clock: String

  func run() throws {
    let until = try CommandTime.coming(length, at: Clock.now())
    try options.perform { incident, _, _ in
      SnoozeDeadline(incident: incident.key, clock: clock, until: until, reason: reason)
    }
  }
}
