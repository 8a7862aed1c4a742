import ArgumentParser
import Host
import Incidents
import Values

struct NoteVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Write a note to the open incident, or to the journal.")

  @OptionGroup var options: StateOptions

  @OptionGroup var time: NoteTimes

  @Option(help: ArgumentHelp("The incident, INC-1; default the one that is open.", valueName: "incident"))
  var incident: String?

  @Argument(help: "What to write, or - for standard input.", completion: .none)
  var text: [String]

  func run() throws {
    _ = try time.instants(at: Clock.now())
    try Standard.telling {
      // A pipe can take long: it is noted when it is there.
      let text = try PipedText.note(text)
      let now = Clock.now()
      let (began, ended) = try time.instants(at: now)
      let journal = try options.open()
      let act = AddNote(
        text, occurred: began, ended: ended,
        incident: incident.map(IncidentOptions.key))
      let events = try journal.perform(act, by: try options.actor(), at: now)
      for event in events {
        let place = event.incident ?? "the journal"
        let end = event.ended.map { " until \($0.dateClockUTC)" } ?? ""
        Standard.out("noted in \(place) at \(event.occurred.dateClockUTC)\(end)")
      }
    }
  }
}
