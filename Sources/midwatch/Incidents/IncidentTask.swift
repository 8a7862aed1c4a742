import ArgumentParser
import Incidents
import Values

struct IncidentTask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task",
    abstract: "Ask for something to be done, give it to somebody, and say that it is done.",
    subcommands: [
      IncidentTaskList.self, IncidentTaskAdd.self, IncidentTaskGive.self, IncidentTaskDone.self,
      IncidentTaskDrop.self, IncidentTaskReopen.self,
    ],
    defaultSubcommand: IncidentTaskList.self)

  /// `Read the logs, ops1, until 03:09Z`.
  static func words(_ task: Incident.Task) -> String {
    let end = task.done.map {
      "\(task.isDropped ? "dropped" : "done") by \(task.doneBy ?? "somebody") at \($0.minuteUTC)"
    }
    let due = end == nil ? task.due.map { "until \($0.minuteUTC)" } : nil
    return [task.title, task.owner, due, end, task.done == nil ? nil : task.outcome].compactMap { $0 }
      .joined(separator: ", ")
  }

  /// A time box, `3m`.
  static func box(_ text: String?) throws -> Span? {
    try text.map { text in
      guard let span = Span(prometheus: text), span > .zero else {
        throw ValidationError("\"\(Inert.terminal(text))\" is no time box; write one such as 3m.")
      }
      return span
    }
  }
}
