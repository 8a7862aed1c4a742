import Incidents
import Metrics
import TestSupport
import Testing
import Values

@testable import Alerting
@testable import Retro

@Suite struct BacktestTests {
  private let start = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  /// One sample a minute.
  private func source(_ series: [String: [Double]]) -> BacktestSource {
    var store = Store()
    var length = 0
    for (name, values) in series {
      for (minute, value) in values.enumerated() {
        store.append(
          Labels([(.metricName, name)]), t: (start + .minutes(Int64(minute))).milliseconds, v: value)
      }
      length = max(length, values.count)
    }
    return BacktestSource(store: store, from: start, until: start + .minutes(Int64(length - 1)))
  }

  private func groups(_ rules: String) -> [GroupDefinition] {
    let parsed = RuleFile.parse("groups:\n- name: g\n  rules:\n" + rules, file: "r.yaml", as: .prometheus)
    #expect(parsed.problems.isEmpty, "\(parsed.problems)")
    return parsed.groups
  }

  private func incident(_ from: Int64, _ until: Int64?, fired: Int64?) -> PastIncident {
    PastIncident(
      key: "INC-1", title: "t", started: start + .minutes(from), declared: start + .minutes(from + 1),
      closed: until.map { start + .minutes($0) },
      alerts: fired.map {
        [.init(system: "shop", rule: "High", fired: start + .minutes($0), ended: nil)]
      } ?? [])
  }

  @Test func saysHowMuchEarlierAndWhatIsFalse() throws {
    // Minutes:             0  1  2  3  4  5  6  7  8  9  10
    let values: [Double] = [0, 9, 0, 0, 5, 6, 7, 9, 9, 0, 0]
    let result = try Backtest.run(
      .init(
        groups: groups("  - {alert: High, expr: depth > 5, for: 1m}\n  - {alert: Never, expr: depth > 99}\n"),
        source: source(["depth": values]), every: .minutes(1), incidents: [incident(7, 10, fired: 8)],
        incident: "INC-1", system: "shop",
        sweeps: [.init(rule: "High", thresholds: [3, 8])]))
    let row = try #require(result.rows.first)
    #expect(row.rule == "High")
    #expect((row.tally.fires, row.tally.falseFires) == (1, 0))
    let meeting = try #require(row.meetings.first)
    #expect(meeting.fires == start + .minutes(6))
    #expect(meeting.thanFired == .minutes(-2))
    #expect(meeting.thanStarted == .minutes(-1))
    #expect(row.firings.map(\.until) == [start + .minutes(9)])
    #expect(result.rows.last?.meetings.first?.fires == nil)
    let points = try #require(result.sweeps.first?.points)
    #expect(points.map(\.tally.fires) == [1, 1])
    #expect(points.map { $0.meetings.first?.fires } == [start + .minutes(5), start + .minutes(8)])
    #expect(points.map { $0.meetings.first?.thanFired } == [.minutes(-3), .zero])
  }

  @Test func whatTouchesNoIncidentIsFalse() throws {
    let values: [Double] = [9, 9, 0, 9, 0, 9, 9, 9, 0, 9]
    let result = try Backtest.run(
      .init(
        groups: groups("  - {alert: High, expr: depth > 5}\n"), source: source(["depth": values]),
        every: .minutes(1), incidents: [incident(6, 7, fired: nil)]))
    let row = try #require(result.rows.first)
    #expect((row.tally.fires, row.tally.falseFires) == (4, 3))
    #expect(row.tally.falseFiring == .minutes(2 + 1 + 0))
    #expect(row.tally.firing == .minutes(2 + 1 + 3 + 0))
    #expect(row.meetings.first?.thanStarted == .minutes(-1))
    #expect(row.meetings.first?.thanFired == nil)
  }

  @Test func recordedSeriesAreComputedAnewWhereTheirSourceIsThere() throws {
    let rules = "  - {record: 'a:twice', expr: a * 2}\n  - {alert: High, expr: 'a:twice > 5'}\n"
    let both = try Backtest.run(
      .init(
        groups: groups(rules), source: source(["a": [1, 3, 3], "a:twice": [9, 9, 9]]), every: .minutes(1)))
    #expect(both.rows.first?.firings.map(\.from) == [start + .minutes(1)])
    #expect(both.failures.isEmpty)
    let alone = try Backtest.run(
      .init(groups: groups(rules), source: source(["a:twice": [1, 1, 9]]), every: .minutes(1)))
    #expect(alone.rows.first?.firings.map(\.from) == [start + .minutes(2)])
    #expect(alone.remarks.contains { $0.hasPrefix("a:twice stands as it was recorded") })
  }

  @Test func tellsOfWhatIsMissing() throws {
    let result = try Backtest.run(
      .init(
        groups: groups("  - {alert: High, expr: 'rate(b{job=\"x\"}[1h] offset 5m) > 5'}\n"),
        source: source(["a": [1]]), every: .minutes(1)))
    #expect(result.remarks.contains { $0.contains("asks for b{job=\"x\"}, which is not in the data") })
    #expect(result.remarks.contains { $0.contains("looks back 1h5m") })
    #expect(result.remarks.contains { $0.contains("No incident") })
    #expect(result.rows.first?.tally.judged == nil)
  }

  @Test func aRuleThatFailsIsTold() throws {
    let result = try Backtest.run(
      .init(
        groups: groups("  - {alert: Two, expr: '{__name__=~\"a|b\"} > 0'}\n"),
        source: source(["a": [1, 1], "b": [1, 1]]), every: .minutes(1)))
    #expect(result.failures.map(\.count) == [2])
    #expect(result.failures.first?.rule == "Two")
  }

  @Test func tooManyEvaluationsAreRefused() throws {
    var source = source(["a": [1]])
    source.until = start + .days(365)
    #expect(throws: Refusal.self) {
      try Backtest.run(
        .init(groups: groups("  - {alert: A, expr: a > 0}\n"), source: source, every: .seconds(1)))
    }
  }
}
