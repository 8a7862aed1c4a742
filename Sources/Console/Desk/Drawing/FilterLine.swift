import Desk
import Terminal

/// The line in which a filter of tickets is written, and what of it is not understood, under its column.
struct FilterLine {
  let field: TextField
  let me: String

  /// Always with room for what is wrong, so that nothing jumps while one types.
  static let height = 3

  private static let lead = " / "

  func draw(in frame: inout Frame, _ area: Rect) {
    let line = area.line(0)
    let x = frame.put(Self.lead, at: line.origin, style: .key, clip: line)
    field.draw(
      in: &frame, line.inset(left: x - line.x),
      placeholder: "state:pending_support sev:<=2 assignee:me older:2h, or words to look for")
    guard area.height > 1 else { return }
    guard let problem = TicketFilter.read(field.text, me: me).problems.first else {
      let known = TicketFilter.keys.map(\.key).joined(separator: ": ") + ":"
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
