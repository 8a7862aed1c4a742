import Incidents

/// A way to tell somebody outside: one file a kind, one line in ``DeliveryKinds``.
package protocol DeliveryKind: Sendable {
  /// The key under `deliveries:` in a `system.yaml`.
  static var name: String { get }
  /// Whether what may have arrived can go again, because the destination knows it by its key.
  static var knowsItsKey: Bool { get }
  /// What goes there, whole. Throws why it cannot.
  static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict
}
