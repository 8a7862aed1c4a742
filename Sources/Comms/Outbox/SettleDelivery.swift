import Incidents
import Values

/// A person has a delivery tried again: one that failed, or waits, or of which nobody knows whether it arrived.
package struct RetryDelivery: Act {
  package var delivery: String

  package init(_ delivery: String) {
    self.delivery = delivery
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.delivery(delivery)
    switch state.state {
    case .failed, .unknown:
      return state.decision(DeliveryRetried(delivery: delivery), at: now, to: .queued)
    case .queued: throw Refusal("\(delivery) waits to be sent already.")
    case .claimed: throw Refusal("\(delivery) is being sent.")
    case .sent: throw Refusal("\(delivery) was sent at \(state.changedAt?.minuteUTC ?? "an unknown time").")
    case .copied: throw Refusal("\(delivery) was closed by \(state.settledBy ?? "somebody").")
    }
  }
}

/// A person closes a delivery: it was taken there by hand, or need not go any more.
package struct SettleDelivery: Act {
  package var delivery: String
  package var reason: String?
  /// What the destination calls the incident: what follows changes that one, and makes no other.
  package var remoteID: String?

  package init(_ delivery: String, reason: String? = nil, remoteID: String? = nil) {
    self.delivery = delivery
    self.reason = reason
    self.remoteID = remoteID
  }

  /// One that is being sent can be closed, too: whoever sends it may hang, or be gone.
  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.delivery(delivery)
    switch state.state {
    case .queued, .claimed, .failed, .unknown:
      return state.decision(
        DeliveryCopied(delivery: delivery, reason: reason, remoteID: remoteID), at: now, to: .copied)
    case .sent: throw Refusal("\(delivery) was sent at \(state.changedAt?.minuteUTC ?? "an unknown time").")
    case .copied: throw Refusal("\(delivery) was closed by \(state.settledBy ?? "somebody").")
    }
  }
}
