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
  /// The event with which it began.
  func opening(ofTicket key: String) throws -> Event?
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
      (page.alarms, page.longLate, page.zones) = (last.alarms, last.longLate, last.zones)
    } else {
      try readAlarms(&page, at: now)
    }
    if let key = question.incident {
      page.impact =
        try last?.question.incident == key
        ? last?.impact : IncidentImpact(key, rows(CustomerImpact.query(of: key)).rows)
    }
    guard let queue = question.queue else { return page }
    if queue.isUnread {
      page.filters = try savedFilters()?.filters ?? [:]
    } else if let last, let old = last.question.queue, !old.isUnread,
      (old.filter, old.offset) == (queue.filter, queue.offset)
    {
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
    let here = Set(page.items.map(\.key))
    page.marked = try items(queue.marked.filter { !here.contains($0) }, &page)
    guard let key = queue.selected ?? page.items.first?.key else { return page }
    let shown = try page.items.first { $0.key == key } ?? items([key], &page).first
    guard let shown, shown.ticket.opened != nil else { return page }
    page.open = shown
    (page.conversation, page.isShortened) = try conversation(of: shown.ticket)
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

  /// The newest of what was written on it and on all that were merged into it, one after another; the request
  /// itself is always there.
  private func conversation(of ticket: Ticket) throws -> (events: [Event], isShortened: Bool) {
    var events: [Event] = []
    var isShortened = false
    var (keys, next) = ([ticket.key], 0)
    while next < keys.count, next < DeskQuestion.merged {
      let key = keys[next]
      let newest = try self.events(ofTicket: key, limit: DeskQuestion.events)
      events += newest
      if newest.count == DeskQuestion.events, let opening = try opening(ofTicket: key),
        !newest.contains(where: { $0.id == opening.id })
      {
        events.append(opening)
        isShortened = true
      }
      let further = next == 0 ? ticket.absorbed : try tickets([key]).first?.absorbed ?? []
      keys += further.filter { !keys.contains($0) }
      next += 1
    }
    return (
      events.sorted { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) }, isShortened || next < keys.count
    )
  }

  private func similar(to ticket: Ticket) throws -> [TicketLikeness] {
    guard ticket.isOpen else { return [] }
    return LikeTickets(among: try rows(LikeTickets.query(around: ticket.number)).rows).likenesses(of: ticket)
  }

  private func readAlarms(_ page: inout DeskPage, at now: Instant) throws {
    func due(_ condition: [TicketFilter.Condition], _ order: IndexOrder<Ticket.Column>) -> IndexQuery<Ticket>
    {
      IndexQuery(.and([.isOpen(true)] + condition), order: [order], limit: DeskQuestion.alarms)
    }
    let isLate = TicketFilter.Condition.compare(.due, .lessOrEqual, .instant(now))
    let late = try rows(due([isLate], .descending(.due))).rows
    if late.count == DeskQuestion.alarms {
      page.longLate = try count(IndexQuery(.and([.isOpen(true), isLate]))) - late.count
    }
    let coming = try rows(
      due(
        [
          .compare(.due, .greater, .instant(now)),
          .compare(.due, .lessOrEqual, .instant(now + .days(2))),
        ], .ascending(.due))
    ).rows
    let found = try items((late.reversed() + coming).map(\.key), &page)
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
