import Alerting
import Incidents
import Metrics
import PromQL
import Values

/// Evaluates the recording rules around a swept rule, and stops where its turn is.
struct SweepClock {
  private var turns: [(group: RuleGroup, every: Int64, next: Int64)]
  private(set) var store: Store
  /// Of the swept rule's group, by the times at which it is evaluated.
  let timetable: Timetable
  private let place: Int
  private let until: Int64
  private var turn = 0
  private var now: Int64?
  private var count = 0

  init(
    _ groups: [GroupDefinition], group: Int, over source: BacktestSource,
    of whole: Backtest.Request
  ) {
    let (from, until) = (source.from.milliseconds, source.until.milliseconds)
    let written = groups.writtenMetrics
    let timetables = groups.map { definition in
      let span = whole.isFixed ? whole.every : definition.interval ?? whole.every
      return Timetable(from: from, to: until, step: span.milliseconds, written: written)
    }
    turns = zip(groups, timetables).map { definition, timetable in
      var group = RuleGroup(definition)
      group.expect(timetable)
      return (group, timetable.step, from)
    }
    timetable = timetables[group]
    place = group
    store = source.store
    self.until = until
  }

  /// The next time of the swept rule's group, with what stands before it evaluated.
  mutating func next(_ isCancelled: () -> Bool) throws(Refusal) -> Int64? {
    while true {
      if now == nil || turn >= turns.count {
        guard let time = turns.map(\.next).min(), time <= until else { return nil }
        (now, turn) = (time, 0)
      }
      guard let time = now else { return nil }
      while turn < turns.count {
        let index = turn
        turn += 1
        guard turns[index].next == time else { continue }
        count += 1
        if count & 63 == 0, isCancelled() { throw Refusal("It was cancelled.") }
        if !turns[index].group.definition.rules.isEmpty {
          _ = turns[index].group.evaluate(at: time, in: &store)
        }
        let (following, overflow) = time.addingReportingOverflow(turns[index].every)
        turns[index].next = overflow ? .max : following
        if index == place { return time }
      }
    }
  }
}
