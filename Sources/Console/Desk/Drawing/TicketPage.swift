import Desk
import Incidents
import Terminal
import Values

/// One ticket: what stands about it, its clocks, and all that was written, the newest last.
struct TicketPage {
  let item: TicketItem
  let screen: TicketsScreen
  let world: World
  let now: Instant

  private var ticket: Ticket { item.ticket }

  func draw(in frame: inout Frame, _ area: Rect, isFocused: Bool) {
    guard area.height > 0 else { return }
    drawTitle(in: &frame, area.line(0), isFocused: isFocused)
    let facts = facts(width: area.width)
    let inner = area.inset(top: 1)
    for (index, spans) in facts.prefix(inner.height).enumerated() {
      let line = inner.line(index).inset(left: 1, right: 1)
      frame.put((spans + [("", .text)]).fitted(to: line.width), at: line.origin, clip: line)
    }
    let rest = inner.inset(top: min(facts.count, inner.height))
    guard rest.height > 1 else { return }
    let rows = rows(width: area.width)
    let room = room(in: area)
    let top = top(in: area)
    let more = rows.count > room ? "\(min(rows.count, top + room)) of \(rows.count)" : ""
    frame.rule(
      rest.line(0), title: [[("conversation", isFocused ? .strong : .dim)], [("newest last", .dim)]],
      right: more.isEmpty ? [] : [(more, .dim)])
    let lines = rest.inset(top: 1)
    for (index, spans) in rows.dropFirst(top).prefix(lines.height).enumerated() {
      frame.put(spans, at: lines.line(index).inset(left: 1).origin, clip: lines)
    }
  }

  private func drawTitle(in frame: inout Frame, _ line: Rect, isFocused: Bool) {
    let severity = Marks.ticket(ticket.severity).trimmed
    let style: Style = ticket.isOpen ? Marks.style(Marks.level(ticket.severity)) : .up
    let first: Spans = [("\(ticket.key) ", .strong), (severity, style)]
    let state: Spans = [
      (ticket.state.rawValue, ticket.isOpen ? .text : .up),
      (ticket.stateSince.map { " \((now - $0).whole)" } ?? "", .dim),
    ]
    let saving: [Spans] = world.saving.contains(ticket.key) ? [[("saving…", .strong)]] : []
    let taken = first.displayWidth + state.displayWidth + 18 + saving.count * 11
    let subject = Inert.terminal(ticket.subject).truncatedEnd(to: max(12, line.width - taken))
    frame.rule(line, title: [first, [(subject, isFocused ? .strong : .text)], state] + saving)
  }

  /// Lines below the title.
  func facts(width: Int) -> [Spans] {
    let width = max(10, width - 2)
    return Self.flow(about, width: width) + Self.flow(clocks, width: width) + notes
  }

  private var about: [Spans] {
    var all: [Spans] = [[("from ", .dim), (Inert.terminal(ticket.requester), .strong)]]
    if let tenant = ticket.tenant { all.append([("tenant ", .dim), (Inert.terminal(tenant), .text)]) }
    all.append([
      ("assigned ", .dim), (ticket.assignee ?? "nobody", ticket.assignee == nil ? .due : .text),
    ])
    for key in ticket.incidents {
      let incident = world.ledger.incident(key)
      let status = incident.map { " \($0.isOpen ? $0.status.rawValue : "over")" } ?? ""
      all.append([(key, .strong), (status, .dim)])
    }
    if let system = ticket.system { all.append([(system, .dim)]) }
    if ticket.priority != .normal { all.append([("priority ", .dim), (ticket.priority.rawValue, .text)]) }
    if !ticket.tags.isEmpty { all.append([(ticket.tags.map { "#\($0)" }.joined(separator: " "), .dim)]) }
    if let external = ticket.external {
      all.append([(Inert.terminal("\(external.source) \(external.id)"), .dim)])
    }
    return all
  }

  private var clocks: [Spans] {
    guard let clocks = item.clocks else { return [] }
    let figures = TicketClock.allCases.compactMap { clock -> Spans? in
      guard let figure = ClockFigure(clock, of: clocks, at: now) else { return nil }
      // What is over says what was met, and no more.
      if !ticket.isOpen, figure.sign != .done { return nil }
      let due = clocks.due(of: clock).map { $0 > now ? ", due \($0.near(now))" : ", was due \($0.near(now))" }
      return [("\(clock.rawValue) ", .dim)] + figure.spans + [(due ?? "", .dim)]
    }
    let why = ticket.standing.joined(separator: ", ")
    let paused: [Spans] = why.isEmpty ? [] : [[("paused: \(why)", .maintenance)]]
    return (figures.isEmpty ? [[("no clock is set for \(ticket.severity.rawValue)", .dim)]] : figures)
      + paused
  }

  /// What whoever works on it must not miss.
  private var notes: [Spans] {
    var notes: [Spans] = []
    if let other = ticket.mergedInto {
      notes.append([("\(Sign.current.glyph) merged into \(other): work on that one", .due)])
    }
    if !ticket.absorbed.isEmpty {
      notes.append([("with \(ticket.absorbed.joined(separator: ", ")), merged into this one", .dim)])
    }
    let relatives =
      (ticket.splitFrom.map { ["split off \($0)"] } ?? [])
      + (ticket.parts.isEmpty ? [] : ["\(ticket.parts.joined(separator: ", ")) split off it"])
    if !relatives.isEmpty { notes.append([(relatives.joined(separator: "; "), .dim)]) }
    for (field, value) in ticket.conflicts.sorted(by: { $0.key < $1.key }) {
      notes.append([
        ("\(Sign.warn.glyph) changed in both houses: ", .due),
        ("\(Inert.terminal(field)) is \(Inert.terminal(value)) there", .text),
      ])
    }
    if let page = world.desk, page.open?.key == ticket.key {
      let names = page.similar.map {
        "\($0.ticket) \(Inert.terminal($0.subject).truncatedEnd(to: 40))\($0.state.isOpen ? "" : " (\($0.state.rawValue))")"
      }
      if !names.isEmpty {
        notes.append([
          ("\(Sign.star.glyph) duplicate of ", .dim), (names.joined(separator: ", ") + "?", .text),
        ])
      }
    }
    return notes
  }

  /// Pieces in lines, two blanks apart; a piece is never broken but for one that is wider than a line.
  private static func flow(_ pieces: [Spans], width: Int) -> [Spans] {
    var lines: [Spans] = []
    for piece in pieces {
      if let last = lines.last, last.displayWidth + 3 + piece.displayWidth <= width {
        lines[lines.count - 1] = last + [("   ", .text)] + piece
      } else {
        lines.append(piece)
      }
    }
    return lines
  }

  // MARK: - The conversation

  /// Lines of the conversation that are in sight.
  func room(in area: Rect) -> Int { max(0, area.height - 2 - facts(width: area.width).count) }

  /// How many are scrolled away: as somebody scrolled, else so that the last that was written is seen from its
  /// beginning.
  func top(in area: Rect) -> Int {
    let wrapped = wrapped(width: area.width)
    let most = max(0, wrapped.rows.count - room(in: area))
    if let scrolled = screen.scrolled, scrolled.key == ticket.key { return min(max(0, scrolled.top), most) }
    return min(most, wrapped.last)
  }

  func rows(width: Int) -> [Spans] { wrapped(width: width).rows }

  /// As it was wrapped when something last changed: a long one takes a while.
  private func wrapped(width: Int) -> WrappedConversation {
    let text = text
    if let kept = screen.wrapped, kept.key == text.key(width: width - 2) { return kept }
    return text.wrapped(width: width - 2)
  }

  var text: ConversationText {
    let page = world.desk.flatMap { $0.open?.key == ticket.key ? $0 : nil }
    return ConversationText(
      events: page?.conversation, isShortened: page?.isShortened ?? false, ticket: ticket,
      folder: world.deskGuide(ticket.system).folder, now: now)
  }
}
