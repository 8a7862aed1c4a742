import Incidents
import Values

/// The clocks of one ticket, worked out from its history and its plan.
///
/// They count whole seconds of working time from the ticket's start, by the targets and the calendar of the
/// severity that it has (a clock that is met keeps those it was met under), without the times in which they stand
/// still. A change of severity therefore counts from the original start and keeps every pause. A clock is due at
/// the earliest instant by which its target is used up: the end of the hours rather than the next opening.
package struct TicketClocks {
  let history: ClockHistory
  let terms: ClockTerms

  package init(_ history: ClockHistory, _ terms: ClockTerms) {
    self.history = history.inSeconds
    self.terms = terms
  }

  /// When it is or was due. Nil while it stands still before that, once it is met, where it has no target, and
  /// where its calendar does not open again.
  package func due(of clock: TicketClock) -> Instant? {
    let run = ClockRun(clock, history, terms)
    return run.met == nil ? run.due : nil
  }

  /// When so little of the target is left that it is warned of; nil as with ``due(of:)``.
  package func warning(of clock: TicketClock) -> Instant? {
    let run = ClockRun(clock, history, terms)
    return run.met == nil ? run.warning : nil
  }

  /// Working time up to `now`, or to where it was met; without pauses.
  package func used(of clock: TicketClock, at now: Instant) -> Span {
    let now = now.wholeSecond
    return ClockRun(clock, history.known(at: now), terms).used(at: now)
  }

  /// As it stood at `now`: what the history knows of later does not count.
  package func state(of clock: TicketClock, at now: Instant) -> ClockState {
    let now = now.wholeSecond
    return ClockRun(clock, history.known(at: now), terms).state(at: now)
  }
}
