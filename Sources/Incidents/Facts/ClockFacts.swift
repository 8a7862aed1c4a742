import Values

/// What a clock asked for was done; `by` says when, `due` what was promised.
package struct ClockMet: Fact {
  package static let kind = "clock.met"
  package let clock: String
  package let due: Instant?
  package let by: Instant

  package init(clock: String, due: Instant?, by: Instant) {
    self.clock = clock
    self.due = due
    self.by = by
  }
}

/// A deadline passed.
package struct ClockOverdue: Fact {
  package static let kind = "clock.overdue"
  package let clock: String
  package let due: Instant
}
