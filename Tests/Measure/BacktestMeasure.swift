import Alerting
import Metrics
import Retro
import Values

/// What a sweep of thresholds costs over a day of many series, a sample every 15 seconds.
struct BacktestMeasure {
  let series: Int
  let thresholds: Int

  private static let start = Instant(milliseconds: 1_763_700_000_000)

  func run() throws {
    let text = """
      groups:
        - name: day
          interval: 15s
          rules:
            - {alert: Rate, expr: "rate(work_total[5m]) > 5", for: 5m, keep_firing_for: 5m}
            - {alert: Depth, expr: "depth > 50", for: 1m}
      """
    let (groups, problems) = RuleFile.parse(text, file: "rules.yaml", as: .prometheus)
    guard problems.isEmpty else { throw Unmeasurable("no rules: \(problems)") }
    let source = day()
    for rule in ["Depth", "Rate"] {
      let values = (0..<thresholds).map { Double($0) * (rule == "Rate" ? 10 : 100) / Double(thresholds) }
      var fires = 0
      let cost = try Measure.seconds {
        let result = try Backtest.run(
          Backtest.Request(
            groups: groups.map { $0.keeping { $0.name == rule } }, source: source,
            sweeps: [Sweep.Request(rule: rule, thresholds: values)]))
        fires = result.sweeps.flatMap(\.points).map(\.tally.fires).reduce(0, +)
      }
      try Measure.tell(
        "backtest \(rule)",
        ["series": Double(series), "thresholds": Double(thresholds), "fires": Double(fires)],
        seconds: [cost])
    }
  }

  /// As many gauges, and as many counters.
  private func day() -> BacktestSource {
    var store = Store()
    var state: UInt64 = 1
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }
    var ids: [SeriesID] = []
    for number in 0..<2 * series {
      ids.append(
        store.reference(
          Labels([(.metricName, number % 2 == 0 ? "depth" : "work_total"), ("instance", "i\(number)")])))
    }
    var values = Array(repeating: 50.0, count: 2 * series)
    for step in 0...5760 {
      let time = (Self.start + .seconds(15) * Int64(step)).milliseconds
      for number in 0..<2 * series {
        if number % 2 == 0 {
          values[number] = min(100, max(0, values[number] + (random() - 0.5) * 4))
        } else {
          values[number] += random() * 150
        }
        store.append(ref: ids[number], t: time, v: values[number])
      }
    }
    return BacktestSource(store: store, from: Self.start, until: Self.start + .days(1))
  }
}
