import Incidents
import Values

/// One delivery as its events leave it.
package struct DeliveryRecord: Fold {
  package static let name = "delivery"
  package static let version = 1

  package enum State: String, Codable, Sendable {
    case queued
    /// An engine is sending it, or ended while it did.
    case claimed
    case sent
    /// Tried again at ``DeliveryRecord/retryAt``, or, without one, only when a person says so.
    case failed
    /// Nobody can tell whether it arrived.
    case unknown
    /// Closed by a person.
    case copied
  }

  /// `nova-rms/status-page/D-3`.
  package let key: String
  package internal(set) var system = ""
  package internal(set) var to = ""
  /// The kind of delivery, such as `slack`.
  package internal(set) var kind = ""
  /// Where it goes, as it may be shown.
  package internal(set) var destination = ""
  /// The same for each try.
  package internal(set) var sendKey = ""
  package internal(set) var occasion = DeliveryMessage.Occasion.update
  package internal(set) var incident: String?
  /// What it is about, when it is a reply or a change of a ticket.
  package internal(set) var ticket: String?
  package internal(set) var draft: String?
  package internal(set) var alert: AlertIdentity?
  package internal(set) var activeAt: Instant?
  package internal(set) var knowsItsKey = false
  package internal(set) var payloadDigest = ""

  package internal(set) var state = State.queued
  package internal(set) var queuedAt: Instant?
  package internal(set) var queuedBy = ""
  /// Of the last change of ``state``.
  package internal(set) var changedAt: Instant?
  /// Since it was queued, or since a person had it tried again.
  package internal(set) var tries = 0
  /// How often it was claimed in all: before the first time nothing of it can have arrived.
  package internal(set) var claims = 0
  /// Of the engine that claimed it last.
  package internal(set) var epoch: Int64?
  /// What the destination answered.
  package internal(set) var receipt: String?
  private var remote: String?
  /// Why it is not sent, or what the person who closed it said.
  package internal(set) var reason: String?
  package internal(set) var retryAt: Instant?
  /// Who closed it.
  package internal(set) var settledBy: String?

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { queuedAt != nil && state != .sent && state != .copied }

  /// What the destination calls it.
  package var remoteID: String? { remote }

  /// Whether nothing happens to it before a person does something.
  package var waitsForPerson: Bool { isOpen && (state == .unknown || state == .failed && retryAt == nil) }

  /// When an engine may send it; nil while none may.
  package var due: Instant? {
    switch state {
    case .queued: queuedAt
    case .failed: retryAt
    case .claimed, .sent, .unknown, .copied: nil
    }
  }

  /// What it is about, as far as several deliveries can be about the same: the incident's key, or the alert's.
  package var about: String? { incident ?? alert?.key }

  /// Names the destination in the outbox; what goes to one goes in order.
  package var place: String { Parcel.place(system: system, to: to) }

  package static func keys(of event: Event) -> [String] {
    guard event.kind.hasPrefix("delivery."), let body = event.body else { return [] }
    return FactCoding.decode(OfDelivery.self, from: body).map { [$0.delivery] } ?? []
  }

  package mutating func apply(_ event: Event) {
    if let fact = event.fact(DeliveryQueued.self) { return take(fact, event) }
    guard queuedAt != nil else { return }
    if let fact = event.fact(DeliveryClaimed.self) {
      state = .claimed
      epoch = fact.epoch
      tries += 1
      claims += 1
      retryAt = nil
    } else if let fact = event.fact(DeliverySent.self) {
      state = .sent
      receipt = fact.receipt
      remote = fact.remoteID
      reason = nil
      retryAt = nil
    } else if let fact = event.fact(DeliveryFailed.self) {
      // What stopped it before the network was touched counts as a try, too.
      if state != .claimed { tries += 1 }
      state = .failed
      reason = fact.reason
      retryAt = fact.retryAt
    } else if let fact = event.fact(DeliveryUnknown.self) {
      state = .unknown
      reason = fact.reason
      retryAt = nil
    } else if event.fact(DeliveryRetried.self) != nil {
      state = .queued
      tries = 0
      reason = nil
      retryAt = nil
    } else if let fact = event.fact(DeliveryCopied.self) {
      state = .copied
      remote = fact.remoteID ?? remote
      reason = fact.reason
      retryAt = nil
      settledBy = event.actor.handle
    } else {
      return
    }
    changedAt = event.occurred
  }

  private mutating func take(_ fact: DeliveryQueued, _ event: Event) {
    system = fact.system
    to = fact.to
    kind = fact.how
    destination = fact.destination
    sendKey = fact.key
    occasion = fact.occasion
    incident = event.incident
    ticket = event.ticket
    draft = fact.draft
    alert = fact.alert
    activeAt = fact.activeAt
    knowsItsKey = fact.knowsItsKey
    payloadDigest = fact.payloadDigest
    queuedAt = event.occurred
    queuedBy = event.actor.handle
    changedAt = event.occurred
  }
}

extension Sequence<DeliveryRecord> {
  /// What a destination called an incident when it was told of it last; of records in the order of their queueing.
  package func remoteID(of incident: String, at place: String) -> String? {
    var found: String?
    for one in self where one.incident == incident && one.place == place { found = one.remoteID ?? found }
    return found
  }
}

/// The delivery that an event of any of its kinds names.
private struct OfDelivery: Decodable {
  let delivery: String
}
