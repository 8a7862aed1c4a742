import Alerting
import Incidents
import Metrics
import PromQL
import Values

/// Evaluates rules over a past, by the evaluation that also runs live and in unit tests.
struct Replay {
  /// The most evaluations of groups in one replay.
  static let maximumEvaluations = 2_000_000

  private struct Turn {
    var group: RuleGroup
    let every: Int64
    var next: Int64
  }

  private var turns: [Turn]
  private var store: Store
  /// What is still to come, for rules that look ahead: they must not see it before its time.
  private var coming: Store?
  private var fed = Int64.min
  private let until: Int64
  private(set) var firings: [FiringSpan] = []
  private var open: [Key: Int] = [:]
  /// By rule: the reason it failed for first, and how often it did.
  private(set) var failures: [ReplayFailure] = []
  private(set) var evaluations = 0

  private struct Key: Hashable {
    let group: Int
    let labels: Labels
    let rule: String
  }

  /// - Parameters:
  ///   - every: for groups that name no interval.
  ///   - isFixed: for those that do, too, as unit tests have it.
  init(
    _ groups: [GroupDefinition], over source: BacktestSource, every: Span, isFixed: Bool = false,
    surroundings: RuleGroup.Surroundings = RuleGroup.Surroundings()
  ) {
    let (start, until) = (source.from.milliseconds, source.until.milliseconds)
    let looksAhead = groups.flatMap(\.rules).contains { $0.expr.looksAhead }
    let written = groups.writtenMetrics
    var surroundings = surroundings
    surroundings.tellsMissingData = false
    surroundings.writesAlerts = groups.readAlerts || groups.showAlerts
    turns = groups.filter { !$0.rules.isEmpty }.map { definition in
      let span = isFixed ? every : definition.interval ?? every
      let timetable = Timetable(from: start, to: until, step: span.milliseconds, written: written)
      var group = RuleGroup(definition, surroundings: surroundings)
      if !looksAhead { group.expect(timetable) }
      return Turn(group: group, every: timetable.step, next: start)
    }
    self.until = until
    store = looksAhead ? Store() : source.store
    coming = looksAhead ? source.store : nil
  }

  /// How many evaluations of groups all of it takes.
  var expectedEvaluations: Int {
    turns.reduce(0) { sum, turn in
      let count = max(0, until.subtractingSaturating(turn.next)) / turn.every
      return sum.addingReportingOverflow(Int(clamping: count) &+ 1).partialValue
    }
  }

  /// Evaluates to the end.
  mutating func run(isCancelled: () -> Bool) throws(Refusal) {
    guard expectedEvaluations <= Self.maximumEvaluations else {
      throw Refusal(
        "That takes \(expectedEvaluations) evaluations of groups, and \(Self.maximumEvaluations) are allowed; "
          + "take a shorter time, or a longer interval.")
    }
    while let now = turns.map(\.next).min(), now <= until {
      feed(through: now)
      for index in turns.indices where turns[index].next == now {
        if evaluations & 63 == 0, isCancelled() { throw Refusal("It was cancelled.") }
        let result = turns[index].group.evaluate(at: now, in: &store)
        evaluations += 1
        note(result, of: index)
        let (next, overflow) = now.addingReportingOverflow(turns[index].every)
        turns[index].next = overflow ? .max : next
        if overflow { return }
      }
    }
  }

  private mutating func feed(through now: Int64) {
    guard let coming else { return }
    for id in coming.select([]) {
      guard let labels = coming.labels(of: id) else { continue }
      let points = coming.samples(id, after: fed, through: now)
      guard !points.isEmpty else { continue }
      let place = store.reference(labels)
      for point in points { store.append(ref: place, t: point.t, v: point.v) }
    }
    fed = now
  }

  private mutating func note(_ result: GroupResult, of index: Int) {
    for change in result.transitions {
      let key = Key(group: index, labels: change.labels, rule: change.rule)
      if change.to == .firing {
        open[key] = firings.count
        firings.append(
          FiringSpan(
            group: result.group, rule: change.rule, labels: change.labels, activeAt: change.activeAt,
            from: change.at, value: change.value))
      } else if change.from == .firing, let place = open.removeValue(forKey: key) {
        firings[place].until = change.at
      }
    }
    for failure in result.failures {
      if let place = failures.firstIndex(where: { $0.rule == failure.rule }) {
        failures[place].count += 1
      } else {
        failures.append(ReplayFailure(rule: failure.rule, reason: failure.reason, first: result.at, count: 1))
      }
    }
  }
}

/// A rule that could not be evaluated.
package struct ReplayFailure: Equatable, Sendable {
  package let rule: String
  package let reason: String
  package let first: Instant
  package internal(set) var count: Int
}

extension Expr {
  /// Whether it may ask for samples later than the time of its evaluation.
  var looksAhead: Bool {
    switch self {
    case .selector(let selector): return selector.shift.looksAhead || selector.extent != .plain
    case .range(let range): return range.selector.shift.looksAhead || range.selector.extent != .plain
    case .subquery(let subquery):
      if subquery.shift.looksAhead { return true }
    default: break
    }
    return children.contains(where: \.looksAhead)
  }
}

extension TimeShift {
  fileprivate var looksAhead: Bool { pin != nil || offset < 0 || computedOffset != nil }
}
