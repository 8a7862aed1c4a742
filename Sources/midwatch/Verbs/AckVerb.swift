import ArgumentParser
import Host
import Incidents
import Journal
import Values

struct AckVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Acknowledge a firing alert by its name.")

  @OptionGroup var options: StateOptions

  @Option(help: "Why, or what you are doing about it.")
  var reason: String?

  @Option(
    name: .customLong("for"), parsing: .unconditional,
    help: ArgumentHelp("How long, or until when: 2h, 06:00, 06:00Z, tomorrow 06:00.", valueName: "time"))
  var length: String?

  @Argument(help: "The alert's name, or SYSTEM/NAME.")
  var alert: String

  func run() throws {
    try Standard.telling {
      let now = Clock.now()
      let until = try length.map { try CommandTime.coming($0, at: now) }
      let journal = try options.open()
      guard let identity = try FiringAlert.named(alert, in: journal).identity else { return }
      try journal.perform(
        AcknowledgeAlert(identity, reason: reason, until: until), by: try options.actor(), at: now)
      let end = until.map { " until \($0.dateClockUTC)" } ?? ""
      Standard.out("acknowledged \(identity.rule) of \(identity.system)\(end)")
    }
  }
}
