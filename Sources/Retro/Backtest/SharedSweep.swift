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
    // Another rule may see this one's alerts.
    guard !groups.readAlerts else { return nil }
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

  /// Every tally, in the order of the thresholds; empty when two elements of the measure are one alert, which is a
  /// failure of the rule that depends on the threshold.
  func run(
    _ thresholds: [Double], groups: [GroupDefinition], over source: BacktestSource,
    of whole: Backtest.Request, _ isCancelled: () -> Bool
  ) throws(Refusal) -> [FiringTally] {
    var clock = SweepClock(parts(of: groups), group: group, over: source, of: whole)
    let offset = groups[group].queryOffset.milliseconds
    let times = clock.timetable
    var queries = QueryGroup([comparison.measure])
    queries.expect(
      Timetable(
        from: times.start.subtractingSaturating(offset), to: times.end.subtractingSaturating(offset),
        step: times.step, written: times.written))
    var columns = SweepColumns()
    var alerts = SweptAlerts(
      rule, comparison, thresholds, from: times.start, every: times.step,
      tally: FiringTally(incidents: whole.incidents, end: source.until))
    while let now = try clock.next(isCancelled) {
      let vector: Vector
      do throws(EvaluationError) {
        queries.beginRound()
        vector = try queries.vector(0, at: now.subtractingSaturating(offset), in: clock.store)
      } catch {
        throw Refusal("\(rule.name) cannot be evaluated: \(error.message)")
      }
      guard columns.take(vector) else { return [] }
      alerts.evaluate(columns)
    }
    return alerts.finished()
  }
}

extension [GroupDefinition] {
  /// The metrics that their rules write.
  var writtenMetrics: Set<String> {
    Set(flatMap(\.rules).flatMap { $0.isAlerting ? ["ALERTS", "ALERTS_FOR_STATE"] : [$0.name] })
  }

  /// Whether a rule reads what alerts write, or may do so because it asks for series by more than their metric.
  var readAlerts: Bool {
    let names = flatMap(\.rules).flatMap(\.expr.selectors).map(\.selector.metricName)
    return names.contains { $0.map { $0 == "ALERTS" || $0 == "ALERTS_FOR_STATE" } ?? true }
  }

  /// Whether what alerts write can show in something else: in a template that queries, or as the failure of one of two
  /// rules that write the same series.
  var showAlerts: Bool {
    let rules = flatMap(\.rules)
    let alerts = rules.filter(\.isAlerting)
    return rules.contains(where: \.asksQueries) || Set(alerts.map(\.name)).count < alerts.count
  }
}
