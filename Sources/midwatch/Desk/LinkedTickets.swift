import Desk
import Host
import Incidents
import Journal
import Values

/// What acts on incidents mean for the tickets that are linked to them.
enum LinkedTickets {
  /// The act, and in the same transaction what it does to tickets of these incidents.
  static func carrying(_ act: some Act, of incidents: [String], in journal: Journal) throws -> any Act {
    var zones: [String: Zone] = [:]
    var missing: Set<String> = []
    for incident in incidents {
      let linked = IndexQuery<Ticket>(.compare(.incidents, .equal, .text(incident)))
      for name in Set(try journal.entities(linked).flatMap { $0.plan?.zones ?? [] }) where zones[name] == nil
      {
        zones[name] = ZoneReader.zone(name)
        if zones[name] == nil { missing.insert(name) }
      }
    }
    for name in missing.sorted() {
      Standard.error(
        "This host has no rules of \(Inert.terminal(name)), so that hours of linked tickets that name it count in UTC; "
          + "install tzdata.")
    }
    return CarryTickets(act, zones: zones, missing: missing)
  }

  /// On standard error: whom a resolved incident owes an answer.
  static func proposeReplies(after events: [Event], in journal: Journal) throws {
    for event in events {
      guard let incident = event.incident, event.fact(IncidentStatusChanged.self)?.to == .resolved else {
        continue
      }
      let impact = CustomerImpact(try journal.rows(CustomerImpact.query(of: incident)).rows)
      guard impact.open > 0, let sentence = impact.sentence else { continue }
      Standard.plainError(
        Inert.terminal(
          "\(incident) has \(sentence). Tell them: midwatch ticket reply --incident \(incident) --template solved"
        ))
      TicketAnnouncement.propose(impact, of: incident)
    }
  }

  /// Links the ticket of ours that an incident was declared from; another house's number stays what it is.
  ///
  /// - Returns: what was written, nothing where it is none of ours.
  static func link(
    _ text: String, to incident: String, options: TicketOptions, in journal: Journal, at now: Instant
  ) throws -> [Event] {
    let desk = try TicketDesk(options, journal: journal, at: now)
    let key = TicketOptions.key(text)
    guard let ticket = try journal.entity(Ticket.self, key: key), ticket.opened != nil else { return [] }
    let act = LinkTicket(key, to: incident, hand: desk.hand(for: ticket))
    return try journal.perform(act, by: desk.actor, at: now)
  }
}
