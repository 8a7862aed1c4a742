import ArgumentParser
import Host
import Incidents
import Journal

struct AckVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Acknowledge a firing alert by its name.")

  @OptionGroup var options: StateOptions

  @Option(help: "Why, or what you are doing about it.")
  var reason: String?

  @Argument(help: "The alert's name, or SYSTEM/NAME.")
  var alert: String

  func run() throws {
    try Standard.telling {
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
        AcknowledgeAlert(identity, reason: reason), by: try options.actor(), at: Clock.now())
      Standard.out("acknowledged \(identity.rule) of \(identity.system)")
    }
  }
}
