import Incidents
import Retro
import Terminal
import Values
import Watch

/// One alert whole: what it says, its rule, its value against its threshold, its past, its playbook.
struct AlertDetail {
  let item: AlertItem
  let chart: Chart?
  let top: Int

  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    title(in: &frame, area, world, at: now)
    let rest = area.inset(top: 1)
    let lines = words(world, width: area.width, at: now)
    let hasChart = !samples(at: now).isEmpty
    // The chart keeps eight lines where it can; the words scroll above it.
    let chartHeight = hasChart ? min(max(6, area.height - lines.count - 2), max(0, area.height / 2 + 2)) : 0
    let (wordArea, chartArea) = rest.splitTop(rest.height - chartHeight)
    let first = min(top, max(0, lines.count - wordArea.height))
    for (index, line) in lines.dropFirst(first).prefix(wordArea.height).enumerated() {
      frame.put(line, at: wordArea.line(index).inset(left: 1).origin, clip: wordArea.inset(right: 1))
    }
    if hasChart, chartArea.height > 2 {
      // The chart follows the words; room below stays empty.
      let y = wordArea.y + min(wordArea.height, lines.count - first)
      drawChart(
        in: &frame, Rect(x: area.x + 1, y: y, width: area.width - 2, height: min(chartHeight, 12)), world,
        at: now)
    }
  }

  private func title(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let style: Style =
      item.state == .resolved ? .up : item.state == .pending ? .pending : Marks.style(item.level)
    let sign =
      item.state == .resolved ? Sign.resolved : item.state == .pending ? .pending : Marks.sign(item.level)
    let state: String
    switch item.state {
    case .firing: state = "firing \((now - item.since).whole) (since \(item.since.clockUTC))"
    case .pending:
      state = "pending \((now - item.activeAt).whole) of \(item.holds.short)"
    case .resolved: state = "\(AlertList.ending(item)), \((now - item.since).whole) ago"
    }
    frame.rule(
      area.line(0),
      title: [
        [("\(sign.glyph) \(Marks.word(item.level)) ", style), (item.identity.rule, .strong)],
        [(item.identity.system, .text)], [(state, .text)], [(item.source, .dim)],
      ])
  }

  private func words(_ world: World, width: Int, at now: Instant) -> [Spans] {
    var lines: [Spans] = []
    let room = max(1, width - 2)
    func add(_ text: String, _ style: Style) {
      for line in text.wrapped(to: room) { lines.append([(line, style)]) }
    }
    if !item.summary.isEmpty { add(item.summary, .strong) }
    lines += hold(world, at: now).flatMap { Self.wrapped($0, to: room) }
    let found = world.guide(item.identity.system)?.playbook(
      for: item.identity.rule, annotation: item.playbook, labels: item.identity.labels)
    if let (document, anchor) = found {
      let section = anchor.map { ", section \($0)" } ?? ""
      lines.append([("playbook ", .dim), (document.title, .text), (section, .dim), ("  p opens it", .key)])
    } else if let name = item.playbook {
      add("playbook \(name): no such file in the folder of \(item.identity.system)", .warn)
    }
    if let expression = item.row?.expression, !expression.isEmpty { add(expression, .dim) }
    let labels = item.identity.labels.filter { !["alertname", "severity"].contains($0.key) }
      .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    if !labels.isEmpty { add(labels.joined(separator: "  "), .dim) }
    for (name, text) in (item.row?.annotations ?? [:]).sorted(by: { $0.key < $1.key })
    where !["summary", "unit", "playbook"].contains(name) {
      add("\(name): \(text)", .dim)
    }
    lines += past(at: now).flatMap { Self.wrapped($0, to: room) }
    return lines.filter { !$0.isEmpty }
  }

  /// The value over the last hour: what was asked for, else what the board has.
  private func samples(at now: Instant) -> [LineChart.Sample] {
    if let chart, let line = chart.lines.first {
      return line.values.enumerated().map { index, value in
        LineChart.Sample(time: (chart.start + chart.step * Int64(index)).seconds, value: value)
      }
    }
    let history = item.row?.history ?? []
    guard history.count > 1 else { return [] }
    let step = 3600 / Double(history.count - 1)
    return history.enumerated().map { index, value in
      LineChart.Sample(time: now.seconds - 3600 + Double(index) * step, value: value)
    }
  }

  private func drawChart(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let samples = samples(at: now)
    guard let first = samples.first, let last = samples.last, last.time > first.time else { return }
    let unit = item.value?.unit ?? item.threshold?.unit ?? .none
    let level = Marks.style(item.level).slot
    var thresholds: [LineChart.Threshold] = []
    if let threshold = item.threshold {
      let label = "\(item.level.rawValue) \(Timeline.readable(item.sign ?? "")) \(threshold)"
      thresholds.append(.init(threshold.value, label: label, slot: level))
    }
    /// The word stands beside its sign where the axis still has room for it.
    func mark(_ instant: Instant, _ sign: Sign, _ word: String, _ style: Style) -> LineChart.Mark {
      let room = (last.time - instant.seconds) / (last.time - first.time) * Double(area.width) * 0.7
      let label = room > Double(word.count + 1) ? sign.glyph + word : sign.glyph
      return LineChart.Mark(time: instant.seconds, label: label, style: style)
    }
    var marks: [LineChart.Mark] = []
    if item.firedAt.map({ $0 > item.activeAt }) ?? true {
      marks.append(mark(item.activeAt, .pending, "pending", .pending))
    }
    if let fired = item.firedAt {
      marks.append(mark(fired, Marks.sign(item.level), "firing", Marks.style(item.level)))
    }
    LineChart([.init(samples)], times: first.time...last.time, thresholds: thresholds, marks: marks)
      .draw(
        in: &frame, area, mode: world.options.graph, valueLabel: { Figure($0, unit: unit).description },
        timeLabel: { String(Instant(seconds: $0).minuteUTC.dropLast()) })
  }
}
