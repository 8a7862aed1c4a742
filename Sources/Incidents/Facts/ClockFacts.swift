import Values

/// What a deadline asked for was done; `by` says when, `due` what was promised.
package struct ClockMet: Fact {
  package static let kind = "clock.met"
  /// ``ClockName/text``.
  package let clock: String
  package let due: Instant?
  package let by: Instant

  package init(clock: String, due: Instant?, by: Instant) {
    self.clock = clock
    self.due = due
    self.by = by
  }
}

/// A deadline passed; it occurred when it was due, or when it was told again.
package struct ClockOverdue: Fact {
  package static let kind = "clock.overdue"
  package let clock: String
  package let due: Instant
  /// What was due, in words; nil in events that did not say.
  package let title: String?
  /// How often it had been told before; nil the first time.
  package let again: Int?
}

/// A deadline is silent for a while.
package struct ClockSnoozed: Fact {
  package static let kind = "clock.snoozed"
  package let clock: String
  package let due: Instant
  package let until: Instant
  package let reason: String?
  package let title: String?
}

/// A deadline is silent for good: what it asks for is not wanted.
package struct ClockDismissed: Fact {
  package static let kind = "clock.dismissed"
  package let clock: String
  package let due: Instant
  package let reason: String?
  package let title: String?
}
