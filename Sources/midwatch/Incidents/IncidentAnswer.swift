import Desk
import Host
import Incidents
import Journal
import Retro
import Values

/// What an act wrote, and the incident as it is after it.
enum IncidentAnswer {
  private struct Document: Encodable {
    struct Row: Encodable {
      let id: String
      let seq: Int64
      let kind: String
      let occurred: Instant
      let ended: Instant?
      let incident: String?
      let word: String?
      let text: String?
    }

    var schema = "midwatch.incident_act/1"
    let incident: IncidentSummary
    let events: [Row]
  }

  /// The table has the lines that the timelines show, each with its incident.
  static func tell(_ events: [Event], of key: String, in journal: Journal, as format: OutputFormat) throws {
    let lines = Dictionary(Timeline(events).lines.map { ($0.id, $0) }) { first, _ in first }
    guard format == .json else {
      let rows = events.compactMap { event -> [String]? in
        if let line = TicketLine(event) { return [line.ticket, "·", "ticket", line.text] }
        if let line = lines[event.id] {
          return [event.incident ?? "journal", line.sign, line.word, line.text]
        }
        return Self.mark(event).map { [event.incident ?? "journal", "·", "mark", $0] }
      }
      return Standard.out(Columns.text(rows))
    }
    guard let state = try journal.entity(Incident.self, key: key) else { return }
    let rows = events.map {
      Document.Row(
        id: $0.id, seq: $0.seq, kind: $0.kind, occurred: $0.occurred, ended: $0.ended, incident: $0.incident,
        word: lines[$0.id]?.word, text: lines[$0.id]?.text)
    }
    try Standard.json(Document(incident: IncidentSummary(state), events: rows))
  }

  /// What is no line of a timeline but changes one.
  private static func mark(_ event: Event) -> String? {
    if let fact = event.fact(EventPinned.self) { return fact.pinned ? "pinned" : "no longer pinned" }
    return event.fact(EventAmended.self).map { "amended: \($0.text)" }
  }
}
