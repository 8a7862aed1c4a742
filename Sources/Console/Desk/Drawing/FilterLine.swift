import Desk
import Retro
import Terminal
import Values

/// The line in which a filter with keys is written, and what of it is not understood, under its column.
struct FilterLine {
  let field: TextField
  let placeholder: String
  /// What a filter knows, as one line.
  let known: String
  let problem: FilterProblem?

  init(tickets field: TextField, me: String) {
    self.field = field
    placeholder = "state:pending_support sev:<=2 assignee:me older:2h, or words to look for"
    known = Self.line(TicketFilter.keys.map(\.key))
    problem = TicketFilter.read(field.text, me: me).problems.first
  }

  init(events field: TextField, me: String, at now: Instant, offset: Int) {
    self.field = field
    placeholder = "kind:alert actor:me system:shop since:-2h is:pinned, or words to look for"
    known = Self.line(EventFilter.keys.map(\.key))
    problem = EventFilter.read(field.text, me: me, at: now, offset: offset).problems.first
  }

  /// Of incidents, which are found by words; what belongs to the events beside them is told.
  init(incidents field: TextField) {
    self.field = field
    placeholder = "words that incidents must hold; !word leaves out"
    known = "looks in key, severity, status, title, systems; kind: since: and the like are of events (Tab)"
    problem = EventFilter.problem(inFilterOf: "incidents", field.text)
  }

  /// Always with room for what is wrong, so that nothing jumps while one types.
  static let height = 3

  private static let lead = " / "

  private static func line(_ keys: [String]) -> String { keys.joined(separator: ": ") + ":" }

  func draw(in frame: inout Frame, _ area: Rect) {
    let line = area.line(0)
    let x = frame.put(Self.lead, at: line.origin, style: .key, clip: line)
    field.draw(in: &frame, line.inset(left: x - line.x), placeholder: placeholder)
    guard area.height > 1 else { return }
    guard let problem else {
      frame.put(
        [(" ", .dim), (known, .dim), ("", .dim)].fitted(to: area.width), at: area.line(1).origin, clip: area)
      return
    }
    let before = String(field.text.prefix(problem.column - 1)).displayWidth
    let mark = min(area.width - 1, Self.lead.displayWidth + before)
    frame.put("^", at: Point(x: area.x + mark, y: area.line(1).y), style: .warn, clip: area)
    let sentence = problem.sentence.truncatedEnd(to: max(1, area.width - 2))
    if area.height > 2 {
      frame.put(sentence, at: area.line(2).inset(left: 1).origin, style: .warn, clip: area)
    }
  }
}
