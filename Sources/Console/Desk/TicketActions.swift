import Terminal

extension ActionTable {
  /// Screen 6.
  static let ticketActions: [Action] = queueActions + ticketTextActions + deskActions

  private static let queueActions: [Action] = [
    Action(
      id: "ticket-open", keys: [.enter], title: "Show the ticket on the whole screen", hint: "whole",
      scope: .pane(.ticketQueue), rank: 8,
      unavailable: { $0.whyNoTicket(acting: false) },
      run: { console, _ in console.openSelectedTicket() }),
    Action(
      id: "ticket-mark", keys: [.character(" ")],
      title: "Mark the ticket, or take the mark off: acts are on all marked",
      hint: "mark", scope: .pane(.ticketQueue), rank: 46,
      unavailable: { $0.whyNoTicket(acting: false) },
      run: { console, _ in
        console.tickets.list.toggleMark()
        return console.stepTicket(by: 1)
      }),
    Action(
      id: "ticket-unmark", keys: [], title: "Take all marks off", hint: nil, scope: .screen(.tickets),
      unavailable: { $0.tickets.list.marked.isEmpty ? "No ticket is marked." : nil },
      run: { console, _ in
        console.tickets.list.clearMarks()
        return []
      }),
  ]

  private static let ticketTextActions: [Action] = [
    Action(
      id: "ticket-close", keys: [.enter], title: "Back to the queue", hint: "queue",
      scope: .pane(.ticketText),
      rank: 45,
      run: { console, _ in
        _ = console.tickets.leave()
        return []
      })
  ]

  private static let deskActions: [Action] = [
    Action(
      id: "ticket-assign", keys: [.character("a")], title: "Assign the ticket; you come first",
      hint: "assign",
      scope: .screen(.tickets), weight: .records, rank: 10,
      unavailable: { $0.whyNoTicket() }, run: { console, _ in console.openAssigning() }),
    Action(
      id: "ticket-comment", keys: [.character("c")],
      title: "Write a public reply; it is shown once more before it goes", hint: "comment (public)",
      scope: .screen(.tickets), weight: .outward, rank: 12,
      unavailable: { $0.whyNoTicket() }, run: { console, _ in console.openComment(isPublic: true) }),
    Action(
      id: "ticket-internal", keys: [.character("C")], title: "Write a comment that the customer does not see",
      hint: "internal", scope: .screen(.tickets), weight: .records, rank: 14,
      unavailable: { $0.whyNoTicket() }, run: { console, _ in console.openComment(isPublic: false) }),
    Action(
      id: "ticket-canned", keys: [.character("R")], title: "Reply with a template", hint: "canned",
      scope: .screen(.tickets), weight: .outward, rank: 40,
      unavailable: { $0.whyNoTicket() }, run: { console, _ in console.openCannedReplies() }),
    Action(
      id: "ticket-state", keys: [.character("S")], title: "Set the state: resolve, close, open again",
      hint: "state", scope: .screen(.tickets), weight: .records, rank: 16,
      unavailable: { $0.whyNoTicket() }, run: { console, _ in console.openTicketState() }),
    Action(
      id: "ticket-link", keys: [.character("L")],
      title: "Link to the incident that explains it, or take a link off",
      hint: "link to incident", scope: .screen(.tickets), weight: .records, rank: 18,
      unavailable: { $0.whyNoLink }, run: { console, _ in console.openTicketLinks() }),
    Action(
      id: "ticket-incident", keys: [.character("l")], title: "Go to the incident that explains it",
      hint: "incident",
      scope: .screen(.tickets), rank: 30,
      unavailable: {
        $0.whyNoTicket(acting: false)
          ?? ($0.ticketsIncident == nil ? "It is linked to no incident; L links it." : nil)
      },
      run: { console, _ in console.goToTicketsIncident() }),
    Action(
      id: "ticket-severity", keys: [.character("v")], title: "Set the severity, which sets the clocks",
      hint: "severity", scope: .screen(.tickets), weight: .records, rank: 20,
      unavailable: { $0.whyNoTicket() }, run: { console, _ in console.openTicketSeverity() }),
    Action(
      id: "ticket-why", keys: [.character("w")], title: "Show why its clocks are where they are", hint: "why",
      scope: .screen(.tickets), rank: 22,
      unavailable: { $0.whyNoTicket(acting: false) }, run: { console, now in console.openWhy(at: now) }),
    Action(
      id: "ticket-next", keys: [.character("J")], title: "The next ticket of the queue", hint: "next",
      scope: .screen(.tickets), rank: 47,
      unavailable: { $0.whyNoTicket(acting: false) }, run: { console, _ in console.stepTicket(by: 1) }),
    Action(
      id: "ticket-previous", keys: [.character("K")], title: "The ticket of the queue before", hint: nil,
      scope: .screen(.tickets),
      unavailable: { $0.whyNoTicket(acting: false) }, run: { console, _ in console.stepTicket(by: -1) }),
    Action(
      id: "ticket-mitigate", keys: [.character("b")], title: "Say that mitigation has begun", hint: "begun",
      scope: .screen(.tickets), weight: .records, rank: 42,
      unavailable: { $0.whyNoMitigation },
      run: { console, now in
        console.carryOut(
          DeskWork(change: .beginMitigation, tickets: console.tickets.targets(console.world)), at: now)
      }),
    Action(
      id: "ticket-pause", keys: [.character("P")],
      title: "Let the clocks stand still while a third party works, or go on", hint: nil,
      scope: .screen(.tickets), weight: .records,
      unavailable: { $0.whyNoTicket() }, run: { console, now in console.pauseOrResume(at: now) }),
    Action(
      id: "ticket-facts", keys: [.character("e")], title: "Say its subject, priority or tenant anew",
      hint: nil,
      scope: .screen(.tickets), weight: .records,
      unavailable: { $0.whyNotOneTicket }, run: { console, _ in console.openTicketFacts() }),
    Action(
      id: "ticket-attach", keys: [.character("@")],
      title: "Attach files by their paths; the customer sees none",
      hint: nil, scope: .screen(.tickets), weight: .records,
      unavailable: { $0.whyNoTicket() }, run: { console, _ in console.openAttaching() }),
    Action(
      id: "ticket-keep", keys: [.character("d")],
      title: "Decide what was changed here and in the other house", hint: nil,
      scope: .screen(.tickets), weight: .outward,
      unavailable: { $0.whyNoConflict }, run: { console, _ in console.openKeeping() }),
    Action(
      id: "ticket-tags", keys: [.character("t")], title: "Say its tags", hint: nil, scope: .screen(.tickets),
      weight: .records,
      unavailable: { $0.whyNoTicket() }, run: { console, _ in console.openTags() }),
    Action(
      id: "ticket-merge", keys: [.character("M")], title: "Merge it into another ticket", hint: nil,
      scope: .screen(.tickets), weight: .outward,
      unavailable: { $0.whyNoTicket() }, run: { console, _ in console.openMerging() }),
    Action(
      id: "ticket-intake", keys: [.character("o")], title: "Take a request in: a new ticket", hint: "new",
      scope: .screen(.tickets), weight: .records, rank: 44,
      run: { console, _ in console.openIntake() }),
    Action(
      id: "ticket-filters", keys: [.character("f")], title: "Choose which tickets are listed",
      hint: "filters",
      scope: .screen(.tickets), rank: 32,
      run: { console, _ in console.openFilters() }),
    Action(
      id: "ticket-save-filter", keys: [.character("F")], title: "Give the filter a name", hint: nil,
      scope: .screen(.tickets), weight: .records,
      unavailable: { $0.tickets.filter.isEmpty ? "There is no filter to save; / writes one." : nil },
      run: { console, _ in
        console.open(
          .line(
            LineEntry(
              .desk(.filterName), label: "name of / \(console.tickets.filter)", placeholder: "one word")))
      }),
    Action(
      id: "ticket-forget-filter", keys: [], title: "Forget a saved filter", hint: nil,
      scope: .screen(.tickets),
      weight: .records,
      unavailable: { $0.world.desk?.filters.isEmpty ?? true ? "No filter was saved." : nil },
      run: { console, _ in console.openForgetting() }),
    Action(
      id: "ticket-split", keys: [], title: "Split part of it off as a ticket of its own", hint: nil,
      scope: .screen(.tickets), weight: .records,
      unavailable: { $0.whyNotOneTicket }, run: { console, _ in console.openSplitting() }),
    Action(
      id: "ticket-unmerge", keys: [], title: "Take a merge back, with a reason", hint: nil,
      scope: .screen(.tickets), weight: .records,
      unavailable: {
        $0.tickets.item($0.world)?.ticket.mergedInto == nil ? "It was not merged into another." : nil
      },
      run: { console, _ in
        guard let key = console.tickets.key else { return [] }
        return console.open(
          .line(
            LineEntry(
              .desk(.unmerge(key)), label: "unmerge \(key)", placeholder: "why the two are two after all")))
      }),
  ]
}

extension Console {
  var whyNoMitigation: String? {
    if let reason = whyNoTicket() { return reason }
    guard let item = tickets.target(world) else { return nil }
    if item.ticket.met["mitigate"] != nil { return "Mitigation of \(item.key) has begun already." }
    return item.ticket.isOpen ? nil : "\(item.key) is \(item.ticket.state.rawValue)."
  }
}
