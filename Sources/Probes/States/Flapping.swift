package import Values

/// Whether an endpoint goes up and down again and again: four changes within ten minutes, or within twenty polls
/// where those take longer. It ends when at most one is left.
package struct Flapping: Hashable, Sendable {
  /// So many changes within the window begin it, and with no more than so many it is over.
  package static let begins = 4
  package static let ends = 1
  private static let shortest = Span.minutes(10)
  private static let polls: Int64 = 20
  /// More are not counted.
  private static let limit = 200

  package let window: Span
  package private(set) var isOn = false
  /// When it went up or down, within the window.
  private var changes: [Instant] = []

  package init(every: Span) {
    window = max(Self.shortest, every * Self.polls)
  }

  package var count: Int { changes.count }

  /// It went up or down.
  package mutating func note(at now: Instant) {
    changes.append(now)
    changes.removeFirst(max(0, changes.count - Self.limit))
    advance(to: now)
  }

  /// Forgets changes that are too old, and those that lie ahead of a clock that was set back.
  package mutating func advance(to now: Instant) {
    guard !changes.isEmpty else { return }
    changes.removeAll { $0 > now || now - $0 >= window }
    if changes.count >= Self.begins { isOn = true }
    if changes.count <= Self.ends { isOn = false }
  }
}
