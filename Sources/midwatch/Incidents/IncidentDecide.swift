import ArgumentParser
import Incidents

struct IncidentDecide: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide",
    abstract: "Write down a decision, what was said against it, and who carries it out.")

  @OptionGroup var options: IncidentOptions
  @Option(help: "What was said against it; none when it was asked for and nothing was.") var objections:
    String?
  @Option(help: ArgumentHelp("Who carries it out.", valueName: "handle")) var executes: String?
  @Argument(help: "What was decided.", completion: .none) var text: [String]

  func run() throws {
    try options.perform { incident, _, _ in
      Decide(
        incident: incident.key, text: text.joined(separator: " "), objections: objections,
        executes: executes)
    }
  }
}
