import Incidents
import Values

/// Links a ticket to the incident that explains it; where the folder says so its clocks stand still until that
/// incident is resolved.
package struct LinkTicket: Act {
  package var ticket: String
  package var incident: String
  package var hand: DeskHand

  package init(_ ticket: String, to incident: String, hand: DeskHand) {
    self.ticket = ticket
    self.incident = incident
    self.hand = hand
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.unmergedTicket(ticket)
    guard let other = try record.entity(Incident.self, incident), other.declared != nil else {
      throw Refusal("There is no incident \(Inert.terminal(incident)); `midwatch incident list` shows them.")
    }
    if let merger = other.merger {
      throw Refusal("\(incident) was merged into \(merger.to); link \(ticket) to \(merger.to).")
    }
    guard !state.incidents.contains(incident) else {
      throw Refusal("\(ticket) is linked to \(incident) already.")
    }
    _ = try hand.outside(.link)
    var entries = [
      Entry(
        TicketLinked(
          to: incident, subject: state.subject, tenant: state.tenant, severity: state.severity, clocks: nil),
        at: now, incident: incident, ticket: ticket)
    ]
    if other.isOpen, state.plan?.pauses.contains("incident") ?? false {
      entries.append(
        Entry(TicketPaused(why: incident, reason: other.title, clocks: nil), at: now, ticket: ticket))
    }
    return Decision(append: try state.settled(entries, zones: hand.zones, by: actor, at: now))
  }
}

/// Takes a link to an incident back; clocks that stood still for it go on.
package struct UnlinkTicket: Act {
  package var ticket: String
  package var incident: String
  package var reason: String?
  package var hand: DeskHand

  package init(_ ticket: String, from incident: String, reason: String? = nil, hand: DeskHand) {
    self.ticket = ticket
    self.incident = incident
    self.reason = reason
    self.hand = hand
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.unmergedTicket(ticket)
    guard state.incidents.contains(incident) else {
      throw Refusal("\(ticket) is not linked to \(Inert.terminal(incident)).")
    }
    var entries = [
      Entry(
        TicketUnlinked(to: incident, reason: reason.words, clocks: nil), at: now, incident: incident,
        ticket: ticket)
    ]
    if state.holds.contains(incident) {
      entries.append(
        Entry(TicketResumed(why: incident, reason: reason.words, clocks: nil), at: now, ticket: ticket))
    }
    return Decision(append: try state.settled(entries, zones: hand.zones, by: actor, at: now))
  }
}

/// Does an act on incidents, and what it means for the tickets linked to them, in one: resolving or merging an
/// incident lets clocks go on that stood still for it, reopening stops them again.
package struct CarryTickets<Inner: Act>: Act {
  package var inner: Inner
  package var zones: [String: Zone]

  package init(_ inner: Inner, zones: [String: Zone]) {
    self.inner = inner
    self.zones = zones
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    var decision = try inner.decide(by: actor, at: now, in: record)
    for entry in decision.append {
      guard let incident = entry.incident else { continue }
      if let status = entry.fact as? IncidentStatusChanged {
        try carry(incident, isOpen: status.to != .resolved, by: actor, at: now, in: record, to: &decision)
      } else if let link = entry.fact as? IncidentLinked, link.as == .merged, link.incoming != true {
        try carry(incident, isOpen: false, by: actor, at: now, in: record, to: &decision)
      }
    }
    return decision
  }

  private func carry(
    _ incident: String, isOpen: Bool, by actor: Actor, at now: Instant, in record: some Record,
    to decision: inout Decision
  ) throws {
    let linked = IndexQuery<Ticket>(
      .compare(.incidents, .equal, .text(incident)), order: [.ascending(.number)])
    for key in try record.keys(linked) {
      guard let ticket = try record.entity(Ticket.self, key), ticket.mergedInto == nil, ticket.state.isOpen,
        ticket.plan?.pauses.contains("incident") ?? false, ticket.holds.contains(incident) == !isOpen
      else { continue }
      let fact: any ClockedFact =
        isOpen
        ? TicketPaused(why: incident, reason: nil, clocks: nil)
        : TicketResumed(why: incident, reason: nil, clocks: nil)
      decision.append += try ticket.settled(
        [Entry(fact, at: now, ticket: key)], zones: zones, by: actor, at: now)
    }
  }
}
