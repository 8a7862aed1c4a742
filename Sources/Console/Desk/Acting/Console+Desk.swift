import Desk
import Incidents
import Terminal
import Values

/// Looking at tickets: which ones, one of them whole, the incident that explains it, and why a clock is where it is.
extension Console {
  /// Asks the journal again when something else is looked at.
  mutating func deskIfMoved() -> [Effect] {
    var wanted = DeskQuestion(
      incident: screen == .incident ? incident.shown(world)?.key : world.leadIncident?.key)
    if screen == .tickets {
      let read = TicketFilter.read(tickets.filter, me: world.options.handle)
      var queue = DeskQuestion.Queue(read.filter, offset: tickets.offset, selected: tickets.key)
      queue.marked = tickets.marksElsewhere(world)
      // While it is being typed what is understood of it counts; then nothing is listed by what is no filter.
      if case .filter = shell.overlay {} else { queue.isUnread = !read.problems.isEmpty }
      wanted.queue = queue
    }
    guard shell.desk != wanted else { return [] }
    shell.desk = wanted
    return [.desk(wanted)]
  }

  func whyNoTicket(acting: Bool = true) -> String? {
    guard tickets.key != nil else { return "No ticket is selected." }
    guard acting, let ticket = tickets.target(world)?.ticket else { return nil }
    return ticket.mergedInto.map { "\(ticket.key) was merged into \($0); work on that one." }
  }

  /// Why something that is done to one ticket cannot be done now.
  var whyNotOneTicket: String? {
    if let reason = whyNoTicket() { return reason }
    let count = tickets.targets(world).count
    return count > 1 ? "\(count) tickets are marked; this is done to one at a time." : nil
  }

  mutating func openTicket(_ key: String) -> [Effect] {
    (tickets.isWhole, tickets.isReading, tickets.chosen, tickets.scrolled) = (true, false, key, nil)
    return go(to: .tickets)
  }

  mutating func openSelectedTicket() -> [Effect] {
    tickets.list.selected.map { openTicket($0) } ?? []
  }

  mutating func stepTicket(by count: Int) -> [Effect] {
    tickets.step(by: count, world, area: layout.stage)
    return []
  }

  /// The queue shows something else; what was marked is not marked in it.
  mutating func filterTickets(_ text: String) -> [Effect] {
    (tickets.filter, tickets.offset, tickets.jump) = (text, 0, nil)
    tickets.list = ListState()
    (tickets.isWhole, tickets.isReading, tickets.chosen) = (false, false, nil)
    return go(to: .tickets)
  }

  mutating func goToTicketsIncident() -> [Effect] {
    guard let key = ticketsIncident else { return [] }
    focus(on: key)
    return go(to: .incident)
  }

  /// The open one that explains the ticket, else the last that did.
  var ticketsIncident: String? {
    let all = tickets.item(world)?.ticket.incidents ?? []
    return all.last { world.ledger.incident($0)?.isOpen ?? false } ?? all.last
  }

  mutating func listIncidentsTickets() -> [Effect] {
    guard let key = incident.shown(world)?.key else { return [] }
    return filterTickets("incident:\(key)")
  }

  /// Every clock's ledger, line by line.
  mutating func openWhy(at now: Instant) -> [Effect] {
    guard let item = tickets.item(world), let clocks = item.clocks else { return [] }
    let ledgers = TicketClock.allCases.map { clocks.ledger(of: $0, at: now, most: 400) }
    let told = ledgers.filter { $0.target != nil }
    var lines: [(String, Style)] = []
    for ledger in told {
      if !lines.isEmpty { lines.append(("", .text)) }
      for (index, line) in ledger.lines().enumerated() { lines.append((line, index == 0 ? .strong : .text)) }
    }
    if lines.isEmpty {
      let severity = item.ticket.severity.rawValue
      lines = [("No clock is set for \(severity): its folder names no time for it.", .dim)]
    }
    return open(.page(TextPage(title: "why: the clocks of \(item.key)", lines: lines)))
  }

  // MARK: - Filters

  mutating func openFilters() -> [Effect] {
    let usual: [(String, String)] = [
      ("all open", ""), ("mine", "assignee:me"), ("nobody's", "is:unassigned"),
      ("waiting for us", "state:open,pending_support"), ("overdue", "is:overdue"), ("bad", "sev:<=2"),
    ]
    let saved = (world.desk?.filters ?? [:]).sorted { $0.key < $1.key }
    let options = (usual + saved.map { ($0.key, $0.value) }).map { name, text in
      Choice.Option(
        id: text, label: name, detail: text.isEmpty ? "what is not over, breach first" : text,
        isCurrent: text == tickets.filter)
    }
    let here = options.firstIndex(where: \.isCurrent) ?? 0
    return open(.choice(Choice(.desk(.filter), title: "which tickets?", options: options, selected: here)))
  }

  mutating func openForgetting() -> [Effect] {
    let options = (world.desk?.filters ?? [:]).sorted { $0.key < $1.key }.map {
      Choice.Option(id: $0.key, label: $0.key, detail: $0.value)
    }
    return open(.choice(Choice(.desk(.forgetFilter), title: "forget which filter?", options: options)))
  }

  mutating func saveFilter(_ name: String) -> [Effect] {
    perform(
      SaveFilter(name, filter: tickets.filter), on: "filters", done: "saved as \(name); f lists it",
      closing: true)
  }
}

extension Console {
  var whyNoLinkedTickets: String? {
    guard let key = incident.shown(world)?.key, world.impact(of: key) == nil else { return nil }
    return "No ticket is linked to \(key); L on a ticket links it."
  }
}
