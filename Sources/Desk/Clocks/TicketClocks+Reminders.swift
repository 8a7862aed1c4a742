import Incidents
import Values

extension TicketClocks {
  /// When somebody is to be reminded of a clock: at its warning, when it is due, and from then on as often as
  /// asked until it is met. Of S3 and S4 only while people work: what falls outside waits for the next opening.
  /// Nobody is reminded while the clock stands still.
  ///
  /// - Parameters:
  ///   - last: the latest reminder so far, or when to begin; the answer is later.
  ///   - every: how often after it was due; nil is not again.
  package func nextReminder(of clock: TicketClock, after last: Instant, every: Span?) -> Instant? {
    let run = ClockRun(clock, history, terms)
    guard run.met == nil, run.target != nil else { return nil }
    for moment in [run.warning, run.due] {
      if let reminder = moment.flatMap({ run.allowed(from: $0) }), reminder > last { return reminder }
    }
    guard let due = run.due, let every, every > .zero else { return nil }
    // The latest turn that is not after the last reminder may have waited for an opening that is; else the next.
    let turns = max((last - due).milliseconds / every.milliseconds, 0)
    for turn in [turns, turns.addingSaturating(1)] where turn > 0 {
      if let reminder = run.allowed(from: due + every * turn), reminder > last { return reminder }
    }
    return nil
  }

  /// The first instant, not before the second of `now`, at which somebody may be reminded of a clock: it does not stand
  /// still, and of S3 and S4 people work. Nil where that is never as far as anybody knows.
  package func opening(of clock: TicketClock, from now: Instant) -> Instant? {
    let now = now.wholeSecond
    return ClockRun(clock, history.known(at: now), terms).allowed(from: now)
  }
}

extension ClockRun {
  /// The first instant, not earlier, at which somebody may be reminded.
  fileprivate func allowed(from instant: Instant) -> Instant? {
    let needsHours = severity == .s3 || severity == .s4
    var time = instant
    // Each turn leaves another pause behind.
    for _ in 0...pauses.stretches.count {
      if needsHours {
        guard let opening = hours.nextOpening(atOrAfter: time) else { return nil }
        time = opening
      }
      guard let pause = pauses.stretch(at: time) else { return time }
      guard let until = pause.until else { return nil }
      time = until
    }
    return time
  }
}
