import Incidents
import Values

/// The engine says that it is about to send: committed before the network is touched, so that whoever comes after it
/// knows what may have gone out.
package struct ClaimDelivery: Act {
  package var delivery: String
  /// Of the engine that claims; the journal checks it as well.
  package var epoch: Int64

  package init(_ delivery: String, epoch: Int64) {
    self.delivery = delivery
    self.epoch = epoch
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.delivery(delivery)
    guard let due = state.due, due <= now else {
      throw Refusal("\(delivery) is \(state.state.rawValue) and not to be sent now.")
    }
    return state.decision(DeliveryClaimed(delivery: delivery, epoch: epoch), at: now, to: .claimed)
  }
}

/// The engine says what came of it.
package struct FinishDelivery: Act {
  package var delivery: String
  package var epoch: Int64
  package var verdict: DeliveryVerdict
  package var policy: RetryPolicy

  package init(
    _ delivery: String, epoch: Int64, _ verdict: DeliveryVerdict, policy: RetryPolicy = RetryPolicy()
  ) {
    self.delivery = delivery
    self.epoch = epoch
    self.verdict = verdict
    self.policy = policy
  }

  /// What was stopped before it was claimed is judged too; what a person closed meanwhile stays closed, unless it did
  /// arrive.
  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.delivery(delivery)
    let isOurs = state.state == .claimed && state.epoch == epoch
    if case .sent(let receipt, let remoteID) = verdict, isOurs || state.state == .copied {
      let fact = DeliverySent(delivery: delivery, receipt: receipt, remoteID: remoteID)
      return state.decision(fact, at: now, to: .sent)
    }
    guard isOurs || state.due != nil else { return Decision() }
    let tries = state.tries + (isOurs ? 0 : 1)
    switch verdict {
    case .sent: return Decision()
    case .again(let reason, let after):
      return again(state, reason, after: after, tries: tries, at: now)
    case .failed(let reason):
      return state.decision(
        DeliveryFailed(delivery: delivery, reason: reason, retryAt: nil), at: now, to: .failed)
    case .unknown(let reason):
      if state.knowsItsKey, let pause = policy.pause(after: tries, key: delivery) {
        let fact = DeliveryFailed(delivery: delivery, reason: reason, retryAt: now + pause)
        return state.decision(fact, at: now, to: .failed)
      }
      return state.decision(DeliveryUnknown(delivery: delivery, reason: reason), at: now, to: .unknown)
    }
  }

  private func again(
    _ state: DeliveryRecord, _ reason: String, after: Span?, tries: Int, at now: Instant
  ) -> Decision {
    let pause = policy.pause(after: tries, key: delivery, asked: after)
    let reason = pause == nil ? "\(reason); given up after \(tries) tries" : reason
    let fact = DeliveryFailed(delivery: delivery, reason: reason, retryAt: pause.map { now + $0 })
    return state.decision(fact, at: now, to: .failed)
  }
}

/// The engine finds what another one was sending when it ended.
package struct AbandonClaim: Act {
  package var delivery: String
  /// Of the engine that finds it.
  package var epoch: Int64

  package init(_ delivery: String, epoch: Int64) {
    self.delivery = delivery
    self.epoch = epoch
  }

  /// It goes again by itself only where the destination knows it by its key.
  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.delivery(delivery)
    guard state.state == .claimed, let claimed = state.epoch, claimed < epoch else { return Decision() }
    guard state.knowsItsKey else {
      let reason = "The process that was sending it ended before it could say whether it arrived"
      return state.decision(DeliveryUnknown(delivery: delivery, reason: reason), at: now, to: .unknown)
    }
    let reason = "The process that was sending it ended; it goes again under the same key"
    return state.decision(
      DeliveryFailed(delivery: delivery, reason: reason, retryAt: now), at: now, to: .failed)
  }
}
