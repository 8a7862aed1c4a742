import ArgumentParser
import Incidents
import Journal
import Values

/// Which line of a timeline: its number in the journal, or its id.
struct LineOptions: ParsableArguments {
  @OptionGroup var incident: IncidentOptions
  @Argument(
    help: ArgumentHelp(
      "The number before the line in `incident show`, or the event's id.", valueName: "event"))
  var event: String

  /// What was written for an incident is of that incident, whichever is open.
  func perform(_ act: (Event, _ incident: String) throws -> any Act) throws {
    try Standard.telling {
      let journal = try incident.state.open(readOnly: true)
      let event = try found(in: journal)
      var options = incident
      options.incident = options.incident ?? event.incident
      try options.perform { incident, _, _ in try act(event, incident.key) }
    }
  }

  private func found(in journal: Journal) throws -> Event {
    if let seq = Int64(event), seq > 0 {
      if let event = try journal.events(after: seq - 1, limit: 1).first, event.seq == seq { return event }
    } else if let event = try journal.event(id: event.lowercased()) {
      return event
    }
    throw Refusal("There is no event \(Inert.terminal(event)); `midwatch incident show` has their numbers.")
  }
}
