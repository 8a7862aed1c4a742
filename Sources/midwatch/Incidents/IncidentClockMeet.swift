import ArgumentParser
import Incidents

struct IncidentClockMeet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "met", abstract: "Say that what a rung of the ladder or a follow-up asked for was done.")

  @OptionGroup var options: IncidentOptions
  @Argument(help: "As `incident clock` lists it: escalation:L2, follow_up:Postmortem.")
  var clock: String

  func run() throws {
    try options.perform { incident, _, _ in MeetDeadline(incident: incident.key, clock: clock) }
  }
}
