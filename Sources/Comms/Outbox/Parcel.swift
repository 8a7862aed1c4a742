import Incidents
import Values

/// One thing for one destination, as it was shown: what an act queues, and nothing changes any more.
package struct Parcel: Equatable, Sendable {
  package let system: String
  /// The name under `deliveries`.
  package let to: String
  /// The kind of delivery.
  package let kind: String
  /// Where it goes, as it may be shown.
  package let shown: String
  /// The same for each try, another for each act.
  package let key: String
  package let occasion: DeliveryMessage.Occasion
  /// `INC-14`; nil for what is about none.
  package let incident: String?
  /// `T-482`, when it is a reply, a change or a reminder of a ticket.
  package let ticket: String?
  package let draft: String?
  /// Whose copy it is, of a draft that goes to several.
  package let recipient: String?
  package let alert: AlertIdentity?
  package let activeAt: Instant?
  package let knowsItsKey: Bool
  /// Whether something about the same incident went to the same place before, the answer to which may be missing.
  package let follows: Bool
  /// ``DeliveryPayload`` as JSON: what lies in the outbox.
  package let payload: [UInt8]
  /// SHA-256 of ``payload``; lower-case hex.
  package let payloadDigest: String

  /// - Parameters:
  ///   - digest: SHA-256 of bytes, as lower-case hex.
  ///   - draft: `D-3`, when it is an update.
  ///   - ticket: `T-482`, when it is a reply.
  ///   - recipients: of a mail that goes to others than the folder names.
  /// - Throws: why the message cannot go there.
  package init(
    _ message: DeliveryMessage, to destination: Destination, by kind: any DeliveryKind.Type,
    draft: String? = nil, ticket: String? = nil, recipients: [String]? = nil, digest: ([UInt8]) -> String
  ) throws(Refusal) {
    var written = try kind.payload(of: message, to: destination)
    let unique = digest(Array(message.key.utf8)).lowercased().filter {
      $0.isASCII && ($0.isLetter || $0.isNumber)
    }
    try written.prepare(for: message, to: destination, by: kind, unique: String(unique.prefix(32)))
    written.recipients = recipients
    guard let bytes = try? FactCoding.encode(written) else {
      throw Refusal("What is to go to \(Inert.terminal(destination.name)) cannot be written as JSON.")
    }
    system = message.system
    to = destination.name
    self.kind = destination.kind
    shown = destination.shown
    key = message.key
    occasion = message.occasion
    incident = message.incident
    self.ticket = ticket ?? message.ticket
    self.draft = draft
    recipient = message.recipient
    alert = message.alert
    activeAt = message.alert == nil ? nil : message.started
    knowsItsKey = kind.knowsItsKey
    follows = !message.earlier.isEmpty
    payload = bytes
    payloadDigest = digest(bytes)
  }

  /// Of one thing to tell a destination that is no message.
  package init(
    _ payload: DeliveryPayload, key: String, to destination: Destination, of system: String, ticket: String,
    knowsItsKey: Bool, digest: ([UInt8]) -> String
  ) throws(Refusal) {
    guard let bytes = try? FactCoding.encode(payload) else {
      throw Refusal("What is to go to \(Inert.terminal(destination.name)) cannot be written as JSON.")
    }
    self.system = system
    to = destination.name
    kind = destination.kind
    shown = destination.shown
    self.key = key
    occasion = .update
    incident = nil
    self.ticket = ticket
    draft = nil
    recipient = nil
    alert = nil
    activeAt = nil
    self.knowsItsKey = knowsItsKey
    follows = false
    self.payload = bytes
    payloadDigest = digest(bytes)
  }

  /// Names the delivery in its events and on screens: `nova-rms/status-page/D-3`, and whose copy it is.
  package var name: String { "\(place)/\(draft ?? key)\(recipient.map { "/\($0)" } ?? "")" }

  /// Names the destination in the outbox: two systems may give one name to two destinations.
  package var place: String { Self.place(system: system, to: to) }

  static func place(system: String, to: String) -> String { "\(system)/\(to)" }

  var entry: DeliveryQueued {
    DeliveryQueued(
      delivery: name, system: system, to: to, how: kind, destination: shown, key: key, occasion: occasion,
      draft: draft, alert: alert, activeAt: activeAt, payloadDigest: payloadDigest, knowsItsKey: knowsItsKey)
  }

  var outgoing: Outgoing { Outgoing(destination: place, key: key, payload: payload) }
}

extension DeliveryPayload {
  /// What lies in the outbox; nil once its text was erased.
  package init?(stored bytes: [UInt8]) {
    guard !bytes.isEmpty, let payload = FactCoding.decode(DeliveryPayload.self, from: bytes) else {
      return nil
    }
    self = payload
  }
}
