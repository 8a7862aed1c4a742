import ArgumentParser
import Host
import Incidents
import Journal
import Retro
import Values

struct TimelineVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline", abstract: "List what the journal holds, oldest first.")

  private struct Document: Encodable {
    struct Row: Encodable {
      let seq: Int64
      let id: String
      let kind: String
      let occurred: Instant
      let recorded: Instant
      let actor: String
      let incident: String?
      let word: String
      let text: String
      let retracted: String?
    }

    var schema = "midwatch.timeline/1"
    let events: [Row]
  }

  @OptionGroup var options: StateOptions
  @Option(help: ArgumentHelp("Only this incident's own events.", valueName: "incident")) var incident: String?
  @Option(parsing: .unconditional, help: "The newest so many.") var last = 1000
  @Option(help: "How to answer.") var format = OutputFormat.table

  func run() throws {
    guard last > 0 else { throw ValidationError("--last is a number above 0.") }
    try Standard.telling {
      let journal = try options.open(readOnly: true)
      let events = try journal.events(matching: EventQuery(incident: incident, limit: last))
      let kinds = Dictionary(events.map { ($0.id, ($0.kind, $0.actor.description)) }) { first, _ in first }
      let lines = Timeline(events).lines
      if format == .json {
        let rows = lines.map {
          Document.Row(
            seq: $0.seq, id: $0.id, kind: kinds[$0.id]?.0 ?? "", occurred: $0.occurred, recorded: $0.recorded,
            actor: kinds[$0.id]?.1 ?? "", incident: $0.incident, word: $0.word, text: $0.text,
            retracted: $0.retracted)
        }
        return try Standard.json(Document(events: rows))
      }
      guard !lines.isEmpty else { return Standard.out("The journal holds nothing of that.") }
      Standard.out(
        Columns.text(
          lines.map {
            [$0.occurred.dateClockUTC, $0.incident ?? "", $0.sign, $0.word, $0.text, $0.actor ?? ""]
          }))
    }
  }
}
