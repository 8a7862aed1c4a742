import Incidents
import Values

extension TicketClocks {
  /// Why a clock is where it is at `now`.
  ///
  /// - Parameter most: so many segments are told apart; what comes after them is one.
  package func ledger(of clock: TicketClock, at now: Instant, most: Int = 2_000) -> ClockLedger {
    let now = now.wholeSecond
    let known = history.known(at: now)
    let run = ClockRun(clock, known, terms)
    var record = LedgerRecord(most: most)
    let end = min(now, run.met ?? now)
    var time = run.start
    for pause in run.pauses.stretches where time < end && !record.isFull {
      record.add(run.hours, from: time, until: min(pause.from, end))
      let until = min(pause.until ?? end, end)
      record.add(.paused(pause.why), from: pause.from, until: until)
      time = max(time, until)
    }
    if time < end { record.add(run.hours, from: time, until: end) }
    let used = run.used(at: now)
    record.close(at: end, used: used)
    return ClockLedger(
      clock: clock, severity: run.severity, earlier: known.earlierSeverities(until: end), hours: run.hours,
      start: run.start, target: run.target, used: used, state: run.state(at: now),
      segments: record.segments, totals: record.totals)
  }
}

/// Segments as they come.
private struct LedgerRecord {
  let most: Int
  var segments: [ClockLedger.Segment] = []
  var totals = ClockLedger.Totals()

  init(most: Int) { self.most = max(most, 1) }

  var isFull: Bool { segments.count >= most }

  mutating func add(_ hours: WorkingHours, from: Instant, until: Instant) {
    guard from < until, !isFull else { return }
    for stretch in hours.stretches(from: from, until: until, most: most - segments.count) {
      switch stretch.kind {
      case .open: add(.counted, from: stretch.from, until: stretch.until)
      case .closed: add(.closed, from: stretch.from, until: stretch.until)
      case .holiday: add(.holiday, from: stretch.from, until: stretch.until)
      }
    }
  }

  mutating func add(_ kind: ClockLedger.Segment.Kind, from: Instant, until: Instant) {
    guard from < until, !isFull else { return }
    let length = until - from
    switch kind {
    case .closed: totals.closed = totals.closed + length
    case .holiday: totals.holiday = totals.holiday + length
    case .paused: totals.paused = totals.paused + length
    case .counted, .together: break
    }
    let counted = kind == .counted ? length : .zero
    segments.append(
      ClockLedger.Segment(
        from: from, until: until, kind: kind, counted: counted, sum: (segments.last?.sum ?? .zero) + counted))
  }

  /// What is missing up to `end`, in one.
  mutating func close(at end: Instant, used: Span) {
    guard let last = segments.last, last.until < end else { return }
    segments.append(
      ClockLedger.Segment(
        from: last.until, until: end, kind: .together, counted: used - last.sum, sum: used))
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
