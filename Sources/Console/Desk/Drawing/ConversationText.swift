import Desk
import Incidents
import Systems
import Terminal
import Values

/// What was written on a ticket and what became of it, line by line.
///
/// What customers read and what they do not differ in word, sign and colour, and what stays inside has a bar
/// before every line, so that they cannot be mixed up without colour either.
struct ConversationText {
  /// Nil while they are being read.
  let events: [Event]?
  /// More was written than ``events`` has.
  var isShortened = false
  let ticket: Ticket
  /// Of its system; nil where nobody has read it.
  let folder: SystemFolder?
  let now: Instant

  /// Bytes of texts that are shown, the newest first, and of each one that has no room left among them.
  private static let (room, least) = (256 * 1024, 512)

  /// O(bytes), at most of ``room``.
  func wrapped(width: Int) -> WrappedConversation {
    let key = key(width: width)
    guard let events else {
      return WrappedConversation(
        key: key, rows: [[("Reading what was written on \(ticket.key)…", .dim)]], last: 0)
    }
    var left = Self.room
    var limits: [Int] = []
    for event in events.reversed() {
      let bytes = event.body?.count ?? 0
      limits.append(max(Self.least, left))
      left -= min(left, bytes)
    }
    let fates = ReplyFate.all(of: ticket, events: events, folder: folder)
    var (rows, last): ([Spans], Int) = ([], 0)
    if isShortened {
      rows.append([("what was written between is not shown; midwatch ticket show \(ticket.key) has it", .due)]
      )
    }
    for (event, limit) in zip(events, limits.reversed()) {
      if [TicketOpened.kind, TicketCommented.kind].contains(event.kind) { last = rows.count }
      rows += entry(event, width: max(10, width), limit: limit)
      if let fate = fates[event.id] { rows += Self.told(fate, width: max(10, width)) }
    }
    return WrappedConversation(key: key, rows: rows, last: last)
  }

  /// How it reaches the customer, loud where it does not.
  private static func told(_ fate: ReplyFate, width: Int) -> [Spans] {
    fate.words.wrapped(to: max(8, min(width, 100) - 5)).enumerated().map { index, row in
      let mark = index > 0 ? "  " : fate.needsPerson ? Sign.warn.glyph + " " : Sign.sent.glyph + " "
      return [("   ", .text), (mark + row, fate.needsPerson ? .due : .dim)]
    }
  }

  func key(width: Int) -> WrappedConversation.Key {
    let events = events ?? []
    return WrappedConversation.Key(
      ticket: ticket.key, isRead: self.events != nil, events: events.count, last: events.last?.id,
      bytes: events.reduce(0) { $0 + ($1.body?.count ?? 0) }, width: width, day: CivilTime(now).day,
      folder: folder?.digest)
  }

  private func entry(_ event: Event, width: Int, limit: Int) -> [Spans] {
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
    let scalars = line.text.unicodeScalars
    let isWhole = line.text.utf8.count <= limit
    let text = isWhole ? line.text : String(scalars.prefix(limit))
    let rows = (Inert.terminalLines(text) + attached).flatMap {
      $0.wrapped(to: max(8, min(width, 100) - 3))
    }
    let rest = (line.text.utf8.count - text.utf8.count + 1023) / 1024
    let more: [Spans] =
      isWhole
      ? [] : [indent + [("… \(rest) KiB more; midwatch ticket show \(line.ticket) has all of it", .due)]]
    return [head.fitted(to: width)] + rows.map { indent + [($0, isInside ? Style(.internal) : .text)] } + more
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
