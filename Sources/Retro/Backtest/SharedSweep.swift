import Alerting
import Incidents
import Metrics
import PromQL
import Values

/// Many thresholds of one rule by one evaluation of what it compares: each threshold then only counts time.
///
/// The states are those of ``RuleGroup``: pending for `for`, firing on for `keep_firing_for`.
struct SharedSweep {
  private let rule: Rule
  private let comparison: Rule.Comparison
  private let group: Int

  /// Nil where more depends on the threshold than whether an element is an alert.
  init?(_ rule: Rule, in groups: [GroupDefinition], at group: Int) {
    guard let comparison = rule.comparison, groups[group].limit == 0 else { return nil }
    guard !groups.flatMap(\.rules).contains(where: { $0.expr.looksAhead }) else { return nil }
    // A rule that reads alerts, or an unnamed selector, may see this one's.
    let names = groups.flatMap(\.rules).flatMap(\.expr.selectors).map(\.selector.metricName)
    guard names.allSatisfy({ $0.map { $0 != "ALERTS" && $0 != "ALERTS_FOR_STATE" } ?? false }) else {
      return nil
    }
    (self.rule, self.comparison, self.group) = (rule, comparison, group)
  }

  /// The recording rules alone, with the swept rule's group cut in two where it stands.
  private func parts(of groups: [GroupDefinition]) -> [GroupDefinition] {
    var parts = groups.map { $0.keeping { !$0.isAlerting } }
    let rules = groups[group].rules
    let place = rules.firstIndex { $0.isAlerting && $0.name == rule.name } ?? rules.count
    parts[group] = groups[group].replacing(rules[..<place].filter { !$0.isAlerting })
    parts.insert(groups[group].replacing(rules[place...].filter { !$0.isAlerting }), at: group + 1)
    return parts
  }

  /// One alert under one threshold; milliseconds since 1970.
  private struct State {
    /// Nil: its condition does not hold, and it does not fire.
    var activeAt: Int64?
    var firedAt: Int64?
    var keptSince: Int64?
  }

  /// Every tally, in the order of the thresholds; empty when two elements of the measure are one alert, which is a
  /// failure of the rule that depends on the threshold.
  mutating func run(
    _ thresholds: [Double], groups: [GroupDefinition], over source: BacktestSource,
    of whole: Backtest.Request, _ isCancelled: () -> Bool
  ) throws(Refusal) -> [FiringTally] {
    var clock = SweepClock(parts(of: groups), group: group, over: source, of: whole)
    var query = Query(comparison.measure)
    var columns = SweepColumns()
    var states: [State] = []
    let count = thresholds.count
    var tallies = thresholds.map { _ in FiringTally(incidents: whole.incidents, end: source.until) }
    let (hold, keep) = (rule.hold.milliseconds, rule.keep.milliseconds)
    let offset = groups[group].queryOffset.milliseconds
    while let now = try clock.next(isCancelled) {
      let elements: [Element]
      do throws(EvaluationError) {
        guard
          case .vector(let found) = try query.instant(
            at: now.subtractingSaturating(offset), in: clock.store)
        else { return [] }
        elements = found
      } catch {
        throw Refusal("\(rule.name) cannot be evaluated: \(error.message)")
      }
      guard columns.take(elements) else { return [] }
      let missing = columns.count * count - states.count
      if missing > 0 { states += Array(repeating: State(), count: missing) }
      states.withUnsafeMutableBufferPointer { states in
        thresholds.withUnsafeBufferPointer { thresholds in
          for column in 0..<columns.count {
            let value = columns.values[column]
            let isThere = columns.rounds[column] == columns.round
            for index in 0..<count {
              let holds = isThere && comparison.holds(value, against: thresholds[index])
              let place = column &* count &+ index
              if !holds, states[place].activeAt == nil { continue }
              if let ended = Self.step(&states[place], holds, at: now, hold: hold, keep: keep) {
                tallies[index].add(
                  from: Instant(milliseconds: ended), until: Instant(milliseconds: now))
              }
            }
          }
        }
      }
    }
    for place in states.indices {
      guard let fired = states[place].firedAt else { continue }
      tallies[place % count].add(from: Instant(milliseconds: fired), until: nil)
    }
    return tallies
  }

  /// One evaluation of one alert; when it began to fire, if it stopped now.
  @inline(__always)
  private static func step(
    _ state: inout State, _ holds: Bool, at now: Int64, hold: Int64, keep: Int64
  ) -> Int64? {
    if holds {
      let since = state.activeAt ?? now
      state.activeAt = since
      state.keptSince = nil
      if state.firedAt == nil, now &- since >= hold { state.firedAt = now }
      return nil
    }
    if state.firedAt != nil, keep > 0 {
      let since = state.keptSince ?? now
      state.keptSince = since
      if now &- since < keep { return nil }
    }
    let fired = state.firedAt
    state = State()
    return fired
  }
}

/// The elements of a measure by columns that stay.
private struct SweepColumns {
  private(set) var values: [Double] = []
  /// In which round each had its value last.
  private(set) var rounds: [Int] = []
  private(set) var round = 0
  private var numbers: [Labels: Int] = [:]
  /// The last elements' labels, and their columns: mostly the next ones are the same.
  private var last: [(labels: Labels, column: Int)] = []
  private var identities: Set<Labels> = []

  var count: Int { values.count }

  /// False when two of them would be one alert.
  mutating func take(_ elements: [Element]) -> Bool {
    round += 1
    if last.count > elements.count { last.removeLast(last.count - elements.count) }
    for (index, element) in elements.enumerated() {
      if index < last.count, last[index].labels == element.labels {
        values[last[index].column] = element.value
        rounds[last[index].column] = round
        continue
      }
      let column: Int
      if let known = numbers[element.labels] {
        column = known
        values[column] = element.value
        rounds[column] = round
      } else {
        guard identities.insert(element.labels.withoutMetricName).inserted else { return false }
        column = values.count
        numbers[element.labels] = column
        values.append(element.value)
        rounds.append(round)
      }
      if index < last.count {
        last[index] = (element.labels, column)
      } else {
        last.append((element.labels, column))
      }
    }
    return true
  }
}

/// Evaluates the recording rules around a swept rule, and stops where its turn is.
private struct SweepClock {
  private var turns: [(group: RuleGroup, every: Int64, next: Int64)]
  private(set) var store: Store
  private let place: Int
  private let until: Int64
  private var turn = 0
  private var now: Int64?
  private var count = 0

  init(
    _ groups: [GroupDefinition], group: Int, over source: BacktestSource,
    of whole: Backtest.Request
  ) {
    place = group
    turns = groups.map { definition in
      let span = whole.isFixed ? whole.every : definition.interval ?? whole.every
      return (RuleGroup(definition), max(1, span.milliseconds), source.from.milliseconds)
    }
    store = source.store
    until = source.until.milliseconds
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
