import ArgumentParser
import Incidents

/// Which task: `INC-1/2`, or its number alone.
struct TaskOptions: ParsableArguments {
  @OptionGroup var incident: IncidentOptions
  @Argument(help: ArgumentHelp("INC-1/2, or 2 of the incident.", valueName: "task")) var task: String

  func perform(_ act: (Incident, String) throws -> any Act) throws {
    var options = incident
    let parts = task.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, options.incident == nil { options.incident = parts.first }
    try options.perform { incident, _, _ in
      guard parts.count == 2, let key = parts.first, let number = parts.last else {
        return try act(incident, "\(incident.key)/\(task)")
      }
      return try act(incident, "\(IncidentOptions.key(key))/\(number)")
    }
  }
}
