import Incidents
import Values

/// Something is to go out. Its payload lies in the outbox under `to` and `key`, and here by digest.
package struct DeliveryQueued: Fact {
  package static let kind = "delivery.queued"
  /// Names it in the events that follow.
  package let delivery: String
  package let system: String
  /// The name under `deliveries`.
  package let to: String
  /// The kind of delivery, such as `slack`.
  package let how: String
  /// Where it goes, as it may be shown.
  package let destination: String
  package let key: String
  package let occasion: DeliveryMessage.Occasion
  /// What it is about, when it is an update.
  package let draft: String?
  /// What it is about, when it goes by itself.
  package let alert: AlertIdentity?
  /// When that alert's condition began to hold.
  package let activeAt: Instant?
  /// SHA-256 of the payload as it was shown; lower-case hex.
  package let payloadDigest: String
  /// Whether the destination knows it by its key, so that it may go again when its outcome is unknown.
  package let knowsItsKey: Bool
}

/// An engine is about to touch the network for it.
package struct DeliveryClaimed: Fact {
  package static let kind = "delivery.claimed"
  package let delivery: String
  package let epoch: Int64
}

package struct DeliverySent: Fact {
  package static let kind = "delivery.sent"
  package let delivery: String
  /// What the destination answered, in a line.
  package let receipt: String
  /// What the destination calls it, for the next delivery about the same incident.
  package let remoteID: String?

  private enum CodingKeys: String, CodingKey {
    case delivery, receipt
    // What comes back from snake case.
    case remoteID = "remoteId"
  }
}

/// It did not go; it is tried again at `retryAt`, or never.
package struct DeliveryFailed: Fact {
  package static let kind = "delivery.failed"
  package let delivery: String
  package let reason: String
  package let retryAt: Instant?
}

/// Nobody can tell whether it arrived; a person decides.
package struct DeliveryUnknown: Fact {
  package static let kind = "delivery.unknown"
  package let delivery: String
  package let reason: String
}

/// A person has it tried again, now.
package struct DeliveryRetried: Fact {
  package static let kind = "delivery.retried"
  package let delivery: String
}

/// A person took it there by hand, or says that it is settled.
package struct DeliveryCopied: Fact {
  package static let kind = "delivery.copied"
  package let delivery: String
  package let reason: String?
  /// What the destination calls it, if whoever closed it says so.
  package let remoteID: String?

  private enum CodingKeys: String, CodingKey {
    case delivery, reason
    case remoteID = "remoteId"
  }
}
