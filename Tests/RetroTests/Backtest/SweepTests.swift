import Incidents
import Metrics
import PromQL
import TestSupport
import Testing
import Values

@testable import Alerting
@testable import Retro

@Suite struct SweepTests {
  private static let start = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  /// Gauges and counters of some instances that come and go, every 15 s for half an hour.
  static func source(seed: UInt64) -> BacktestSource {
    var generator = SplitMix64(seed: seed)
    var store = Store()
    for instance in 0..<6 {
      var (gauge, counter) = (Double.random(in: 0...10, using: &generator), 0.0)
      for step in 0..<120 {
        let time = (start + .seconds(15) * Int64(step)).milliseconds
        gauge += Double.random(in: -2...2, using: &generator)
        counter += Double(Int.random(in: 0...5, using: &generator))
        let labels = Labels([(.metricName, "depth"), ("instance", "i\(instance)")])
        if Int.random(in: 0..<60, using: &generator) == 0 {
          store.append(
            labels, t: time, v: [staleNaN, .nan, .infinity][Int.random(in: 0..<3, using: &generator)])
          continue
        }
        store.append(labels, t: time, v: gauge.rounded())
        store.append(labels.setting(.metricName, "work_total"), t: time, v: counter)
      }
    }
    return BacktestSource(store: store, from: start, until: start + .minutes(30))
  }

  private static let incidents = [
    PastIncident(
      key: "INC-1", title: "a", started: start + .minutes(10), declared: start + .minutes(12),
      closed: start + .minutes(14), alerts: []),
    PastIncident(
      key: "INC-2", title: "b", started: start + .minutes(20), declared: start + .minutes(21), closed: nil,
      alerts: []),
  ]

  private static func groups(_ rule: String) throws -> [GroupDefinition] {
    let text = """
      groups:
        - name: first
          interval: 30s
          rules:
            - {record: "job:work:rate", expr: "sum without (x) (rate(work_total[2m]))"}
        - name: second
          rules:
            - {record: "seen:max", expr: "max(last:depth)"}
            - alert: Swept
              \(rule)
            - {record: "last:depth", expr: "max by (instance) (depth)"}
      """
    let parsed = RuleFile.parse(text, file: "rules.yaml", as: .prometheus)
    #expect(!parsed.problems.contains { $0.weight == .error }, "\(parsed.problems)")
    return parsed.groups
  }

  @Test(arguments: [
    "expr: depth > 4", "expr: 4 >= depth\n        for: 1m", "expr: depth != 3\n        keep_firing_for: 2m",
    "expr: (depth < 2)\n        for: 45s\n        keep_firing_for: 1m", "expr: job:work:rate > 0.2",
    "expr: last:depth >= 5\n        for: 30s", "expr: seen:max > 7", "expr: 'sum(depth) >= 5'",
    "expr: '{__name__=~\"depth|work_total\"} > 3'", "expr: depth > 4 and on() seen:max > 6",
    "expr: depth offset -1m > 4", "expr: depth > bool 4",
    "expr: depth > 4\n        labels: {v: '{{ $value }}'}",
  ])
  func oneEvaluationAnswersAsManyDo(rule: String) throws {
    let groups = try Self.groups(rule)
    let thresholds = stride(from: -1.0, through: 11, by: 3).map { $0 }
    for seed in UInt64(1)...2 {
      let source = Self.source(seed: seed)
      let request = Backtest.Request(
        groups: groups, source: source, every: .seconds(15), incidents: Self.incidents)
      let asked = Sweep.Request(rule: "Swept", thresholds: thresholds)
      let isFailing = rule.contains("__name__=~")
      let sweep: Sweep
      do throws(Refusal) {
        sweep = try Sweep.run(asked, groups: groups, over: source, of: request) { false }
      } catch {
        // Two elements that are one alert: the rule fails, in either way.
        #expect(isFailing && error.sentence.contains("same labels"), "\(error)")
        continue
      }
      #expect(!isFailing)
      let isShared = ["and on()", "offset", "bool", "$value"].allSatisfy { !rule.contains($0) }
      #expect(sweep.isShared == isShared, "\(rule)")
      let definition = try #require(groups[1].rules.first { $0.name == "Swept" })
      var fires = 0
      for point in sweep.points {
        let alone = try Sweep.tally(definition, point.threshold, groups, 1, source, request) { false }
        #expect(point.tally == alone, "\(rule) at \(point.threshold), seed \(seed)")
        fires += alone.fires
      }
      #expect(fires > 0)
    }
  }

  @Test(arguments: [
    ("Nothing", [1.0], "There is no alert Nothing"), ("Swept", [], "from 1 to 1000"),
    ("job:work:rate", [1.0], "There is no alert"),
  ])
  func saysWhyItCannot(_ rule: String, _ thresholds: [Double], _ words: String) throws {
    let groups = try Self.groups("expr: depth > 4")
    let source = Self.source(seed: 1)
    let request = Backtest.Request(groups: groups, source: source)
    let error = #expect(throws: Refusal.self) {
      try Sweep.run(
        .init(rule: rule, thresholds: thresholds), groups: groups, over: source, of: request
      ) { false }
    }
    #expect(error?.sentence.contains(words) == true)
  }

  @Test func aRuleWithoutANumberHasNoThreshold() throws {
    let groups = try Self.groups("expr: absent(nothing)")
    let source = Self.source(seed: 1)
    let request = Backtest.Request(groups: groups, source: source)
    #expect(throws: Refusal.self) {
      try Sweep.run(.init(rule: "Swept", thresholds: [1]), groups: groups, over: source, of: request) {
        false
      }
    }
  }

  @Test func canBeCancelled() throws {
    let groups = try Self.groups("expr: depth > 4")
    let source = Self.source(seed: 1)
    let request = Backtest.Request(
      groups: groups, source: source, sweeps: [.init(rule: "Swept", thresholds: [1])])
    #expect(throws: Refusal.self) { try Backtest.run(request) { true } }
  }
}
