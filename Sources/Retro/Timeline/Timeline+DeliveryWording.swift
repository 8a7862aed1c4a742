import Comms
import Incidents
import Values

/// Lines about what goes out: how far it has come, and who has to look.
extension Timeline {
  static func deliveryWording(_ event: Event) -> Wording? {
    if let fact = event.fact(DeliveryQueued.self) {
      let reminder = fact.occasion == .reminded ? "a reminder of \(event.ticket ?? "tickets")" : nil
      let what =
        fact.draft ?? fact.alert.map { "\($0.rule) \(fact.occasion.rawValue)" } ?? reminder ?? "a text"
      return Wording(
        .plain, "→", "delivery",
        "\(what) queued for \(fact.system)/\(fact.to) (\(fact.how) \(fact.destination))")
    }
    if let fact = event.fact(DeliveryClaimed.self) {
      return Wording(.plain, "→", "delivery", "\(fact.delivery) is being sent")
    }
    if let fact = event.fact(DeliverySent.self) {
      return Wording(.good, "✓", "delivery", "\(fact.delivery) sent: \(fact.receipt)")
    }
    if let fact = event.fact(DeliveryFailed.self) {
      let next = fact.retryAt.map { "tried again at \($0.clockUTC)" } ?? "somebody must look"
      return Wording(
        fact.retryAt == nil ? .bad : .warn, fact.retryAt == nil ? "✖" : "▲", "delivery",
        "\(fact.delivery) failed, \(next): \(fact.reason)")
    }
    if let fact = event.fact(DeliveryUnknown.self) {
      return Wording(
        .unknown, "?", "delivery", "\(fact.delivery): nobody knows whether it arrived: \(fact.reason)")
    }
    if let fact = event.fact(DeliveryRetried.self) {
      return Wording(.plain, "→", "delivery", "\(fact.delivery) is tried again")
    }
    if let fact = event.fact(DeliveryCopied.self) {
      let reason = fact.reason.map { ": \($0)" } ?? ""
      return Wording(.good, "✓", "delivery", "\(fact.delivery) closed by hand\(reason)")
    }
    return nil
  }
}
