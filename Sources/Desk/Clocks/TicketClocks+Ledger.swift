import Incidents
import Values

extension TicketClocks {
  /// Why a clock is where it is at `now`.
  ///
  /// - Parameter most: so many segments are told apart, the newest; what comes before them is one.
  package func ledger(of clock: TicketClock, at now: Instant, most: Int = 2_000) -> ClockLedger {
    let now = now.wholeSecond
    let known = history.known(at: now)
    let run = ClockRun(clock, known, terms)
    let end = min(now, run.met ?? now)
    let used = run.used(at: now)
    return ClockLedger(
      clock: clock, severity: run.severity, earlier: known.earlierSeverities(until: end), hours: run.hours,
      start: run.start, target: run.target, used: used, state: run.state(at: now),
      segments: run.segments(until: end, most: max(most, 1)), totals: run.totals(until: end, used: used))
  }
}

extension ClockRun {
  private struct Piece {
    let from: Instant
    let until: Instant
    let kind: ClockLedger.Segment.Kind
  }

  /// The newest `most`, and before them one for all that is left out.
  fileprivate func segments(until end: Instant, most: Int) -> [ClockLedger.Segment] {
    let pieces = newest(most, until: end)
    guard let first = pieces.first else { return [] }
    var segments: [ClockLedger.Segment] = []
    if first.from > start {
      let counted = used(at: first.from)
      segments.append(
        .init(from: start, until: first.from, kind: .together, counted: counted, sum: counted))
    }
    for piece in pieces {
      let counted = piece.kind == .counted ? piece.until - piece.from : .zero
      segments.append(
        .init(
          from: piece.from, until: piece.until, kind: piece.kind, counted: counted,
          sum: (segments.last?.sum ?? .zero) + counted))
    }
    return segments
  }

  /// Looks back twice as far each time, until there are enough.
  private func newest(_ most: Int, until end: Instant) -> [Piece] {
    // Nothing is counted behind what calendars know.
    let top = Instant(milliseconds: WorkingHours.clamped(end))
    let bottom = Instant(milliseconds: WorkingHours.clamped(start))
    var length = Span.days(1)
    while true {
      let begin = max(bottom, top - length)
      let pieces = pieces(from: begin, until: end)
      // The first of those may have begun before.
      if begin <= bottom || pieces.count > most { return pieces.suffix(most) }
      length = length * 2
    }
  }

  /// In order of time, without gaps.
  private func pieces(from begin: Instant, until end: Instant) -> [Piece] {
    var pieces: [Piece] = []
    func open(_ from: Instant, _ until: Instant) {
      for stretch in hours.stretches(from: from, until: until, most: .max) {
        let kind: ClockLedger.Segment.Kind =
          switch stretch.kind {
          case .open: .counted
          case .closed: .closed
          case .holiday: .holiday
          }
        pieces.append(Piece(from: stretch.from, until: stretch.until, kind: kind))
      }
    }
    var time = begin
    for pause in pauses.stretches where time < end && pause.until.map({ $0 > time }) ?? true {
      if pause.from > time { open(time, min(pause.from, end)) }
      let (from, until) = (max(pause.from, time), min(pause.until ?? end, end))
      if from < until { pieces.append(Piece(from: from, until: until, kind: .paused(pause.why))) }
      time = max(time, until)
    }
    if time < end { open(time, end) }
    return pieces
  }

  /// Of all of it, whether it is told apart or not.
  fileprivate func totals(until end: Instant, used: Span) -> ClockLedger.Totals {
    var totals = ClockLedger.Totals()
    guard start < end else { return totals }
    let gaps = gaps(until: end)
    totals.holiday = gaps.reduce(.zero) { $0 + hours.holiday(between: $1.from, and: $1.until) }
    let working = gaps.reduce(Span.zero) { $0 + ($1.until - $1.from) }
    totals.paused = max((end - start) - working, .zero)
    totals.closed = hours.isAlways ? .zero : max(working - used - totals.holiday, .zero)
    return totals
  }
}

extension ClockHistory {
  /// The severities before the one at `end`, each with the instant at which it ceased to be; what was said at
  /// once or changed nothing is left out.
  fileprivate func earlierSeverities(until end: Instant) -> [ClockLedger.Earlier] {
    var earlier: [ClockLedger.Earlier] = []
    var current = severity(at: started)
    for at in Set(severities.map(\.at)).sorted() where at > started && at <= end {
      let next = severity(at: at)
      if next != current { earlier.append(.init(severity: current, until: at)) }
      current = next
    }
    return earlier
  }
}
