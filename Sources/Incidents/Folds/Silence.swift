import Values

/// One silence, from when it was set until it ends or is ended.
package struct Silence: Fold {
  package static let name = "silence"
  package static let version = 2

  /// Where it stands at an instant, whatever was written of it.
  package enum State: String, Codable, CaseIterable, Sendable {
    /// It begins later.
    case pending
    case active
    /// Its time is over, or somebody ended it.
    case expired
  }

  package let key: String
  package private(set) var fact: SilenceSet?
  /// Who set it.
  package private(set) var by: String?
  package private(set) var endedAt: Instant?
  /// Later than it was set to, or earlier; nil until somebody moved it.
  private var movedEnd: Instant?
  /// Who moved its end last, and why.
  package private(set) var moved: String?

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { fact != nil && endedAt == nil }

  /// When it hides nothing any more.
  package var end: Instant? { endedAt ?? movedEnd ?? fact?.end }

  package func state(at now: Instant) -> State {
    guard let fact, let end, endedAt == nil, now < end else { return .expired }
    return fact.start <= now ? .active : .pending
  }

  /// Whether it hides alerts at `now`.
  package func isActive(at now: Instant) -> Bool { state(at: now) == .active }

  package static func keys(of event: Event) -> [String] {
    switch event.kind {
    case SilenceSet.kind: event.fact(SilenceSet.self).map { [$0.silence] } ?? []
    case SilenceExtended.kind: event.fact(SilenceExtended.self).map { [$0.silence] } ?? []
    case SilenceEnded.kind: event.fact(SilenceEnded.self).map { [$0.silence] } ?? []
    default: []
    }
  }

  package mutating func apply(_ event: Event) {
    if let said = event.fact(SilenceSet.self) {
      fact = said
      by = event.actor.handle
      (endedAt, movedEnd, moved) = (nil, nil, nil)
    } else if let said = event.fact(SilenceExtended.self) {
      movedEnd = said.to
      moved = "\(event.actor.handle): \(said.reason)"
    } else if event.fact(SilenceEnded.self) != nil {
      endedAt = event.occurred
    }
  }
}
