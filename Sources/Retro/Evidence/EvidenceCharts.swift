import Alerting
import Incidents
import Metrics
import Playbooks
import PromQL
import Values

/// Draws what was copied while an incident was open: what its rules judged, and how its endpoints answered.
package struct EvidenceCharts: Sendable {
  /// One system's series as they were read back.
  package struct Series: Sendable {
    package var evidence: SeriesEvidence
    package var store: Store

    package init(evidence: SeriesEvidence, store: Store) {
      self.evidence = evidence
      self.store = store
    }

    /// Until when something is known: behind it a value would be one of before, as of a series that goes on.
    fileprivate func copied(until end: Instant) -> Instant {
      evidence.until.values.max().map { min($0, end) } ?? end
    }
  }

  package static let mostCharts = 12
  package static let mostLines = 6
  private static let mostMarks = 20
  private static let points: Int64 = 240

  /// The most telling first: rules in the order in which they fired, then endpoints; from half an hour before the
  /// incident, or from where there are values.
  package let charts: [SeriesChart]
  /// What was left out or could not be drawn, as whole sentences.
  package let remarks: [String]

  /// - Parameters:
  ///   - events: of its timeline.
  ///   - now: until when an open incident is drawn.
  package init(of incident: Incident, events: [Event], series: [Series], now: Instant) {
    guard let declared = incident.declaredAt, !series.isEmpty else {
      charts = []
      remarks =
        incident.declaredAt == nil
        ? [] : ["No series were copied: no engine ran while it was open, or nothing fired."]
      return
    }
    let start = (incident.started ?? declared) - .minutes(30)
    let end = max(start + .minutes(1), incident.closed ?? now)
    let story = Story(events, from: start, until: end)
    var charts: [(firing: Instant, chart: SeriesChart)] = []
    var remarks: [String] = []
    for one in series {
      let system = one.evidence.system
      remarks += one.evidence.missing
      if one.evidence.leftOutSamples > 0 {
        remarks.append(
          "\(one.evidence.leftOutSamples) samples of \(one.evidence.leftOutSeries) series of \(system) did not "
            + "fit into the incident.")
      }
      let copied = one.copied(until: end)
      if copied < end {
        remarks.append(
          "The series of \(system) are in until \(copied.dateClockUTC); nobody knows here how they went on.")
      }
      var drawn: Set<String> = []
      for rule in one.evidence.rules.reversed() where drawn.insert(Self.subject(of: rule)).inserted {
        let drawing = Drawing(one, story: story, from: start, until: end)
        guard let chart = drawing.chart(of: rule) else {
          remarks.append("\(rule.rule) of \(system) has no values in what was copied.")
          continue
        }
        charts.append((chart.firing.map(\.from).min() ?? end, chart))
      }
      for endpoint in one.evidence.endpoints {
        let drawing = Drawing(one, story: story, from: start, until: end)
        // Behind the rules, which say more.
        if let chart = drawing.chart(of: endpoint) {
          charts.append((end + .seconds(1), chart))
        }
      }
    }
    let sorted = charts.enumerated().sorted {
      ($0.element.firing, $0.offset) < ($1.element.firing, $1.offset)
    }.map(\.element.chart)
    if sorted.count > Self.mostCharts {
      remarks.append("\(sorted.count - Self.mostCharts) more charts are left out.")
    }
    self.charts = Self.withoutEmptyBeginning(
      Array(sorted.prefix(Self.mostCharts)), by: min(incident.started ?? declared, declared))
    self.remarks = remarks
  }

  /// All begin with the first value that any of them has, so that they can be laid one upon another; with the
  /// incident at the latest.
  private static func withoutEmptyBeginning(_ charts: [SeriesChart], by latest: Instant) -> [SeriesChart] {
    let first = charts.flatMap(\.lines).compactMap { $0.points.first { $0.value != nil }?.at }.min()
    guard let first else { return charts }
    return charts.map { chart in
      let start = min(first, latest)
      // A series has its first value a little after the copy's beginning.
      guard start > chart.from + .minutes(2) else { return chart }
      var chart = chart
      chart.from = start
      for line in chart.lines.indices { chart.lines[line].points.removeAll { $0.at < start } }
      chart.marks.removeAll { $0.at < start }
      chart.remark = "No values are known from before \(chart.clock(first))."
      return chart
    }
  }

  /// Of a rule that was changed meanwhile the last one is drawn. All alerts of objectives have one name.
  private static func subject(of rule: EvidenceSampled.Rule) -> String {
    rule.rule == ErrorBudget.name ? rule.expr : rule.rule
  }

  /// What happened meanwhile, as charts show it.
  private struct Story {
    struct Firing {
      let fact: AlertFired
      let from: Instant
      let until: Instant?
    }

    private(set) var firings: [Firing] = []
    private(set) var downs: [String: [(from: Instant, until: Instant?)]] = [:]
    private(set) var marks: [SeriesChart.Mark] = []

    init(_ events: [Event], from: Instant, until: Instant) {
      var open: [String: (fact: AlertFired, from: Instant)] = [:]
      var down: [String: Instant] = [:]
      var marks: [SeriesChart.Mark] = []
      for event in events {
        if let fact = event.fact(AlertFired.self) {
          open[fact.identity.key] = (fact, event.occurred)
        } else if let fact = event.fact(AlertResolved.self),
          let fired = open.removeValue(forKey: fact.identity.key)
        {
          firings.append(Firing(fact: fired.fact, from: fired.from, until: event.occurred))
        } else if let fact = event.fact(EndpointChanged.self) {
          let key = fact.system + "/" + fact.endpoint
          if fact.to == "down" {
            down[key] = down[key] ?? event.occurred
          } else if let from = down.removeValue(forKey: key) {
            downs[key, default: []].append((from, event.occurred))
          }
        } else if let mark = Self.mark(event), event.occurred >= from, event.occurred <= until {
          marks.append(SeriesChart.Mark(name: mark, at: event.occurred))
        }
      }
      firings += open.values.map { Firing(fact: $0.fact, from: $0.from, until: nil) }
      firings.sort { $0.from < $1.from }
      for (key, from) in down { downs[key, default: []].append((from, nil)) }
      // Declared and resolved come first and last, so what is left out lies in the middle.
      if marks.count > EvidenceCharts.mostMarks {
        let half = EvidenceCharts.mostMarks / 2
        marks = Array(marks.prefix(half) + marks.suffix(half))
      }
      self.marks = marks
    }

    /// What a chart tells of an event in a word or two.
    private static func mark(_ event: Event) -> String? {
      if event.kind == IncidentDeclared.kind { return "declared" }
      if let fact = event.fact(IncidentStatusChanged.self) { return fact.to.rawValue }
      if let fact = event.fact(IncidentSeverityChanged.self) { return fact.to.rawValue }
      if event.kind == "update.sent" { return "update" }
      if let fact = event.fact(StepChanged.self), fact.to == .done { return "step \(fact.step)" }
      return nil
    }
  }

  /// Draws one system's charts.
  private struct Drawing {
    let series: Series
    let story: Story
    let from: Instant
    let until: Instant

    init(_ series: Series, story: Story, from: Instant, until: Instant) {
      (self.series, self.story, self.from, self.until) = (series, story, from, until)
    }

    private var system: String { series.evidence.system }

    /// Nil when it cannot be evaluated, or has no value.
    func chart(of rule: EvidenceSampled.Rule) -> SeriesChart? {
      guard let expr = try? PromQL.parse(rule.expr) else { return nil }
      let burn = rule.rule == ErrorBudget.name ? expr.selectors.first?.selector.matchers : nil
      let firings = story.firings.filter { one in
        one.fact.system == system && one.fact.rule == rule.rule
          && burn?.allSatisfy { $0.name == .metricName || one.fact.labels[$0.name] == $0.value } ?? true
      }
      let lines = lines(of: expr.measure, firings.map(\.fact.labels))
      guard !lines.isEmpty else { return nil }
      let unit = firings.first?.fact.unit ?? expr.unit
      let threshold =
        firings.first.flatMap { one in
          one.fact.sign.flatMap { sign in one.fact.threshold.map { Threshold(sign: sign, value: $0) } }
        } ?? expr.threshold
      return SeriesChart(
        title: "\(rule.rule) of \(system)\(burn.map(Self.words) ?? "")", unit: unit, from: from, until: until,
        lines: lines,
        thresholds: threshold.map {
          [
            .init(
              name: "\(rule.rule) \(Timeline.readable($0.sign)) \(Figure($0.value, unit: unit))",
              value: $0.value)
          ]
        } ?? [],
        firing: firings.map { .init(name: rule.rule, from: $0.from, until: $0.until) }, marks: story.marks)
    }

    /// Which objective's budget burns, and over what time.
    private static func words(_ matchers: [Matcher]) -> String {
      func value(_ name: String) -> String? { matchers.first { $0.name == name }?.value }
      return ": \(value("slo") ?? "an objective") over \(value("window") ?? "some time")"
    }

    func chart(of endpoint: EvidenceSampled.Target) -> SeriesChart? {
      let name = endpoint.endpoint
      guard case .selector(let selector)? = try? PromQL.parse(endpoint.selector),
        let expr = try? PromQL.parse("probe_duration_seconds")
      else { return nil }
      let target = selector.matchers.filter { $0.name != .metricName }
      let lines = lines(of: expr, []) { labels in target.allSatisfy { $0.matches(labels) } }
      guard !lines.isEmpty else { return nil }
      let alerts = story.firings.filter {
        $0.fact.system == system && $0.fact.labels["endpoint"] == name
      }
      let downs = story.downs["\(system)/\(name)"] ?? []
      let spans =
        alerts.isEmpty
        ? downs.map { SeriesChart.Firing(name: "down", from: $0.from, until: $0.until) }
        : alerts.map { SeriesChart.Firing(name: $0.fact.rule, from: $0.from, until: $0.until) }
      return SeriesChart(
        title: "\(name) of \(system): how long it took to answer", unit: .seconds, from: from, until: until,
        lines: lines, firing: spans, marks: story.marks)
    }

    /// The lines that fired first, then those that rose highest.
    private func lines(
      of expr: Expr, _ fired: [[String: String]], where isWanted: (Labels) -> Bool = { _ in true }
    ) -> [SeriesChart.Line] {
      var query = Query(expr)
      let step = Span(milliseconds: max(1000, (until - from).milliseconds / EvidenceCharts.points))
      guard
        case .matrix(let found)? = try? query.range(
          from: from.milliseconds, to: series.copied(until: until).milliseconds, step: step.milliseconds,
          in: series.store)
      else { return [] }
      let ranked = found.filter { isWanted($0.labels) && !$0.points.isEmpty }.enumerated().map {
        offset, one in
        let hasFired = fired.contains { labels in
          one.labels.pairs.allSatisfy { $0.name == .metricName || labels[$0.name] == $0.value }
        }
        let top = one.points.map { $0.v.isFinite ? abs($0.v) : 0 }.max() ?? 0
        return (hasFired: hasFired, top: top, offset: offset, series: one)
      }.sorted { a, b in
        if a.hasFired != b.hasFired { return a.hasFired }
        return (b.top, a.offset) < (a.top, b.offset)
      }
      return ranked.prefix(EvidenceCharts.mostLines).map { one in
        SeriesChart.Line(name: name(one.series.labels), points: slots(one.series.points, step))
      }
    }

    private func name(_ labels: Labels) -> String {
      let text = labels.withoutMetricName.description
      return text == "{}" ? labels[.metricName] ?? "value" : text
    }

    /// A value for each step, nil where there is none: a gap is a gap.
    private func slots(_ points: [Point], _ step: Span) -> [SeriesChart.Point] {
      let count = Int((until - from).milliseconds / max(1, step.milliseconds)) + 1
      var slots = (0..<count).map { SeriesChart.Point(from + step * Int64($0), nil) }
      for point in points where point.v.isFinite {
        let index = Int((point.t - from.milliseconds) / max(1, step.milliseconds))
        if slots.indices.contains(index) { slots[index].value = point.v }
      }
      return slots
    }
  }
}
