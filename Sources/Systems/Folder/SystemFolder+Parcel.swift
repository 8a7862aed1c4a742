import Comms
import Incidents
import Values

extension SystemFolder {
  /// What a message to one of the folder's deliveries goes out as: shown first, then queued as it is.
  ///
  /// - Parameters:
  ///   - name: the name under `deliveries`.
  ///   - draft: `D-3`, when it is an update.
  /// - Throws: why it cannot go there, as a sentence.
  package func parcel(
    of message: DeliveryMessage, to name: String, draft: String? = nil
  ) throws(Refusal) -> Parcel {
    guard let delivery = deliveries.first(where: { $0.name == name }),
      let kind = DeliveryKinds.named(delivery.kind)
    else {
      throw Refusal("\(Inert.terminal(self.name)) has no delivery \(Inert.terminal(name)).")
    }
    guard !delivery.isOff else { throw Refusal("\(Inert.terminal(name)) is off: it has no address.") }
    return try Parcel(message, to: delivery.destination, by: kind, draft: draft, digest: Self.digest)
  }

  /// What alerts the folder lets go by themselves; nil when none.
  package var pagePlan: PagePlan? {
    let pagers = deliveries.compactMap { delivery in
      delivery.isOff ? nil : delivery.on.map { PagePlan.Pager(to: delivery.name, level: $0) }
    }
    return pagers.isEmpty ? nil : PagePlan(system: name, pagers: pagers, digest: Self.digest)
  }

  private static let digest: @Sendable ([UInt8]) -> String = { bytes in
    HexDigest.of(bytes)
  }
}
