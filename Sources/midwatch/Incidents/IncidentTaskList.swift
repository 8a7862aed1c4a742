import ArgumentParser
import Incidents
import Journal

struct IncidentTaskList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List an incident's tasks, open ones first.")

  private struct Document: Encodable {
    var schema = "midwatch.incident_tasks/1"
    let incident: String
    let tasks: [Incident.Task]
  }

  @OptionGroup var options: IncidentOptions

  func run() throws {
    try Standard.telling {
      let incident = try options.subject(in: try options.state.open(readOnly: true))
      let tasks = incident.tasks.filter(\.isOpen) + incident.tasks.filter { !$0.isOpen }
      if options.format == .json {
        return try Standard.json(Document(incident: incident.key, tasks: tasks))
      }
      guard !tasks.isEmpty else { return Standard.out("\(incident.key) has no task.") }
      Standard.out(
        Columns.text(
          tasks.map { [$0.id, $0.isOpen ? "☐" : $0.isDropped ? "–" : "✓", IncidentTask.words($0)] }))
    }
  }
}
