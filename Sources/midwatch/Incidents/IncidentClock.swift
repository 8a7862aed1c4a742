import ArgumentParser

struct IncidentClock: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clock", abstract: "See what is due in an incident; snooze, dismiss or meet it.",
    subcommands: [
      IncidentClockList.self, IncidentClockSnooze.self, IncidentClockDismiss.self, IncidentClockMeet.self,
    ],
    defaultSubcommand: IncidentClockList.self)
}
