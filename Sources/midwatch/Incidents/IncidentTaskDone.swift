import ArgumentParser
import Incidents

struct IncidentTaskDone: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "done", abstract: "Say that a task is done.")

  @OptionGroup var options: TaskOptions
  @Option(help: "What came of it.") var outcome: String?

  func run() throws {
    try options.perform { FinishTask(incident: $0.key, task: $1, outcome: outcome) }
  }
}
