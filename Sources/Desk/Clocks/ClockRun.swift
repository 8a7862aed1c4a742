import Incidents
import Values

/// One clock of a ticket, with everything that it counts by. Its history is in whole seconds.
struct ClockRun {
  let clock: TicketClock
  let start: Instant
  let severity: Severity
  let target: Span?
  let hours: WorkingHours
  let met: Instant?
  let pauses: Pauses
  private let warnsAt: Double

  init(_ clock: TicketClock, _ history: ClockHistory, _ terms: ClockTerms) {
    self.clock = clock
    start = history.started
    met = history.met[clock.rawValue].map { max($0, history.started) }
    severity = history.severity(at: met ?? Instant(milliseconds: .max))
    target = terms.target(of: clock, for: severity)
    hours = terms.hours(for: severity)
    pauses = Pauses(history.pauses, from: history.started)
    warnsAt = terms.warnsAt
  }

  /// When the target is used up; nil as long as a pause lasts before that.
  var due: Instant? { target.flatMap { instant(when: $0) } }

  var warning: Instant? {
    guard let target else { return nil }
    let left = Span(milliseconds: Int64(exactly: (Double(target.milliseconds) * warnsAt).rounded()) ?? 0)
    return instant(when: target - left)
  }

  /// What counts from the start to `now`, or to where it was met.
  func used(at now: Instant) -> Span {
    let end = min(now, met ?? now)
    return gaps(until: end).reduce(.zero) { $0 + hours.open(between: $1.from, and: $1.until) }
  }

  func state(at now: Instant) -> ClockState {
    guard let target else { return .none }
    let used = used(at: now)
    let due = due
    if let met { return .met(at: met, used: used, isLate: due.map { $0 < met } ?? false) }
    if let due, due <= now { return .breached(at: due, over: used - target) }
    let left = max(target - used, .zero)
    if let pause = pauses.stretch(at: max(now, start)) { return .paused(left: left, why: pause.why) }
    return .running(left: left, due: due)
  }

  /// The earliest instant by which so much was used.
  private func instant(when amount: Span) -> Instant? {
    var rest = amount
    var time = start
    for pause in pauses.stretches {
      let open = hours.open(between: time, and: pause.from)
      if open >= rest { return hours.instant(after: rest, from: time) }
      rest = rest - open
      guard let until = pause.until else { return nil }
      time = until
    }
    return hours.instant(after: rest, from: time)
  }

  /// Between the pauses, from the start to `end`.
  func gaps(until end: Instant) -> [(from: Instant, until: Instant)] {
    var gaps: [(from: Instant, until: Instant)] = []
    var time = start
    for pause in pauses.stretches where time < end {
      if pause.from > time { gaps.append((time, min(pause.from, end))) }
      time = pause.until ?? end
    }
    if time < end { gaps.append((time, end)) }
    return gaps
  }
}
