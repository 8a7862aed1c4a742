import Comms
import Desk
import Incidents
import Values

/// Writes down that the desk was told of clocks, and queues what tells it, in one commit: what is in the journal was
/// told, and nothing else. Left out is what somebody did something about in the meantime; a message that lies in the outbox
/// already is not queued again, so that several of these can share one.
struct RemindTickets: Act {
  var reminders: [TicketReminder]
  /// What tells them, and which tickets that is about.
  var parcels: [(parcel: Parcel, tickets: Set<String>)]
  /// Rather than each by itself.
  var areCounted: Set<String>
  /// By name.
  var zones: [String: Zone]

  func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    var append: [Entry] = []
    var told: Set<String> = []
    for (key, wanted) in Dictionary(grouping: reminders, by: \.ticket).sorted(by: { $0.key < $1.key }) {
      guard let ticket = try record.entity(Ticket.self, key) else { continue }
      let due = ticket.reminders(at: now, zones: zones).now.filter { wanted.contains($0) }
      let to = parcels.filter { $0.tickets.contains(key) }.map(\.parcel.to)
      var facts = due.map { one in
        TicketReminded(
          clock: one.clock, due: one.due, occasion: one.occasion, severity: one.severity,
          to: to.isEmpty ? nil : to, counted: areCounted.contains(key) ? true : nil)
      }
      guard !facts.isEmpty else { continue }
      told.insert(key)
      // What was written before anybody worked reminders out has them from here on.
      if ticket.unknownZones(zones: zones) == nil {
        let dues = ticket.dues(zones: zones, at: now)
        if dues != ticket.clocks { facts[facts.count - 1].clocks = dues }
      }
      append += facts.map { Entry($0, at: now, ticket: key) }
    }
    guard !told.isEmpty else { return Decision() }
    var decision = Decision(append: append)
    let wanted = parcels.filter { !$0.tickets.isDisjoint(with: told) }.map(\.parcel)
    let queued = try QueueDelivery(wanted).decide(by: actor, at: now, in: record)
    decision.append += queued.append
    decision.send += queued.send
    return decision
  }
}
