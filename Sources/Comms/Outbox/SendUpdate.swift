import Incidents
import Values

/// Says that a draft goes out as it is, and queues it for each of its destinations, in one commit: an update that is
/// said to be sent lies in the outbox, and what lies there was said to be sent.
package struct SendUpdate: Act {
  /// What is said, and what it is checked against; where it goes, and how, follows from ``parcels``.
  package var update: MarkSent
  package var parcels: [Parcel]

  /// - Parameter update: its destinations are those to which a hand takes it besides; empty for none.
  package init(_ update: MarkSent, parcels: [Parcel]) {
    self.update = update
    self.parcels = parcels
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard let first = parcels.first else { throw Refusal("\(update.draft) has no destination to go to.") }
    let incident = try record.openDraft(update.draft).incident
    guard parcels.allSatisfy({ $0.draft == update.draft && $0.incident == incident }) else {
      throw Refusal(
        "What is to go to \(Inert.terminal(first.to)) was made from another draft; make it again.")
    }
    var sent = update
    sent.how = .delivery
    sent.destinations = parcels.map(\.place) + update.destinations
    var decision = try sent.decide(by: actor, at: now, in: record)
    let queued = try QueueDelivery(parcels).decide(by: actor, at: now, in: record)
    decision.append += queued.append
    decision.send += queued.send
    return decision
  }
}
