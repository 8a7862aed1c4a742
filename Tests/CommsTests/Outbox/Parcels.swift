import Incidents
import Values

@testable import Comms

/// A kind whose payload is the text, for tests of what is around it.
enum PlainKind: DeliveryKind {
  static let name = "plain"
  static let knowsItsKey = false

  static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  {
    guard !message.text.isEmpty else { throw Refusal("Nothing to say.") }
    return DeliveryPayload(.http, body: message.text)
  }

  static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict {
    .unknown(reason: "never asked")
  }
}

/// The same at a destination that knows what it had.
enum KeyedKind: DeliveryKind {
  static let name = "keyed"
  static let knowsItsKey = true

  static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  {
    try PlainKind.payload(of: message, to: destination)
  }

  static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict {
    PlainKind.verdict(on: answer, of: payload)
  }
}

/// A parcel of the system `shop`.
func parcel(
  to name: String = "team", key: String = "k1", draft: String? = nil, text: String = "Packs are down.",
  by kind: any DeliveryKind.Type = PlainKind.self, incident: String? = nil
) throws -> Parcel {
  let message = DeliveryMessage(
    key: key, occasion: .update, system: "shop", incident: incident, title: "Packs", subject: "Packs",
    text: text,
    at: try instant("03:05"))
  let destination = Destination(name: name, kind: kind.name, shown: "https://chat.example.test/•••")
  return try Parcel(message, to: destination, by: kind, draft: draft) { "\($0.count) bytes" }
}
