import Values

/// How much of a pending alert's time survives an outage of ours: Prometheus' formula.
package struct PendingRestore: Sendable {
  /// After a restart nothing fires before this has passed, unless it had fired before.
  package var grace: Span
  /// An outage longer than this forgets the pending time.
  package var tolerance: Span

  /// Ours: no grace, for the state itself is stored, with its labels, every minute.
  package init(grace: Span = .zero, tolerance: Span = .hours(1)) {
    self.grace = grace
    self.tolerance = tolerance
  }

  /// Prometheus' own settings: ten minutes of grace, an hour of tolerance.
  package static let prometheus = PendingRestore(grace: .minutes(10), tolerance: .hours(1))

  /// Since when the alert counts as active, `now` being its first evaluation after the outage.
  ///
  /// - Parameters:
  ///   - hold: the rule's `for`.
  ///   - down: the last time at which it was known to be active.
  ///   - fresh: what it would be without what is stored.
  package func activeAt(
    stored: Instant, down: Instant, now: Instant, hold: Span, fresh: Instant
  ) -> Instant {
    guard hold >= grace, now - down < tolerance else { return fresh }
    let left = hold - (down - stored)
    if left <= .zero { return stored }
    if left < grace { return now + grace - hold }
    return stored + (now - down)
  }
}
