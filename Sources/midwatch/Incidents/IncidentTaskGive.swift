import ArgumentParser
import Incidents

struct IncidentTaskGive: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "give", abstract: "Give a task to somebody else, or another time box.")

  @OptionGroup var options: TaskOptions
  @Option(help: ArgumentHelp("Who does it; default who has it.", valueName: "handle")) var owner: String?
  @Flag(help: "Nobody has it any more.") var nobody = false
  @Option(name: .customLong("for"), help: ArgumentHelp("A new time box from now: 3m.", valueName: "duration"))
  var box: String?
  @Option(help: "Why.") var reason: String?

  func validate() throws {
    if nobody, owner != nil { throw ValidationError("A task is somebody's, or nobody's.") }
    if !nobody, owner == nil, box == nil {
      throw ValidationError("Say to whom (--owner), for how long (--for), or that nobody has it (--nobody).")
    }
  }

  func run() throws {
    let box = try IncidentTask.box(box)
    try options.perform { incident, task in
      let present = incident.tasks.first { $0.id == task }?.owner
      return GiveTask(
        incident: incident.key, task: task, owner: nobody ? nil : owner ?? present, box: box, reason: reason)
    }
  }
}
