import Values

/// A point on the clock that only goes forward: milliseconds since the machine started, without the time that it
/// was asleep (`CLOCK_MONOTONIC`). Nothing is stamped with it; everything is scheduled by it.
package struct Uptime: Hashable, Comparable, Sendable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }

  package static func + (a: Self, b: Span) -> Self {
    Uptime(milliseconds: a.milliseconds.addingSaturating(b.milliseconds))
  }

  package static func - (a: Self, b: Self) -> Span {
    Span(milliseconds: a.milliseconds.subtractingSaturating(b.milliseconds))
  }
}

/// What time it is, by both clocks: the wall clock stamps, and somebody may set it; the other one schedules.
package struct Moment: Equatable, Sendable {
  package var wall: Instant
  package var uptime: Uptime
  /// How long the machine has been asleep in all since it started (`CLOCK_BOOTTIME` less `CLOCK_MONOTONIC`).
  package var asleep: Span

  package init(wall: Instant, uptime: Uptime, asleep: Span = .zero) {
    self.wall = wall
    self.uptime = uptime
    self.asleep = asleep
  }

  /// By a wall clock that nobody sets, on a machine that never sleeps.
  package init(_ wall: Instant) {
    self.init(wall: wall, uptime: Uptime(milliseconds: wall.milliseconds))
  }

  /// When a deadline of the wall clock comes, if nobody sets it meanwhile.
  func uptime(of deadline: Instant) -> Uptime { uptime + (deadline - wall) }

  /// What the wall clock will say then, if nobody sets it meanwhile.
  func wall(of deadline: Uptime) -> Instant { wall + (deadline - uptime) }
}
