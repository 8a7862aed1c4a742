import ArgumentParser
import Host
import Incidents
import Journal
import Retro
import Values

/// Which incident is meant, and how to answer: the same for every verb about incidents.
struct IncidentOptions: ParsableArguments {
  @OptionGroup var state: StateOptions
  @Option(help: ArgumentHelp("Which one, INC-1; default the one that is open.", valueName: "incident"))
  var incident: String?
  @Option(help: "How to answer.") var format = OutputFormat.table

  /// The incident that is named, else the only open one; throws a sentence where that is not one.
  func subject(in journal: Journal) throws -> Incident {
    if let incident { return try Self.incident(incident, in: journal) }
    let open = try journal.entities(Incident.self, open: true)
    guard let only = open.first else {
      throw Refusal("No incident is open; name one with --incident, as `midwatch incident list` shows them.")
    }
    guard open.count == 1 else {
      let all = open.map(\.key).joined(separator: ", ")
      throw Refusal("\(open.count) incidents are open (\(all)); name one with --incident.")
    }
    return only
  }

  /// By its key, `INC-3`, `inc-3` or `3`.
  static func incident(_ text: String, in journal: Journal) throws -> Incident {
    let key = key(text)
    guard let state = try journal.entity(Incident.self, key: key), state.declared != nil else {
      throw Refusal("There is no incident \(Inert.terminal(key)); `midwatch incident list` shows them.")
    }
    return state
  }

  static func key(_ text: String) -> String {
    if !text.isEmpty, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) { return "INC-\(text)" }
    return text.lowercased().hasPrefix("inc-") ? text.uppercased() : text
  }

  /// Opens the journal, does what `act` makes of the incident that is meant, and answers.
  func perform(_ act: (Incident, Journal, Instant) throws -> any Act) throws {
    try Standard.telling {
      let now = Clock.now()
      let journal = try state.open()
      let subject = try subject(in: journal)
      let carrying = try LinkedTickets.carrying(
        try act(subject, journal, now), of: [subject.key] + subject.links.map(\.to), in: journal)
      let events = try journal.perform(carrying, by: try state.actor(), at: now)
      try LinkedTickets.proposeReplies(after: events, in: journal)
      try IncidentAnswer.tell(events, of: subject.key, in: journal, as: format)
    }
  }
}
