import Incidents
import Values

/// Why a clock of a ticket is where it is: every stretch of time since its start, counted or not and why, and the
/// sum. The counted ones together are exactly what the clock has used.
package struct ClockLedger: Hashable, Sendable {
  package struct Segment: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      case counted
      /// Outside the hours.
      case closed
      case holiday
      /// Whether people work or not; the reasons, the one that began first first.
      case paused([String])
      /// The oldest, where there are too many to tell one by one: some of it is counted, some not.
      case together
    }

    package let from: Instant
    package let until: Instant
    package let kind: Kind
    /// What of it counts: all or nothing, but for ``Kind/together``.
    package let counted: Span
    /// What counts up to its end.
    package let sum: Span

    package var length: Span { until - from }
  }

  /// What did not count, by why.
  package struct Totals: Hashable, Sendable {
    package internal(set) var closed = Span.zero
    package internal(set) var holiday = Span.zero
    package internal(set) var paused = Span.zero
  }

  /// A severity that the ticket no longer has.
  package struct Earlier: Hashable, Sendable {
    package let severity: Severity
    package let until: Instant
  }

  package let clock: TicketClock
  /// Whose target and hours count, from the start.
  package let severity: Severity
  /// The ones before it, in order.
  package let earlier: [Earlier]
  package let hours: WorkingHours
  package let start: Instant
  package let target: Span?
  package let used: Span
  package let state: ClockState
  /// In order of time, without gaps, from the start to now or to where the clock was met.
  package let segments: [Segment]
  package let totals: Totals
}
