import Desk
import Incidents
import Terminal
import Values

/// Tickets as rows: how bad, which, what, how long is left, who, where it stands.
struct TicketQueue {
  let items: [TicketItem]
  let state: ListState<String>
  let isFocused: Bool

  private static let columns = [
    Column("severity", minimum: 4), Column("key", minimum: 5, ideal: 8),
    Column("subject", minimum: 22, ideal: 200), Column("left", minimum: 19, side: .right),
    Column("assignee", minimum: 6, ideal: 9, drop: 2), Column("incident", minimum: 7, ideal: 8, drop: 3),
    Column("state", minimum: 15, ideal: 27, drop: 1), Column("tenant", minimum: 8, ideal: 14, drop: 4),
  ]

  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    var columns = Self.columns
    // A column that says nothing gives its room to the subject.
    if items.allSatisfy(\.ticket.incidents.isEmpty) { columns[5] = Column("incident", minimum: 0, drop: 9) }
    if items.allSatisfy({ $0.ticket.tenant == nil }) { columns[7] = Column("tenant", minimum: 0, drop: 9) }
    // As wide as what is in them, so that the subject has the rest.
    func widest(_ text: (TicketItem) -> String) -> Int { items.map { text($0).displayWidth }.max() ?? 0 }
    columns[1] = Column("key", minimum: max(3, min(8, widest(\.key))), ideal: widest(\.key))
    let clock = widest { $0.figure(at: now)?.spans.map(\.0).joined() ?? "" }
    columns[3] = Column("left", minimum: max(8, min(20, clock)), ideal: clock, side: .right)
    let who = max(4, min(9, widest { $0.ticket.assignee ?? "" }))
    columns[4] = Column("assignee", minimum: who, drop: 2)
    let state = widest { Self.state($0.ticket) }
    columns[6] = Column("state", minimum: max(4, min(15, state)), ideal: max(4, min(27, state)), drop: 1)
    let widths = Column.fit(columns, width: area.width - 3, gap: 2)
    for (line, index) in self.state.visible(count: items.count, height: area.height).enumerated() {
      let row = area.line(line)
      let item = items[index]
      let isSelected = item.key == self.state.selected
      if isSelected {
        frame.put(Sign.selected.glyph, at: row.origin, style: isFocused ? .strong : .dim, clip: row)
      }
      let place = row.inset(left: 1)
      if self.state.marked.contains(item.key) {
        frame.put("☑", at: place.origin, style: .key, clip: place)
      }
      frame.row(
        cells(item, world, at: now), columns: columns, widths: widths, in: row.inset(left: 2, right: 1),
        gap: 2)
      if isSelected { frame.highlight(row) }
    }
  }

  private func cells(_ item: TicketItem, _ world: World, at now: Instant) -> [Spans] {
    let ticket = item.ticket
    let saving = world.saving.contains(ticket.key) ? "  saving…" : ""
    let clock = item.figure(at: now)?.spans ?? [(ticket.isOpen ? "no clock" : "", .dim)]
    return [
      [(Marks.ticket(ticket.severity), ticket.isOpen ? Marks.style(Marks.level(ticket.severity)) : .dim)],
      [(ticket.key, .text)],
      [(Inert.terminal(ticket.subject), ticket.isOpen ? .text : .dim), (saving, .strong)],
      clock, [(ticket.assignee ?? "–", ticket.assignee == nil ? .dim : .text)],
      [(Self.incidents(ticket), .text)], [(Self.state(ticket), .dim), ("", .dim)],
      [(Inert.terminal(ticket.tenant ?? ""), .dim)],
    ]
  }

  private static func incidents(_ ticket: Ticket) -> String {
    let more = ticket.incidents.count - 1
    return (ticket.incidents.last ?? "") + (more > 0 ? " +\(more)" : "")
  }

  /// `pending_user ‖`, `pending_support ‖ INC-3`.
  private static func state(_ ticket: Ticket) -> String {
    if let other = ticket.mergedInto { return "merged into \(other)" }
    guard ticket.isPaused else { return ticket.state.rawValue }
    let why = ticket.holds.joined(separator: ", ")
    return "\(ticket.state.rawValue) \(Sign.maintenance.glyph)\(why.isEmpty ? "" : " " + why)"
  }
}

extension Marks {
  /// `● S1`, `▲ S2`; what is less bad has no sign.
  static func ticket(_ severity: Severity) -> String {
    severity.rank <= 2 ? "\(sign(level(severity)).glyph) \(severity.rawValue)" : "  \(severity.rawValue)"
  }
}
