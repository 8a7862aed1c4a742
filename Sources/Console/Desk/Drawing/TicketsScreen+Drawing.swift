import Desk
import Incidents
import Terminal
import Values

extension TicketsScreen {
  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let items = world.desk?.items ?? []
    let parts = TicketLayout(area, screen: self, rows: items.count)
    if !isWhole { drawQueue(items, in: &frame, parts.list, world, at: now) }
    guard parts.text.height > 0 else { return }
    guard let item = item(world) else {
      frame.paneRule(parts.text, key ?? "ticket", isFocused: true)
      frame.paragraph("Reading \(key ?? "it")…", in: parts.text.inset(top: 1), style: .dim)
      return
    }
    TicketPage(item: item, screen: self, world: world, now: now)
      .draw(in: &frame, parts.text, isFocused: pane == .ticketText)
  }

  private func drawQueue(
    _ items: [TicketItem], in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant
  ) {
    let isFocused = pane == .ticketQueue
    let read = TicketFilter.read(filter, me: world.options.handle)
    let listed = read.filter.namesState ? "breach first" : "open, breach first"
    var more: [Spans] = [[(listed, .dim)]]
    if !filter.isEmpty { more.append([("/ \(filter)", read.problems.isEmpty ? .match : .warn)]) }
    if !list.marked.isEmpty { more.append([("\(list.marked.count) marked", .key)]) }
    frame.paneRule(area, "tickets", isFocused: isFocused, more: more, right: place(world))
    let inner = area.inset(top: 1)
    guard !items.isEmpty else {
      frame.paragraph(empty(world, read.problems), in: inner, style: .dim)
      return
    }
    TicketQueue(items: items, state: list, isFocused: isFocused).draw(in: &frame, inner, world, at: now)
  }

  /// `12 of 4211`.
  private func place(_ world: World) -> Spans {
    guard let page = world.desk, page.count > 0 else { return [("0", .dim)] }
    let index = page.items.firstIndex { $0.key == list.selected }
    let here = index.map { (page.question.queue?.offset ?? 0) + $0 + 1 }
    let most = page.isPartial ? "\(page.count) and older ones" : "\(page.count)"
    return [(here.map { "\($0) of \(most)" } ?? most, .dim)]
  }

  private func empty(_ world: World, _ problems: [FilterProblem]) -> String {
    guard world.desk?.question.queue != nil else { return "Reading the tickets…" }
    if let first = problems.first { return "Nothing is listed by that filter: \(first)" }
    if !filter.isEmpty {
      return "No ticket matches / \(filter); Esc shows all that are open, f lists other filters."
    }
    return "No ticket is open. o takes a request in; state:closed shows what is over."
  }
}
