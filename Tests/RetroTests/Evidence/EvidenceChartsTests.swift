import Incidents
import Metrics
import Testing
import Values

@testable import Retro

@Suite struct EvidenceChartsTests {
  private func series(
    _ rules: [EvidenceSampled.Rule], endpoints: [EvidenceSampled.Target] = [],
    copied: [EvidenceSampled.Part] = [], fromStep: Int64 = -180
  ) throws -> EvidenceCharts.Series {
    var store = Store()
    for step in fromStep...400 {
      let time = (Story.start + .seconds(10) * step).milliseconds
      for instance in 0..<9 {
        let value = step > 0 && step < 100 && instance == 4 ? 0.07 : 0.001 * Double(instance)
        store.append(
          Labels([(.metricName, "errors_ratio"), ("instance", "i\(instance)")]), t: time, v: value)
      }
      store.append(
        Labels([(.metricName, "probe_duration_seconds"), ("job", "api"), ("instance", "h:1")]), t: time,
        v: 0.2)
    }
    var evidence = SeriesEvidence(key: "INC-7/ensei-packs")
    let fact = EvidenceSampled(
      system: "ensei-packs", from: Story.start - .minutes(30), until: Story.start + .hours(1), series: 10,
      samples: 100, blob: nil, copied: copied, rules: rules, endpoints: endpoints, leftOutSeries: 3,
      leftOutSamples: 50, missing: ["Gone is not among the rules of ensei-packs any more."])
    evidence.apply(
      Event(
        origin: "00", seq: 1, id: "x", kind: EvidenceSampled.kind, version: 1, occurred: Story.start,
        ended: nil,
        recorded: Story.start, actor: Actor(handle: "midwatch", host: "h", uid: 1), incident: "INC-7",
        ticket: nil, body: try FactCoding.encode(fact)))
    return EvidenceCharts.Series(evidence: evidence, store: store)
  }

  private func story() -> (incident: Incident, events: [Event]) {
    var story = Story()
    story.fires(at: 0)
    story.isDeclared("Purchases fail", at: 60)
    story.moves(to: .resolved, at: 1200)
    var incident = Incident(key: "INC-7")
    for event in story.events where event.incident == "INC-7" { incident.apply(event) }
    return (incident, story.events)
  }

  /// All have one name; each pair of windows is an alert of its own.
  @Test func everyAlertOfAnObjectiveHasItsChart() throws {
    var story = Story()
    for (window, at) in [("1h", Int64(0)), ("6h", 300)] {
      story.tell(
        AlertFired.kind,
        """
        {"system":"ensei-packs","rule":"ErrorBudgetBurn","labels":{"slo":"Orders work","window":"\(window)"},
         "level":"page","active_at":"\(Story.instant(at))","value":20}
        """, at: at, by: Actor.engineHandle, ofIncident: false)
    }
    story.isDeclared("Purchases fail", at: 60)
    story.moves(to: .resolved, at: 1200)
    var incident = Incident(key: "INC-7")
    for event in story.events where event.incident == "INC-7" { incident.apply(event) }
    func expr(_ long: String, _ short: String, _ factor: String) -> String {
      func burn(_ window: String) -> String {
        #"slo:burn:ratio{slo="Orders work",window="\#(window)"} > \#(factor)"#
      }
      return burn(long) + " and on(slo) (" + burn(short)
        + #" and on(slo) slo:covered:count{slo="Orders work"} >= 10)"#
    }
    var one = try series([
      .init(rule: "ErrorBudgetBurn", expr: expr("1h", "5m", "14.4")),
      .init(rule: "ErrorBudgetBurn", expr: expr("6h", "30m", "6")),
    ])
    for step in Int64(-180)...120 {
      for (window, value) in [("1h", 20.0), ("5m", 30), ("6h", 7), ("30m", 8)] {
        one.store.append(
          Labels([(.metricName, "slo:burn:ratio"), ("slo", "Orders work"), ("window", window)]),
          t: (Story.start + .seconds(10) * step).milliseconds, v: value)
      }
    }
    let charts = EvidenceCharts(
      of: incident, events: story.events, series: [one], now: Story.start + .hours(2))
    #expect(
      charts.charts.map(\.title) == [
        "ErrorBudgetBurn of ensei-packs: Orders work over 1h",
        "ErrorBudgetBurn of ensei-packs: Orders work over 6h",
      ])
    #expect(charts.charts.map { $0.thresholds.map(\.value) } == [[14.4], [6]])
    #expect(charts.charts.map { $0.firing.map(\.from) } == [[Story.start], [Story.start + .seconds(300)]])
    #expect(charts.charts.map { $0.lines.first?.points.last { $0.value != nil }?.value } == [20, 7])
  }

  @Test func drawsWhatTheRuleJudgedWithItsThresholdAndWhatHappened() throws {
    let (incident, events) = story()
    let charts = EvidenceCharts(
      of: incident, events: events,
      series: [
        try series(
          [
            .init(rule: "PackErrorRatePage", expr: "errors_ratio >= 0.05"),
            .init(rule: "Broken", expr: "sum("), .init(rule: "Empty", expr: "nothing > 1"),
          ], endpoints: [.init(endpoint: "shop api", selector: "{__name__=~\"up|probe_.+\",job=\"api\"}")])
      ], now: Story.start + .hours(2))
    #expect(charts.charts.count == 2)
    let chart = try #require(charts.charts.first)
    #expect(chart.title == "PackErrorRatePage of ensei-packs")
    #expect(chart.unit == .ratio)
    #expect(chart.from == Story.start - .minutes(30))
    #expect(chart.until == Story.start + .seconds(1200))
    #expect(chart.lines.count == EvidenceCharts.mostLines)
    #expect(chart.thresholds == [.init(name: "PackErrorRatePage ≥ 5%", value: 0.05)])
    #expect(chart.firing == [.init(name: "PackErrorRatePage", from: Story.start, until: nil)])
    #expect(chart.marks.map(\.name) == ["declared", "Resolved"])
    #expect(chart.lines.contains { $0.points.contains { $0.value == 0.07 } })
    #expect(charts.charts.last?.title == "shop api of ensei-packs: how long it took to answer")
    #expect(charts.charts.last?.lines.first?.points.first?.value == 0.2)
    #expect(charts.remarks.contains("Broken of ensei-packs has no values in what was copied."))
    #expect(charts.remarks.contains("Gone is not among the rules of ensei-packs any more."))
    #expect(charts.remarks.contains { $0.hasPrefix("50 samples of 3 series") })
  }

  /// An engine that began three minutes before, and one that began in the middle: no half hour of nothing, and the
  /// chart says since when there is something.
  @Test(
    arguments: [
      (Int64(-18), Story.start - .minutes(3), "No values are known from before 03:02:38Z."),
      (12, Story.start, "No values are known from before 03:07:38Z."),
      (-175, Story.start - .minutes(30), ""),
    ])
  func itBeginsWhereThereIsData(_ step: Int64, _ start: Instant, _ remark: String) throws {
    let (incident, events) = story()
    let charts = EvidenceCharts(
      of: incident, events: events,
      series: [
        try series(
          [.init(rule: "PackErrorRatePage", expr: "errors_ratio >= 0.05")],
          endpoints: [.init(endpoint: "shop api", selector: "{job=\"api\"}")], fromStep: step)
      ], now: Story.start + .hours(2))
    #expect(charts.charts.count == 2)
    for chart in charts.charts {
      #expect(abs((chart.from - start).milliseconds) <= 12_500, "within a step of the curve")
      #expect(chart.lines.allSatisfy { $0.points.allSatisfy { $0.at >= chart.from } })
      #expect(chart.marks.map(\.name) == ["declared", "Resolved"])
      #expect(chart.remark == remark)
      guard !remark.isEmpty else { continue }
      #expect(chart.description.contains(chart.remark) && chart.svg.contains(chart.remark))
      #expect(chart.braille(width: 100, height: 5).contains(chart.remark))
    }
  }

  @Test func withoutSeriesItSaysSo() {
    let (incident, events) = story()
    let charts = EvidenceCharts(of: incident, events: events, series: [], now: Story.start + .hours(2))
    #expect(charts.charts.isEmpty)
    #expect(charts.remarks == ["No series were copied: no engine ran while it was open, or nothing fired."])
  }

  @Test func nothingIsDrawnBehindWhatWasCopied() throws {
    let end = Story.start + .seconds(300)
    let part = EvidenceSampled.Part(selector: "late", from: Story.start - .minutes(30), until: end)
    var series = try series([.init(rule: "PackErrorRatePage", expr: "late > 1")], copied: [part])
    series.store.append(Labels([(.metricName, "late")]), t: (end - .seconds(1)).milliseconds, v: 3)
    let (incident, events) = story()
    let charts = EvidenceCharts(of: incident, events: events, series: [series], now: Story.start + .hours(2))
    let line = try #require(charts.charts.first?.lines.first)
    #expect(line.points.contains { $0.value == 3 && $0.at <= end })
    #expect(!line.points.contains { $0.value != nil && $0.at > end }, "a sample is not seen behind the copy")
    #expect(charts.remarks.contains { $0.contains("are in until") })
  }

  @Test func aGapIsNoZero() throws {
    var series = try series([.init(rule: "PackErrorRatePage", expr: "late > 1")])
    series.store.append(
      Labels([(.metricName, "late")]), t: (Story.start + .seconds(600)).milliseconds, v: 3)
    let (incident, events) = story()
    let charts = EvidenceCharts(of: incident, events: events, series: [series], now: Story.start)
    let line = try #require(charts.charts.first?.lines.first)
    #expect(line.points.first?.value == nil)
    // For the five minutes that a sample is seen.
    #expect(line.points.contains { $0.value == 3 })
    #expect(!line.points.contains { $0.value == 0 })
  }
}
