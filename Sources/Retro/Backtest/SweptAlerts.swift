import Alerting
import Values

/// The alerts of one rule under many thresholds at once, in the states of ``RuleGroup``: pending for `for`, firing on
/// for `keep_firing_for`.
///
/// An alert is looked at only when its condition begins or ends to hold, which the order of the thresholds tells; when
/// it fired and when it stopped follows from the two, for evaluations come at even times.
struct SweptAlerts {
  /// The condition of one alert under one threshold, by numbers of evaluations; -1: none.
  private struct State {
    /// When it began to hold: also before it was interrupted while the alert fired on.
    var since: Int32 = -1
    /// When it ended, if the alert may still fire.
    var left: Int32 = -1
  }

  private let comparison: Rule.Comparison
  /// Ascending, and where each of them was asked for.
  private let thresholds: [Double]
  private let order: [Int]
  private let start: Int64
  private let every: Int64
  /// Evaluations from the beginning of the condition until it fires, and from its end until it fires no longer.
  private let hold: Int
  private let keep: Int
  /// Of the thresholds in ascending order.
  private var tallies: [FiringTally]
  private var states: [State] = []
  /// Of each column, which thresholds it was compared with successfully the last time; nil: it was not there.
  private var passed: [Range<Int>?] = []
  private var evaluations = 0

  /// - Parameters:
  ///   - thresholds: none of them NaN.
  ///   - start: the first evaluation, in milliseconds.
  ///   - every: milliseconds.
  init(
    _ rule: Rule, _ comparison: Rule.Comparison, _ thresholds: [Double], from start: Int64, every: Int64,
    tally: FiringTally
  ) {
    self.comparison = comparison
    order = thresholds.indices.sorted { (thresholds[$0], $0) < (thresholds[$1], $1) }
    self.thresholds = order.map { thresholds[$0] }
    self.start = start
    self.every = every
    hold = Self.evaluations(within: rule.hold, every)
    keep = Self.evaluations(within: rule.keep, every)
    tallies = Array(repeating: tally, count: thresholds.count)
  }

  private static func evaluations(within span: Span, _ every: Int64) -> Int {
    let span = max(0, span.milliseconds)
    return Int(span / every) + (span % every == 0 ? 0 : 1)
  }

  mutating func evaluate(_ columns: SweepColumns) {
    let count = thresholds.count
    let missing = columns.count - passed.count
    if missing > 0 {
      passed += Array(repeating: nil, count: missing)
      states += Array(repeating: State(), count: missing * count)
    }
    let now = evaluations
    evaluations += 1
    thresholds.withUnsafeBufferPointer { thresholds in
      for column in 0..<columns.count {
        let before = passed[column]
        var after: Range<Int>?
        if columns.rounds[column] == columns.round {
          after = comparison.passed(columns.values[column], among: thresholds)
        }
        guard after != before else { continue }
        passed[column] = after
        change(column * count, before, after, at: now)
      }
    }
  }

  /// What a column passes has changed: begins and ends what is in one range and not in the other.
  private mutating func change(_ base: Int, _ before: Range<Int>?, _ after: Range<Int>?, at now: Int) {
    guard comparison.passesOthers else {
      let (before, after) = (before ?? 0..<0, after ?? 0..<0)
      for index in before where !after.contains(index) { end(base, index, at: now) }
      for index in after where !before.contains(index) { begin(base, index, at: now) }
      return
    }
    for index in thresholds.indices {
      let held = before.map { !$0.contains(index) } ?? false
      let holds = after.map { !$0.contains(index) } ?? false
      if held, !holds { end(base, index, at: now) }
      if holds, !held { begin(base, index, at: now) }
    }
  }

  private mutating func begin(_ base: Int, _ index: Int, at now: Int) {
    let state = states[base + index]
    if state.since >= 0 {
      // It held before: the alert may have fired on until now.
      if fired(state) != nil, stopped(state) >= now {
        states[base + index].left = -1
        return
      }
      tell(state, index, before: now)
    }
    states[base + index] = State(since: Int32(truncatingIfNeeded: now), left: -1)
  }

  private mutating func end(_ base: Int, _ index: Int, at now: Int) {
    states[base + index].left = Int32(truncatingIfNeeded: now)
    let state = states[base + index]
    guard keep == 0 || fired(state) == nil else { return }
    tell(state, index, before: now + 1)
    states[base + index] = State()
  }

  /// When an alert whose condition ended had begun to fire; nil when it had not.
  private func fired(_ state: State) -> Int? {
    let fired = Int(state.since) + hold
    return fired < Int(state.left) ? fired : nil
  }

  /// When an alert that fired and whose condition ended stops, or would stop, firing.
  private func stopped(_ state: State) -> Int { Int(state.left) + keep }

  /// Counts an alert whose condition ended, if it fired; `now` is later than all that was evaluated.
  private mutating func tell(_ state: State, _ index: Int, before now: Int) {
    guard let fired = fired(state) else { return }
    let stopped = stopped(state)
    tallies[index].add(from: time(fired), until: stopped < now ? time(stopped) : nil)
  }

  private func time(_ evaluation: Int) -> Instant {
    Instant(milliseconds: start.addingSaturating(every.multipliedSaturating(by: Int64(evaluation))))
  }

  /// The tallies in the order in which the thresholds were asked for, once all is evaluated.
  mutating func finished() -> [FiringTally] {
    let count = thresholds.count
    for place in states.indices where states[place].since >= 0 {
      var state = states[place]
      let isHolding = state.left < 0
      if isHolding { state.left = Int32(truncatingIfNeeded: evaluations) }
      guard let fired = fired(state) else { continue }
      if isHolding {
        tallies[place % count].add(from: time(fired), until: nil)
      } else {
        tell(state, place % count, before: evaluations)
      }
    }
    var result = tallies
    for (index, place) in order.enumerated() { result[place] = tallies[index] }
    return result
  }
}
