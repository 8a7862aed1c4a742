import Values

/// One alert as its events leave it: its present or last episode, and who has it in hand.
package struct Alert: Fold {
  package static let name = "alert"
  package static let version = 2

  /// Who acknowledged it, when, and why.
  package struct Acknowledgement: Codable, Equatable, Sendable {
    package let by: String
    package let at: Instant
    package let reason: String?
    package let until: Instant?
  }

  /// One time that it fired.
  package struct Episode: Codable, Equatable, Sendable {
    package let firedAt: Instant
    package internal(set) var resolvedAt: Instant?
    package internal(set) var how: AlertResolved.How?
  }

  /// An acknowledgement that ran out while the alert fired on.
  package struct Lapse: Codable, Equatable, Sendable {
    package let by: String
    package let at: Instant
  }

  /// How many episodes are remembered, how long a time counts as one for flaps, and how many within it are flapping.
  package static let remembered = 32
  package static let flapWindow = Span.hours(1)
  package static let flapping = 3

  package let key: String
  package private(set) var fired: AlertFired?
  package private(set) var firedAt: Instant?
  package private(set) var resolvedAt: Instant?
  package private(set) var how: AlertResolved.How?
  package private(set) var acknowledgement: Acknowledgement?
  /// Set while nobody has it in hand again after somebody had.
  package private(set) var lapse: Lapse?
  /// How often it has fired since the journal began.
  package private(set) var episodes = 0
  /// The last of them, oldest first.
  package private(set) var history: [Episode] = []

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { isFiring }
  package var isFiring: Bool { firedAt != nil && resolvedAt == nil }
  package var identity: AlertIdentity? { fired?.identity }

  /// How often it began to fire within the hour before `now`.
  package func flaps(at now: Instant) -> Int {
    history.count { $0.firedAt > now - Self.flapWindow && $0.firedAt <= now }
  }

  /// Whether its coming and going says more than its state.
  package func isFlapping(at now: Instant) -> Bool { flaps(at: now) >= Self.flapping }

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
      lapse = nil
      episodes += 1
      history.append(Episode(firedAt: event.occurred))
      history.removeFirst(max(0, history.count - Self.remembered))
    } else if let fact = event.fact(AlertResolved.self) {
      resolvedAt = event.occurred
      how = fact.how
      lapse = nil
      if let last = history.indices.last, history[last].resolvedAt == nil {
        history[last].resolvedAt = event.occurred
        history[last].how = fact.how
      }
    } else if let fact = event.fact(AlertAcknowledged.self), fact.activeAt == fired?.activeAt {
      acknowledgement = Acknowledgement(
        by: event.actor.handle, at: event.occurred, reason: fact.reason, until: fact.until)
      lapse = nil
    } else if let fact = event.fact(AlertUnacknowledged.self), fact.activeAt == fired?.activeAt {
      acknowledgement = nil
      lapse = fact.lapsed.map { Lapse(by: $0, at: event.occurred) }
    }
  }
}
