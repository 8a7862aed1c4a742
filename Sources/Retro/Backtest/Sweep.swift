import Alerting
import Incidents
import Metrics
import PromQL
import Values

/// One alerting rule tried with many thresholds.
package struct Sweep: Equatable, Sendable {
  /// The most thresholds of one sweep.
  package static let maximumThresholds = 1000

  package struct Request: Equatable, Sendable {
    package let rule: String
    package let thresholds: [Double]

    package init(rule: String, thresholds: [Double]) {
      self.rule = rule
      self.thresholds = thresholds
    }
  }

  /// What the rule does with one threshold.
  package struct Point: Equatable, Sendable {
    package let threshold: Double
    package let tally: FiringTally
    package let meetings: [Backtest.Meeting]
  }

  package let rule: String
  /// As the rule has it.
  package let threshold: Threshold
  package let unit: Figure.Unit
  /// In the order in which they were asked for.
  package let points: [Point]
  /// Whether one evaluation answered for all of them.
  package let isShared: Bool
  /// The incident that the answer is about first.
  package let incident: String?

  static func run(
    _ request: Request, groups: [GroupDefinition], over source: BacktestSource, of whole: Backtest.Request,
    isCancelled: () -> Bool
  ) throws(Refusal) -> Sweep {
    let places = groups.indices.flatMap { group in
      groups[group].rules.indices.map { (group: group, rule: $0) }
    }.filter { place in
      let rule = groups[place.group].rules[place.rule]
      return rule.isAlerting && rule.name == request.rule
    }
    guard let place = places.first else {
      throw Refusal("There is no alert \(request.rule) in these rules to sweep.")
    }
    guard places.count == 1 else {
      throw Refusal(
        "\(request.rule) stands in these rules \(places.count) times, so it is not clear which to sweep.")
    }
    let rule = groups[place.group].rules[place.rule]
    guard let threshold = rule.threshold, rule.comparing(with: threshold.value) != nil else {
      throw Refusal("\(request.rule) compares with no number, so there is no threshold to sweep.")
    }
    guard !request.thresholds.isEmpty, request.thresholds.count <= maximumThresholds else {
      throw Refusal(
        "A sweep has from 1 to \(maximumThresholds) thresholds, and here are \(request.thresholds.count).")
    }
    var tallies: [FiringTally] = []
    let hasNaN = request.thresholds.contains(where: \.isNaN)
    let shared = hasNaN ? nil : SharedSweep(rule, in: groups, at: place.group)
    if let shared {
      tallies = try shared.run(request.thresholds, groups: groups, over: source, of: whole, isCancelled)
    }
    if tallies.isEmpty {
      for value in request.thresholds {
        tallies.append(try tally(rule, value, groups, place.group, source, whole, isCancelled))
      }
    }
    return Sweep(
      rule: rule.name, threshold: threshold, unit: rule.shownUnit,
      points: zip(request.thresholds, tallies).map { value, tally in
        Point(threshold: value, tally: tally, meetings: tally.meetings(of: rule.name, in: whole.system))
      },
      isShared: shared != nil && !tallies.isEmpty, incident: whole.incident)
  }

  /// By evaluating everything with the other threshold.
  static func tally(
    _ rule: Rule, _ value: Double, _ groups: [GroupDefinition], _ place: Int, _ source: BacktestSource,
    _ whole: Backtest.Request, _ isCancelled: () -> Bool
  ) throws(Refusal) -> FiringTally {
    var groups = groups
    groups[place] = groups[place].replacing(
      groups[place].rules.map { one in
        one.isAlerting && one.name == rule.name ? one.comparing(with: value) ?? one : one
      })
    var replay = Replay(groups, over: source, every: whole.every, isFixed: whole.isFixed)
    try replay.run(isCancelled: isCancelled)
    if let failure = replay.failures.first(where: { $0.rule == rule.name }) {
      throw Refusal("\(rule.name) cannot be evaluated: \(failure.reason)")
    }
    var tally = FiringTally(incidents: whole.incidents, end: source.until)
    for firing in replay.firings where firing.rule == rule.name && firing.group == groups[place].name {
      tally.add(from: firing.from, until: firing.until)
    }
    return tally
  }
}
