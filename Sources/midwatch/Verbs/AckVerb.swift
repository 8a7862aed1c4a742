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
    name: .customLong("for"),
    help: ArgumentHelp("How long, or until when: 2h, 06:00, 06:00Z, tomorrow 06:00.", valueName: "time"))
  var length: String?

  @Argument(help: "The alert's name, or SYSTEM/NAME.")
  var alert: String

  func run() throws {
    try Standard.telling {
      let now = Clock.now()
      let until = try length.map { try CommandTime.coming($0, at: now) }
      let journal = try options.open()
      let firing = try journal.entities(Alert.self, open: true).compactMap(\.identity)
      let meant = firing.filter { $0.rule == alert || "\($0.system)/\($0.rule)" == alert || $0.key == alert }
      guard let identity = meant.first else {
        throw Refusal("No firing alert is called \(alert); `midwatch alerts` lists them.")
      }
      guard meant.count == 1 else {
        throw Refusal(
          "\(meant.count) alerts match: \(meant.map(\.key).joined(separator: ", ")); name one whole.")
      }
      try journal.perform(
        AcknowledgeAlert(identity, reason: reason, until: until), by: try options.actor(), at: now)
      let end = until.map { " until \($0.dateClockUTC)" } ?? ""
      Standard.out("acknowledged \(identity.rule) of \(identity.system)\(end)")
    }
  }
}
