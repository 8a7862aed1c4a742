import Desk
import Incidents
import Values

/// Where tickets are read from: a journal, or a test's.
package protocol DeskSource {
  func rows(_ query: IndexQuery<Ticket>) throws -> IndexPage<Ticket>
  func count(_ query: IndexQuery<Ticket>) throws -> Int
  /// In the order of the keys; what is not there is left out.
  func tickets(_ keys: [String]) throws -> [Ticket]
  /// Oldest first; the newest where there are more than `limit`.
  func events(ofTicket key: String, limit: Int) throws -> [Event]
  func savedFilters() throws -> SavedFilters?
  /// Nil where nobody knows such a zone.
  func zone(_ name: String) -> Zone?
}

extension DeskSource {
  /// Everything that a console shows of the desk. Reads one page of rows and the ticket that is looked at; costs
  /// grow with the page and that ticket's conversation, not with the queue.
  ///
  /// - Parameter last: what was answered before, while nobody has written since: only what is looked at besides
  ///   is read.
  package func page(
    _ question: DeskQuestion, at now: Instant, keeping last: DeskPage? = nil
  ) throws -> DeskPage {
    var page = DeskPage(question)
    if let last {
      (page.alarms, page.zones) = (last.alarms, last.zones)
    } else {
      try readAlarms(&page, at: now)
    }
    if let key = question.incident {
      page.impact =
        try last?.question.incident == key
        ? last?.impact : IncidentImpact(key, rows(CustomerImpact.query(of: key)).rows)
    }
    guard let queue = question.queue else { return page }
    if let last, let old = last.question.queue, (old.filter, old.offset) == (queue.filter, queue.offset) {
      (page.count, page.items, page.isPartial, page.filters) =
        (last.count, last.items, last.isPartial, last.filters)
    } else {
      let query = queue.query(at: now)
      page.count = try count(query)
      let found = try rows(query)
      page.isPartial = found.isPartial
      page.items = try items(found.rows.map(\.key), &page)
      page.filters = try savedFilters()?.filters ?? [:]
    }
    guard let key = queue.selected ?? page.items.first?.key else { return page }
    let shown = try page.items.first { $0.key == key } ?? items([key], &page).first
    guard let shown, shown.ticket.opened != nil else { return page }
    page.open = shown
    page.conversation = try conversation(of: shown.ticket)
    page.similar = try similar(to: shown.ticket)
    return page
  }

  private func items(_ keys: [String], _ page: inout DeskPage) throws -> [TicketItem] {
    let tickets = try tickets(keys)
    for name in Set(tickets.flatMap { $0.plan?.zones ?? [] }) where page.zones[name] == nil {
      page.zones[name] = zone(name)
    }
    let zones = page.zones
    return tickets.map { TicketItem($0, zones: zones) }
  }

  private func conversation(of ticket: Ticket) throws -> [Event] {
    var events = try events(ofTicket: ticket.key, limit: DeskQuestion.events)
    for other in ticket.absorbed.prefix(20) {
      events += try self.events(ofTicket: other, limit: DeskQuestion.events)
    }
    return ticket.absorbed.isEmpty ? events : events.sorted { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) }
  }

  private func similar(to ticket: Ticket) throws -> [TicketLikeness] {
    guard ticket.isOpen else { return [] }
    return LikeTickets(among: try rows(LikeTickets.query(around: ticket.number)).rows).likenesses(of: ticket)
  }

  private func readAlarms(_ page: inout DeskPage, at now: Instant) throws {
    let query = IndexQuery<Ticket>(
      .and([.isOpen(true), .compare(.due, .lessOrEqual, .instant(now + .days(2)))]),
      order: [.ascending(.due)], limit: DeskQuestion.alarms)
    let found = try items(rows(query).rows.map(\.key), &page)
    page.alarms = found.compactMap { item in
      guard let next = item.ticket.next, let due = next.due else { return nil }
      return TicketAlarm(
        ticket: item.key, subject: item.ticket.subject, system: item.ticket.system,
        severity: item.ticket.severity, clock: next.clock, due: due,
        warning: TicketClock(rawValue: next.clock).flatMap { item.clocks?.warning(of: $0) })
    }
  }
}

extension DeskQuestion.Queue {
  /// What breaches first comes first; what is over only where the filter names a state.
  func query(at now: Instant) -> IndexQuery<Ticket> {
    let asked = filter.condition(at: now)
    let condition: TicketFilter.Condition = filter.namesState ? asked : .and([.isOpen(true), asked])
    return IndexQuery(
      condition, order: [.ascending(.due), .ascending(.severity), .ascending(.number)],
      limit: DeskQuestion.page, offset: offset)
  }
}
