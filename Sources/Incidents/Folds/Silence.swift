import Values

/// One silence, from when it was set until it ends or is ended.
package struct Silence: Fold {
  package static let name = "silence"
  package static let version = 1

  package let key: String
  package private(set) var fact: SilenceSet?
  package private(set) var by: String?
  package private(set) var endedAt: Instant?

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { fact != nil && endedAt == nil }

  /// Whether it hides alerts at `now`.
  package func isActive(at now: Instant) -> Bool {
    guard let fact, isOpen else { return false }
    return fact.start <= now && now < fact.end
  }

  package static func keys(of event: Event) -> [String] {
    event.fact(SilenceSet.self).map { [$0.silence] } ?? event.fact(SilenceEnded.self).map { [$0.silence] }
      ?? []
  }

  package mutating func apply(_ event: Event) {
    if let said = event.fact(SilenceSet.self) {
      fact = said
      by = event.actor.handle
      endedAt = nil
    } else if event.fact(SilenceEnded.self) != nil {
      endedAt = event.occurred
    }
  }
}
