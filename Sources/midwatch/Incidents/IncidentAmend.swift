import ArgumentParser
import Incidents
import Journal

struct IncidentAmend: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "amend",
    abstract: "Say a note, a decision or evidence anew; the first words stay in the journal.")

  @OptionGroup var options: LineOptions
  @Option(help: "Why.") var reason: String
  @Argument(help: "The new words.", completion: .none) var text: [String]

  func run() throws {
    try options.perform { event, incident in
      AmendEvent(
        event.id, of: event.kind, incident: incident, text: text.joined(separator: " "), reason: reason)
    }
  }
}
