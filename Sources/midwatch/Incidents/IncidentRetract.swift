import ArgumentParser
import Incidents

struct IncidentRetract: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retract", abstract: "Take back a note, a decision or evidence; it is shown struck out.")

  @OptionGroup var options: LineOptions
  @Option(help: "Why.") var reason: String

  func run() throws {
    try options.perform { RetractEvent($0.id, of: $0.kind, incident: $1, reason: reason) }
  }
}
