import ArgumentParser
import Incidents

struct IncidentTaskReopen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Put a task that was done or dropped back among those to do.")

  @OptionGroup var options: TaskOptions
  @Option(name: .customLong("for"), help: ArgumentHelp("Its time box from now: 3m.", valueName: "duration"))
  var box: String?
  @Option(help: "Why.") var reason: String?

  func run() throws {
    let box = try IncidentTask.box(box)
    try options.perform { ReopenTask(incident: $0.key, task: $1, box: box, reason: reason) }
  }
}
