import Values

/// What events say of an incident's deadlines.
extension Incident {
  mutating func applyClock(_ event: Event) {
    if let fact = event.fact(ClockMet.self) {
      if case .clock = ClockName(fact.clock) { answered[fact.clock] = answered[fact.clock] ?? fact.by }
      if let index = clocks.firstIndex(where: { $0.name == fact.clock }) {
        clocks[index].met = clocks[index].met ?? fact.by
      } else if let due = fact.due {
        change(fact.clock, due) { $0.met = $0.met ?? fact.by }
      }
    } else if let fact = event.fact(ClockOverdue.self) {
      change(fact.clock, fact.due) {
        $0.isOverdueRecorded = true
        $0.told = max($0.told ?? event.recorded, event.recorded)
        if fact.again != nil { $0.repeats += 1 }
      }
      if let index = clocks.firstIndex(where: { $0.name == fact.clock && $0.due == fact.due }) {
        clocks[index].isOverdueRecorded = true
      }
    } else if let fact = event.fact(ClockSnoozed.self) {
      change(fact.clock, fact.due) {
        $0.snoozedUntil = fact.until
        $0.by = event.actor.handle
        $0.reason = fact.reason
      }
    } else if let fact = event.fact(ClockDismissed.self) {
      change(fact.clock, fact.due) {
        $0.dismissed = event.occurred
        $0.by = event.actor.handle
        $0.reason = fact.reason
      }
    }
  }

  /// Somebody wrote something: what the call-out counts from. What is said of deadlines is no word on where it
  /// stands, or snoozing the call-out would answer it.
  mutating func applyWriting(_ event: Event) {
    guard event.actor.handle != Actor.engineHandle, !event.kind.hasPrefix("clock.") else { return }
    lastWritten = max(lastWritten ?? event.recorded, event.recorded)
  }

  private mutating func change(_ clock: String, _ due: Instant, _ change: (inout ClockMark) -> Void) {
    if let index = marks.firstIndex(where: { $0.clock == clock && $0.due == due }) {
      change(&marks[index])
    } else {
      var mark = ClockMark(clock: clock, due: due)
      change(&mark)
      marks.append(mark)
    }
  }
}
