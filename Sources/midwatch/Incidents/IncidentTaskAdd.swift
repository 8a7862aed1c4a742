import ArgumentParser
import Incidents

struct IncidentTaskAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Ask for something to be done.")

  @OptionGroup var options: IncidentOptions
  @Option(help: ArgumentHelp("Who does it.", valueName: "handle")) var owner: String?
  @Option(name: .customLong("for"), help: ArgumentHelp("Its time box: 3m.", valueName: "duration"))
  var box: String?
  @Argument(help: "What is to be done.", completion: .none) var title: [String]

  func run() throws {
    let box = try IncidentTask.box(box)
    try options.perform { incident, _, _ in
      AddTask(incident: incident.key, title: title.joined(separator: " "), owner: owner, box: box)
    }
  }
}
