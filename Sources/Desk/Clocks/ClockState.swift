import Values

/// Where a clock of a ticket is.
package enum ClockState: Hashable, Sendable {
  /// Its severity sets no time for it.
  case none
  /// `left` is working time. Due is nil where its calendar does not open again before 2400.
  case running(left: Span, due: Instant?)
  /// It stands still; `why` are the reasons, the one that began first first.
  case paused(left: Span, why: [String])
  /// What it asks for was done. Late is after the instant at which it was due.
  case met(at: Instant, used: Span, isLate: Bool)
  /// It was due then and nothing was done; `over` is working time since, without pauses.
  case breached(at: Instant, over: Span)
}
