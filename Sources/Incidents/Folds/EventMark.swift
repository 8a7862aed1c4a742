import Values

/// What was said later about one event: a pin, other words, that it was taken back.
package struct EventMark: Fold {
  package static let name = "mark"
  package static let version = 1

  /// Who said so, when, and why.
  package struct Say: Codable, Equatable, Sendable {
    package let by: String
    package let at: Instant
    package let reason: String?
  }

  /// The id of the event.
  package let key: String
  package private(set) var pinned: Say?
  package private(set) var amended: Say?
  /// The latest wording.
  package private(set) var text: String?
  package private(set) var retracted: Say?

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { false }

  package static func keys(of event: Event) -> [String] {
    switch event.kind {
    case EventPinned.kind: event.fact(EventPinned.self).map { [$0.target] } ?? []
    case EventAmended.kind: event.fact(EventAmended.self).map { [$0.target] } ?? []
    case EventRetracted.kind: event.fact(EventRetracted.self).map { [$0.target] } ?? []
    default: []
    }
  }

  package mutating func apply(_ event: Event) {
    func say(_ reason: String?) -> Say { Say(by: event.actor.handle, at: event.occurred, reason: reason) }
    if let fact = event.fact(EventPinned.self) {
      pinned = fact.pinned ? say(nil) : nil
    } else if let fact = event.fact(EventAmended.self) {
      (amended, text) = (say(fact.reason), fact.text)
    } else if let fact = event.fact(EventRetracted.self) {
      retracted = say(fact.reason)
    }
  }
}
