import ArgumentParser
import Incidents

struct IncidentTaskDrop: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop", abstract: "Say that nobody has to do a task any more, and why.")

  @OptionGroup var options: TaskOptions
  @Option(help: "Why.") var reason: String

  func run() throws {
    try options.perform { DropTask(incident: $0.key, task: $1, reason: reason) }
  }
}
