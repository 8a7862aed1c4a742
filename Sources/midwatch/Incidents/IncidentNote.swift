import ArgumentParser
import Host
import Incidents
import Values

struct IncidentNote: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Write a note to an incident, now or backdated, of a moment or a span.")

  @OptionGroup var options: IncidentOptions
  @OptionGroup var time: NoteTimes
  @Argument(help: "What to write, or - for standard input.", completion: .none) var text: [String]

  func run() throws {
    _ = try time.instants(at: Clock.now())
    // A pipe can take long: it is noted when it is there.
    var note = ""
    try Standard.telling { note = try PipedText.note(text) }
    let (began, ended) = try time.instants(at: Clock.now())
    try options.perform { incident, _, _ in
      AddNote(note, occurred: began, ended: ended, incident: incident.key)
    }
  }
}
