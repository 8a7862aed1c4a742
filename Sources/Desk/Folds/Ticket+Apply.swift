import Incidents
import Values

/// What each event does to its ticket.
extension Ticket {
  package static func keys(of event: Event) -> [String] {
    event.ticket.map { [$0] } ?? []
  }

  package mutating func apply(_ event: Event) {
    switch event.kind {
    case TicketOpened.kind: applyOpened(event)
    case TicketCommented.kind: applyComment(event)
    case TicketChanged.kind: applyChanged(event)
    case TicketPaused.kind: applyPause(event)
    case TicketResumed.kind: applyResumption(event)
    case TicketClockMet.kind:
      guard let fact = event.fact(TicketClockMet.self) else { return }
      history?.met[fact.clock] = event.occurred
      clocks = fact.clocks ?? clocks
    case TicketLinked.kind, TicketUnlinked.kind: applyLink(event)
    case TicketMerged.kind, TicketUnmerged.kind: applyMerge(event)
    case TicketSplit.kind:
      guard let fact = event.fact(TicketSplit.self) else { return }
      parts.append(fact.to)
    case TicketSynced.kind:
      applySync(event)
      return
    case TicketReminded.kind:
      // Nobody did anything to it.
      guard let fact = event.fact(TicketReminded.self) else { return }
      reminded[fact.clock, default: [:]][fact.occasion.rawValue] = event.occurred
      clocks = fact.clocks ?? clocks
      return
    default: return
    }
    touched = max(touched ?? event.occurred, event.occurred)
  }

  private mutating func applyOpened(_ event: Event) {
    guard opened == nil, let fact = event.fact(TicketOpened.self) else { return }
    opened = fact
    openedAt = event.occurred
    openedBy = event.actor.handle
    subject = fact.subject
    tenant = fact.tenant
    priority = fact.priority
    severity = fact.severity
    state = fact.state
    stateSince = event.occurred
    stateBy = event.actor.handle
    tags = fact.tags
    assignee = fact.assignee
    comments = 1
    lastComment = LastComment(by: fact.requester, at: event.occurred, isCustomer: true, isPublic: true)
    history = ClockHistory(started: event.occurred, severity: fact.severity)
    stand(in: fact.state, at: event.occurred)
    clocks = fact.clocks ?? []
  }

  private mutating func applyComment(_ event: Event) {
    guard let fact = event.fact(TicketCommented.self) else { return }
    comments += 1
    if let id = fact.external { commentIDs.insert(id) }
    owe(fact, event)
    // What comes from another house may be older than what stands here.
    if lastComment.map({ $0.at <= event.occurred }) ?? true {
      lastComment = LastComment(
        by: fact.customer ?? fact.author ?? event.actor.handle, at: event.occurred,
        isCustomer: fact.customer != nil, isPublic: fact.isPublic)
      if fact.isPublic { isCustomersTurn = fact.customer == nil }
    }
    if fact.isPublic, fact.customer == nil {
      replied = max(replied ?? event.occurred, event.occurred)
      if answered == nil {
        answered = event.occurred
        history?.met["respond"] = event.occurred
      }
    }
    clocks = fact.clocks ?? clocks
  }

  private mutating func applyChanged(_ event: Event) {
    guard let fact = event.fact(TicketChanged.self) else { return }
    subject = fact.subject ?? subject
    priority = fact.priority ?? priority
    tags = fact.tags ?? tags
    if let assignee = fact.assignee { self.assignee = assignee.isEmpty ? nil : assignee }
    if let tenant = fact.tenant { self.tenant = tenant.isEmpty ? nil : tenant }
    if let severity = fact.severity {
      self.severity = severity
      history?.changeSeverity(to: severity, at: event.occurred)
    }
    if let to = fact.state, to != state {
      history?.resume(from: state.rawValue, at: event.occurred)
      if to.isOpen {
        for clock in endedClocks { history?.met[clock] = nil }
        endedClocks = []
      }
      state = to
      stateSince = event.occurred
      stateBy = event.actor.handle
      stand(in: to, at: event.occurred)
    }
    clocks = fact.clocks ?? clocks
    owe(fact, event)
  }

  /// Clocks stand still in the states that the plan names, and once it is over: what is solved was mitigated,
  /// and closing what is solved moves nothing.
  private mutating func stand(in state: TicketState, at now: Instant) {
    if !state.isOpen {
      for clock in [TicketClock.mitigate, .resolve] where met[clock.rawValue] == nil {
        history?.met[clock.rawValue] = now
        endedClocks.insert(clock.rawValue)
      }
      history?.pause(for: state.rawValue, at: now)
    } else if plan?.pauses.contains(state.rawValue) ?? false {
      history?.pause(for: state.rawValue, at: now)
    }
  }

  private mutating func applyPause(_ event: Event) {
    guard let fact = event.fact(TicketPaused.self) else { return }
    if !holds.contains(fact.why) {
      holds.append(fact.why)
      history?.pause(for: fact.why, at: event.occurred)
    }
    clocks = fact.clocks ?? clocks
  }

  private mutating func applyResumption(_ event: Event) {
    guard let fact = event.fact(TicketResumed.self) else { return }
    holds.removeAll { $0 == fact.why }
    history?.resume(from: fact.why, at: event.occurred)
    clocks = fact.clocks ?? clocks
  }

  private mutating func applyLink(_ event: Event) {
    if let fact = event.fact(TicketLinked.self) {
      if !incidents.contains(fact.to) { incidents.append(fact.to) }
      clocks = fact.clocks ?? clocks
    } else if let fact = event.fact(TicketUnlinked.self) {
      incidents.removeAll { $0 == fact.to }
      clocks = fact.clocks ?? clocks
    }
  }

  private mutating func applyMerge(_ event: Event) {
    if let fact = event.fact(TicketMerged.self) {
      if fact.incoming == true {
        absorbed.append(fact.to)
        if let taken = fact.taken {
          self.taken[fact.to] = Taken(at: event.occurred, from: taken)
          count()
        }
      } else {
        mergedInto = fact.to
      }
      clocks = fact.clocks ?? clocks
    } else if let fact = event.fact(TicketUnmerged.self) {
      if fact.incoming == true {
        absorbed.removeAll { $0 == fact.to }
        if taken.removeValue(forKey: fact.to) != nil { count() }
      } else {
        mergedInto = nil
      }
      clocks = fact.clocks ?? clocks
    }
  }

  /// Its clocks count from its own start, or from that of the earliest that was merged into it.
  private mutating func count() {
    guard let own = openedAt else { return }
    let earlier = taken.values.compactMap(\.from.counts).min { $0.started < $1.started }
    history?.begin(at: min(own, earlier?.started ?? own), pausing: earlier?.pauses ?? [], before: own)
  }
}
