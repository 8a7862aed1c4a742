import Metrics
import Testing
import Values

@testable import Alerting
@testable import Retro

/// What a backtest looks like: for eyes, and for programs.
@Suite struct BacktestGoldenTests {
  private static let start = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  private static let rules = """
    groups:
      - name: checkout
        interval: 30s
        rules:
          - alert: HighErrorRate
            expr: job:errors:ratio > 0.05
            for: 1m
            keep_firing_for: 1m
            labels: {severity: page}
            annotations: {summary: "{{ $value | humanizePercentage }} of requests fail"}
          - {record: "job:errors:ratio", expr: "rate(errors_total[2m]) / rate(requests_total[2m])"}
      - name: queues
        rules:
          - {alert: QueueBacklog, expr: "queue_depth > 100", for: 30s}
          - {alert: Twice, expr: "{__name__=~\\"queue_depth|queue_age_seconds\\"} > 0"}
          - {alert: NeverThere, expr: "missing_metric > 1"}
    """

  /// Half an hour, a sample every 15 s: errors from the 10th minute to the 15th, and a queue that swings.
  private static var source: BacktestSource {
    var store = Store()
    var (requests, errors) = (0.0, 0.0)
    for step in 0...120 {
      let time = (start + .seconds(15) * Int64(step)).milliseconds
      requests += 150
      errors += (40..<60).contains(step) ? 30 : 1
      let depth = Double((step * 37) % 41) * 4 + Double(step % 30)
      for (name, value) in [
        ("requests_total", requests), ("errors_total", errors), ("queue_depth", depth),
        ("queue_age_seconds", depth / 10),
      ] {
        store.append(Labels([(.metricName, name), ("job", "shop \u{1b}[31m<b>")]), t: time, v: value)
      }
    }
    return BacktestSource(
      store: store, from: start, until: start + .minutes(30), remarks: ["http://127.0.0.1:9090 is slow."])
  }

  private static func result() throws -> Backtest {
    let parsed = RuleFile.parse(rules, file: "rules.yaml", as: .prometheus)
    #expect(!parsed.problems.contains { $0.weight == .error }, "\(parsed.problems)")
    return try Backtest.run(
      Backtest.Request(
        groups: parsed.groups, source: source, every: .seconds(15),
        incidents: [
          PastIncident(
            key: "INC-1", title: "Checkout \u{202e}fails", started: start + .minutes(9),
            declared: start + .minutes(13), closed: start + .minutes(16),
            alerts: [
              .init(
                system: "shop", rule: "HighErrorRate", fired: start + .seconds(13 * 60 + 30),
                ended: start + .minutes(15))
            ])
        ],
        incident: "INC-1", system: "shop",
        sweeps: [
          .init(rule: "HighErrorRate", thresholds: [0.01, 0.05, 0.1, 0.15, 0.2]),
          .init(rule: "QueueBacklog", thresholds: [50, 100, 150]),
        ]))
  }

  @Test func textIsAsItWasLookedAt() throws {
    let text = try Self.result().text
    #expect(!text.unicodeScalars.contains { $0.value == 0x1b || $0.value == 0x202e })
    try expectGolden(text, "backtest.txt")
  }

  @Test func jsonIsAsItWasLookedAt() throws {
    try expectGolden(String(decoding: try Self.result().json(), as: UTF8.self) + "\n", "backtest.json")
  }
}
