import ArgumentParser
import Host
import Incidents
import Values

struct NoteVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Write a note to the open incident, or to the journal.")

  @OptionGroup var options: StateOptions

  @Option(help: ArgumentHelp("When it happened: -12m, 14:03, 14:03Z, yesterday 23:50.", valueName: "time"))
  var at: String?

  @Option(help: ArgumentHelp("The incident, INC-1; default the one that is open.", valueName: "incident"))
  var incident: String?

  @Argument(help: "What to write.", completion: .none)
  var text: [String]

  func run() throws {
    try Standard.telling {
      let now = Clock.now()
      let zone = Clock.zone(at: now)
      var occurred: Instant?
      if let at {
        guard let time = NoteTime.instant(at, at: now, offset: zone.offset) else {
          throw Refusal("\"\(at)\" is no time; write -12m, 14:03, 14:03Z or yesterday 23:50.")
        }
        occurred = time
      }
      let journal = try options.open()
      let act = AddNote(text.joined(separator: " "), occurred: occurred, incident: incident)
      let events = try journal.perform(act, by: try options.actor(), at: now)
      for event in events {
        let place = event.incident ?? "the journal"
        Standard.out("noted in \(place) at \(event.occurred.dateClockUTC)")
      }
    }
  }
}
