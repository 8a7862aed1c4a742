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
    let entries = state.linking(to: other, outsideRoles: try hand.outside(.link), at: now)
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
    let outside = try hand.outside(.link)
    var entries = [
      Entry(
        TicketUnlinked(to: incident, reason: reason.words, outsideRoles: outside), at: now,
        incident: incident, ticket: ticket)
    ]
    if state.holds.contains(incident) {
      entries.append(
        Entry(TicketResumed(why: incident, reason: reason.words), at: now, ticket: ticket))
    }
    return Decision(append: try state.settled(entries, zones: hand.zones, by: actor, at: now))
  }
}

extension Ticket {
  /// Whether its folder lets clocks stand still while an incident that explains it is open.
  var pausesForIncidents: Bool { plan?.pauses.contains("incident") ?? false }

  /// What says that it has to do with the incident, and stops its clocks where they are to stand still.
  func linking(to other: Incident, outsideRoles: Bool? = nil, at now: Instant) -> [Entry] {
    var entries = [
      Entry(
        TicketLinked(
          to: other.key, subject: subject, tenant: tenant, severity: severity, outsideRoles: outsideRoles),
        at: now, incident: other.key, ticket: key)
    ]
    if other.isOpen, pausesForIncidents {
      entries.append(Entry(TicketPaused(why: other.key, reason: other.title), at: now, ticket: key))
    }
    return entries
  }
}
