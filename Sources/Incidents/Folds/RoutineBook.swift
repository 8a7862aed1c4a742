import Values

/// When the routines of one system were done last, and what happened that others come after.
package struct RoutineBook: Fold {
  package static let name = "routines"
  package static let version = 1

  /// The last time that a routine was done.
  package struct Done: Codable, Equatable, Sendable {
    package let at: Instant
    package let by: String
    package let fact: RoutineDone

    /// What the next time is counted from: whoever was early did it for the time that it was due.
    package var counted: Instant { max(at, fact.due ?? at) }
  }

  /// The system's name.
  package let key: String
  /// When the journal first heard of the system: what was never done is counted from there.
  package private(set) var began: Instant?
  /// By title.
  package private(set) var done: [String: Done] = [:]
  /// When each happened last; incidents are folds of their own.
  package private(set) var occasions: [Occasion: Instant] = [:]

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { began != nil || !done.isEmpty }

  package static func keys(of event: Event) -> [String] {
    switch event.kind {
    case SystemLoaded.kind: event.fact(SystemLoaded.self).map { [$0.system] } ?? []
    case RoutineDone.kind: event.fact(RoutineDone.self).map { [$0.system] } ?? []
    case OccasionTold.kind: event.fact(OccasionTold.self).map { [$0.system] } ?? []
    case MaintenanceEnded.kind: event.fact(MaintenanceEnded.self).map { [$0.system] } ?? []
    default: []
    }
  }

  package mutating func apply(_ event: Event) {
    if event.fact(SystemLoaded.self) != nil {
      began = began ?? event.occurred
    } else if let fact = event.fact(RoutineDone.self) {
      // One that was told late does not undo a later one.
      guard done[fact.routine].map({ $0.at <= event.occurred }) ?? true else { return }
      done[fact.routine] = Done(at: event.occurred, by: event.actor.handle, fact: fact)
    } else if let fact = event.fact(OccasionTold.self) {
      note(fact.occasion, at: event.occurred)
    } else if event.fact(MaintenanceEnded.self) != nil {
      note(.maintenance, at: event.occurred)
    }
  }

  private mutating func note(_ occasion: Occasion, at instant: Instant) {
    occasions[occasion] = max(occasions[occasion] ?? instant, instant)
  }
}
