import Incidents
import Values

/// Does an act on incidents, and what it means for the tickets linked to them, in one: resolving an incident lets
/// clocks go on that stood still for it, reopening stops them again, and the tickets of one that is merged are
/// linked to the one that goes on.
///
/// Throws ``UnknownZones`` for a zone that it was neither given nor told to be missing.
package struct CarryTickets<Inner: Act>: ZonedAct {
  package var inner: Inner
  package var zones: [String: Zone]
  package var missing: Set<String>

  package init(_ inner: Inner, zones: [String: Zone], missing: Set<String> = []) {
    self.inner = inner
    self.zones = zones
    self.missing = missing
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    var decision = try inner.decide(by: actor, at: now, in: record)
    for entry in decision.append {
      guard let incident = entry.incident, let change = Change(entry.fact) else { continue }
      for key in try record.keys(Self.linked(to: incident)) {
        guard let ticket = try record.entity(Ticket.self, key) else { continue }
        let entries = try self.entries(change, of: incident, on: ticket, at: now, in: record)
        do {
          decision.append += try ticket.settled(entries, zones: zones, by: actor, at: now)
        } catch let unknown as UnknownZones {
          // An incident is not held up by a calendar that nobody has; that it is not is written down.
          guard missing.isSuperset(of: unknown.names) else { throw unknown }
          let known = zones.merging(unknown.names.map { ($0, .utc) }) { one, _ in one }
          let told = entries.map { Self.telling($0, unknown.inUTC) }
          decision.append += try ticket.settled(told, zones: known, by: actor, at: now)
        }
      }
    }
    return decision
  }

  /// The same with why its clocks may be wrong.
  private static func telling(_ entry: Entry, _ why: String) -> Entry {
    var entry = entry
    if let fact = entry.fact as? TicketResumed { entry.fact = TicketResumed(why: fact.why, reason: why) }
    if let fact = entry.fact as? TicketPaused { entry.fact = TicketPaused(why: fact.why, reason: why) }
    return entry
  }

  private static func linked(to incident: String) -> IndexQuery<Ticket> {
    IndexQuery(.compare(.incidents, .equal, .text(incident)), order: [.ascending(.number)])
  }

  private func entries(
    _ change: Change, of incident: String, on ticket: Ticket, at now: Instant, in record: some Record
  ) throws -> [Entry] {
    let isHeld = ticket.holds.contains(incident)
    let resumed = Entry(TicketResumed(why: incident, reason: nil), at: now, ticket: ticket.key)
    switch change {
    case .ends: return isHeld ? [resumed] : []
    case .reopens:
      guard !isHeld, ticket.isOpen, ticket.pausesForIncidents else { return [] }
      return [Entry(TicketPaused(why: incident, reason: nil), at: now, ticket: ticket.key)]
    case .mergesInto(let other):
      var entries: [Entry] = []
      if !ticket.incidents.contains(other), let goesOn = try record.entity(Incident.self, other) {
        entries = ticket.linking(to: goesOn, at: now)
      }
      return entries + (isHeld ? [resumed] : [])
    }
  }
}

/// What happened to an incident, as far as its tickets care.
private enum Change {
  case ends, reopens
  case mergesInto(String)

  init?(_ fact: any Fact) {
    if let status = fact as? IncidentStatusChanged {
      self = status.to == .resolved ? .ends : .reopens
    } else if let link = fact as? IncidentLinked, link.as == .merged, link.incoming != true {
      self = .mergesInto(link.to)
    } else if let link = fact as? IncidentUnlinked, link.as == .merged, link.incoming != true {
      self = .reopens
    } else {
      return nil
    }
  }
}
