import Desk
import Incidents
import Terminal
import Values

/// What was written on a ticket and what became of it, line by line.
///
/// What customers read and what they do not differ in word, sign and colour, and what stays inside has a bar
/// before every line, so that they cannot be mixed up without colour either.
struct ConversationText {
  /// Nil while they are being read.
  let events: [Event]?
  let ticket: Ticket
  let now: Instant

  func rows(width: Int) -> [Spans] {
    guard let events else { return [[("Reading what was written on \(ticket.key)…", .dim)]] }
    return events.flatMap { entry($0, width: max(10, width)) }
  }

  /// The line on which the last thing that somebody wrote begins.
  func lastEntry(width: Int) -> Int {
    guard let events,
      let index = events.lastIndex(where: { [TicketOpened.kind, TicketCommented.kind].contains($0.kind) })
    else { return 0 }
    return events[..<index].reduce(0) { $0 + entry($1, width: max(10, width)).count }
  }

  private func entry(_ event: Event, width: Int) -> [Spans] {
    guard let line = TicketLine(event) else { return [] }
    guard line.kind != .change else { return changed(line, event, width: width) }
    let word: (String, Style)
    let to: String
    switch line.kind {
    case .customer: (word, to) = (("customer", .strong), "writes")
    case .reply: (word, to) = (("\(Sign.sent.glyph) PUBLIC", Style(.public)), "to \(ticket.requester)")
    case .internal, .change:
      word = ("# INTERNAL", Style(.internal, bold: true))
      to = "not seen by \(ticket.requester)"
    }
    var head = time(event) + [word, (" \(Inert.terminal(line.by)) ", .strong), (Inert.terminal(to), .dim)]
    if line.ticket != ticket.key { head.append((" on \(line.ticket)", .dim)) }
    if event.fact(TicketCommented.self)?.outsideRoles == true { head.append((" outside their roles", .due)) }
    let isInside = line.kind == .internal
    let indent: Spans = isInside ? [(" │ ", Style(.internal))] : [("   ", .text)]
    let attached = line.attachments.map { Inert.terminal("attached: \($0)") }
    let rows = (Inert.terminalLines(line.text) + attached).flatMap {
      $0.wrapped(to: max(8, min(width, 100) - 3))
    }
    return [head.fitted(to: width)] + rows.map { indent + [($0, isInside ? Style(.internal) : .text)] }
  }

  private func changed(_ line: TicketLine, _ event: Event, width: Int) -> [Spans] {
    let head: Spans = time(event) + [("\(Sign.notApplicable.glyph) ", .dim)]
    let isLoud = event.fact(TicketChanged.self)?.override == true
    let rows = "\(Inert.terminal(line.text)) — \(line.by)".wrapped(to: max(10, width - head.displayWidth))
    return rows.enumerated().map { index, row in
      let lead: Spans = index == 0 ? head : [(String(repeating: " ", count: head.displayWidth), .dim)]
      return lead + [(row, isLoud ? .due : .dim)]
    }
  }

  private func time(_ event: Event) -> Spans {
    let text = event.occurred.near(now)
    return [(text == event.occurred.minuteUTC ? event.occurred.clockUTC : text, .dim), (" ", .dim)]
  }
}
