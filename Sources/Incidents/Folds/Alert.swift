import Values

/// One alert as its events leave it: its present or last episode, and who has it in hand.
package struct Alert: Fold {
  package static let name = "alert"
  package static let version = 1

  /// Who acknowledged it, when, and why.
  package struct Acknowledgement: Codable, Equatable, Sendable {
    package let by: String
    package let at: Instant
    package let reason: String?
    package let until: Instant?
  }

  package let key: String
  package private(set) var fired: AlertFired?
  package private(set) var firedAt: Instant?
  package private(set) var resolvedAt: Instant?
  package private(set) var how: AlertResolved.How?
  package private(set) var acknowledgement: Acknowledgement?
  /// How often it has fired since the journal began.
  package private(set) var episodes = 0

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { isFiring }
  package var isFiring: Bool { firedAt != nil && resolvedAt == nil }
  package var identity: AlertIdentity? { fired?.identity }

  package static func keys(of event: Event) -> [String] {
    switch event.kind {
    case AlertFired.kind: event.fact(AlertFired.self).map { [$0.identity.key] } ?? []
    case AlertResolved.kind: event.fact(AlertResolved.self).map { [$0.identity.key] } ?? []
    case AlertAcknowledged.kind: event.fact(AlertAcknowledged.self).map { [$0.identity.key] } ?? []
    case AlertUnacknowledged.kind: event.fact(AlertUnacknowledged.self).map { [$0.identity.key] } ?? []
    default: []
    }
  }

  package mutating func apply(_ event: Event) {
    if let fact = event.fact(AlertFired.self) {
      fired = fact
      firedAt = event.occurred
      resolvedAt = nil
      how = nil
      acknowledgement = nil
      episodes += 1
    } else if let fact = event.fact(AlertResolved.self) {
      resolvedAt = event.occurred
      how = fact.how
    } else if let fact = event.fact(AlertAcknowledged.self), fact.activeAt == fired?.activeAt {
      acknowledgement = Acknowledgement(
        by: event.actor.handle, at: event.occurred, reason: fact.reason, until: fact.until)
    } else if let fact = event.fact(AlertUnacknowledged.self), fact.activeAt == fired?.activeAt {
      acknowledgement = nil
    }
  }
}
