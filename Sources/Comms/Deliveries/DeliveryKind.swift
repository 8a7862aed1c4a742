import Incidents

/// A way to tell somebody outside: one file a kind, one line in ``DeliveryKinds``.
package protocol DeliveryKind: Sendable {
  /// The key under `deliveries:` in a `system.yaml`.
  static var name: String { get }
  /// Whether what may have arrived can go again, because the destination knows it by its key.
  static var knowsItsKey: Bool { get }
  /// What stands behind that key.
  static var place: DeliveryPlace { get }
  /// What may stand beside it.
  static var keys: DeliveryKeys { get }
  /// What of these must.
  static var requiredKeys: DeliveryKeys { get }
  /// How long a subject and a text it takes.
  static var limits: DeliveryLimits { get }
  /// What goes there, whole. Throws why it cannot.
  static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  /// Whether the first delivery about an incident makes something there that the later ones change, so that one whose
  /// fate is unknown holds up what follows.
  static var makesOne: Bool { get }
  /// Whether each delivery says how things stand now, so that an older one must not follow a newer one.
  static var replaces: Bool { get }
  /// What stands in a payload where the destination's own name for the incident goes, while nobody knows that yet: it
  /// has the shape of such a name, and `unique`, lower-case letters and digits, in it. Nil where no such name is used.
  static func mark(_ unique: String) -> String?
  static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict
}

extension DeliveryKind {
  package static var place: DeliveryPlace { .address }
  package static var keys: DeliveryKeys { [] }
  package static var requiredKeys: DeliveryKeys { [] }
  package static var limits: DeliveryLimits { DeliveryLimits() }
  package static var makesOne: Bool { false }
  package static var replaces: Bool { false }
  package static func mark(_ unique: String) -> String? { nil }
}

/// In characters as the destination counts them; nil is no limit that anybody meets.
package struct DeliveryLimits: Equatable, Sendable {
  package var subject: Int?
  package var text: Int?

  package init(subject: Int? = nil, text: Int? = nil) {
    self.subject = subject
    self.text = text
  }
}
