import Alerting
import Metrics
import PromQL

/// What evaluating a rule file costs over the page of many targets, scraped every five seconds.
struct GroupMeasure {
  let rules: String
  let page: [UInt8]
  let targets: Int

  /// Scrapes before the first evaluation that counts: windows of a minute are full by then.
  private static let warming = 15
  private static let rounds = 15

  func run() throws {
    let (groups, problems) = RuleFile.parse(rules, file: "rules.yml")
    guard !groups.isEmpty else { throw Unmeasurable("no rule: \(problems)") }
    let scrape = try Exposition.parse(page, format: .prometheusText).get()
    var store = Store()
    var series: [SeriesID] = []
    var values: [Double] = []
    for target in 0..<targets {
      let own = Labels([
        ("instance", "i\(target)"), ("job", "farm"),
        ("cell", "c" + (target % 50 < 10 ? "0" : "") + "\(target % 50)"),
      ])
      for sample in scrape.samples {
        series.append(store.reference(sample.labels.setting(own)))
        values.append(sample.value)
      }
      series.append(store.reference(own.setting(.metricName, "up")))
      values.append(1)
    }
    var evaluated = groups.map { RuleGroup($0) }
    let count = groups.reduce(0) { $0 + $1.rules.count }
    var costs: [Double] = []
    var time: Int64 = 1_700_000_000_000
    for round in 0..<(Self.warming + Self.rounds) {
      for place in series.indices {
        store.append(ref: series[place], t: time, v: values[place] + Double(round * (place % 7)))
      }
      let cost = Measure.seconds {
        for index in evaluated.indices { _ = evaluated[index].evaluate(at: time + 1_000, in: &store) }
      }
      if round >= Self.warming { costs.append(cost) }
      time += 5_000
    }
    try Measure.tell(
      "group", ["rules": Double(count), "series": Double(store.seriesCount)], seconds: costs)
  }
}
