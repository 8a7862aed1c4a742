import Incidents
import Values

/// Queues what is to go out. The engine's go once: what is queued already is left as it is, so that a takeover doubles
/// nothing.
package struct QueueDelivery: Act {
  package var parcels: [Parcel]

  package init(_ parcels: [Parcel]) {
    self.parcels = parcels
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    var decision = Decision()
    var names: Set<String> = []
    for parcel in parcels {
      if !names.insert(parcel.name).inserted {
        throw Refusal("\(Inert.terminal(parcel.place)) is named twice; name it once.")
      }
      if let known = try record.entity(DeliveryRecord.self, parcel.name), let at = known.queuedAt {
        if actor.isEngine { continue }
        throw Refusal(
          "\(Inert.terminal(parcel.name)) was queued by \(known.queuedBy) at \(at.minuteUTC); have it tried again instead."
        )
      }
      decision.append.append(Entry(parcel.entry, at: now, incident: parcel.incident, ticket: parcel.ticket))
      decision.send.append(parcel.outgoing)
    }
    return decision
  }
}
