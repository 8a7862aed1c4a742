import Alerting
import Metrics
import PromQL
import Values

/// A backtest as plain text, for a terminal; what came from outside is inert.
extension Backtest {
  package var text: String {
    let whose = [system, subject.map { "\($0.key) \($0.title)" }].compactMap { $0.map(Inert.terminal) }
    var lines = [
      "\(from.dateClockUTC) until \(until.dateClockUTC) (\((until - from).short)), \(evaluations) evaluations"
        + (whose.isEmpty ? "" : ", " + whose.joined(separator: ", "))
    ]
    if let subject {
      lines.append(
        "the incident started \(subject.started.dateClockUTC) and was declared \(subject.declared.dateClockUTC)"
      )
    }
    lines.append("")
    lines += Self.columns([headings] + rows.map(cells))
    for sweep in sweeps { lines += ["", ""] + sweep.lines(clock) }
    if !failures.isEmpty { lines.append("") }
    for failure in failures {
      let times = failure.count == 1 ? "once" : "\(failure.count) times"
      lines.append(
        Inert.terminal(
          "! \(failure.rule) failed \(times), first at \(failure.first.dateClockUTC): \(failure.reason)"))
    }
    if !remarks.isEmpty { lines.append("") }
    for remark in remarks { lines.append(Inert.terminal("! " + remark)) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var headings: [String] {
    var headings = ["alert", "compares", "fires first"]
    if subject != nil {
      headings += ["than it did", "than the incident"]
    } else if !incidents.isEmpty {
      headings.append("incidents met")
    }
    return headings + ["fires", "false", "firing", "falsely"]
  }

  private func cells(_ row: Row) -> [String] {
    var cells = [
      row.rule,
      row.threshold.map { "\($0.sign) \(Figure($0.value, unit: row.unit))" } ?? "-",
    ]
    let first = row.firings.map(\.from).min()
    if subject != nil {
      let meeting = row.meetings.first { $0.incident == incident }
      cells.append(Self.fires(meeting?.fires, clock))
      cells.append(meeting.map { Self.thanFired($0, clock) } ?? "-")
      cells.append(meeting?.thanStarted.map { Self.difference($0, early: "before", late: "after") } ?? "-")
    } else {
      cells.append(Self.fires(first, clock))
      if !incidents.isEmpty {
        cells.append("\(row.meetings.count { $0.fires != nil }) of \(row.meetings.count)")
      }
    }
    return cells + row.tally.cells
  }

  /// A time of day where the day is plain: rows then fit into 120 columns.
  private func clock(_ instant: Instant) -> String {
    func day(_ instant: Instant) -> Substring { instant.dateClockUTC.prefix { $0 != " " } }
    let isPlain = day(from) == day(until) && day(instant) == day(from)
    return isPlain ? instant.clockUTC : instant.dateClockUTC
  }

  static func fires(_ instant: Instant?, _ clock: (Instant) -> String) -> String {
    instant.map(clock) ?? "never"
  }

  static func thanFired(_ meeting: Meeting, _ clock: (Instant) -> String) -> String {
    if let than = meeting.thanFired { return difference(than, early: "earlier", late: "later") }
    if let fired = meeting.fired { return "it fired \(clock(fired))" }
    return meeting.fires == nil ? "neither did it" : "it did not"
  }

  static func difference(_ span: Span, early: String, late: String) -> String {
    if span == .zero { return "at once" }
    return span < .zero ? "\((-span).short) \(early)" : "\(span.short) \(late)"
  }

  /// Aligned by their widths; cells are inert already but for what a rule is called.
  static func columns(_ rows: [[String]]) -> [String] {
    let cells = rows.map { $0.map { Inert.terminal($0) } }
    let count = cells.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      cells.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return cells.map { row in
      var line = ""
      for (index, cell) in row.enumerated() {
        line += cell
        if index < row.count - 1 { line += String(repeating: " ", count: widths[index] - cell.count + 2) }
      }
      return line
    }
  }
}

extension FiringTally {
  /// How often, how often falsely, how long, how long falsely.
  var cells: [String] {
    let judged = judged
    return [
      "\(fires)", judged.map { "\($0.falseFires)" } ?? "?", fires == 0 ? "-" : firing.short,
      judged.map { $0.falseFires == 0 ? "-" : $0.falseFiring.short } ?? "?",
    ]
  }
}

extension Sweep {
  /// - Parameter clock: how instants are written.
  func lines(_ clock: (Instant) -> String) -> [String] {
    let now = "\(threshold.sign) \(Figure(threshold.value, unit: unit))"
    var lines = [Inert.terminal("\(rule) with other thresholds than \(now)"), ""]
    let hasIncident = points.first?.meetings.contains { $0.incident == incident } ?? false
    var headings = ["threshold"]
    if hasIncident { headings += ["fires first", "than it did", "than the incident"] }
    if !hasIncident, points.first?.meetings.isEmpty == false { headings.append("incidents met") }
    headings += ["fires", "false", "firing", "falsely"]
    let rows = points.map { point -> [String] in
      let mark = point.threshold == threshold.value ? " *" : ""
      var cells = ["\(threshold.sign) \(Figure(point.threshold, unit: unit))\(mark)"]
      if hasIncident, let meeting = point.meetings.first(where: { $0.incident == incident }) {
        cells += [
          Backtest.fires(meeting.fires, clock), Backtest.thanFired(meeting, clock),
          meeting.thanStarted.map { Backtest.difference($0, early: "before", late: "after") } ?? "-",
        ]
      } else if !point.meetings.isEmpty {
        cells.append("\(point.meetings.count { $0.fires != nil }) of \(point.meetings.count)")
      }
      return cells + point.tally.cells
    }
    lines += Backtest.columns([headings] + rows)
    let chart = chart(width: 60, height: 8)
    if !chart.isEmpty { lines += [""] + chart }
    return lines
  }

  /// How often it fires by threshold, and how often falsely where incidents say what is false; nothing for fewer than
  /// two thresholds, or when it never fires.
  package func chart(width: Int, height: Int, mode: GraphMode = .braille) -> [String] {
    let values = points.map(\.threshold)
    guard let low = values.min(), let high = values.max(), high > low, width > 0, height > 0 else {
      return []
    }
    let isJudged = points.first?.tally.judged != nil
    let counts = points.sorted { $0.threshold < $1.threshold }.map { point in
      (x: point.threshold, all: point.tally.fires, wrong: point.tally.falseFires)
    }
    let most = max(1, counts.map(\.all).max() ?? 1)
    var canvas = DotCanvas<Int>(width: width, height: height, mode: mode)
    let (across, down) = (Scale(low: low, high: high), Scale(low: 0, high: Double(most)))
    func place(_ x: Double, _ count: Int) -> (x: Int, y: Int) {
      (
        Int(((across.share(of: x) ?? 0) * Double(canvas.width - 1)).rounded()),
        canvas.height - 1 - Int(((down.share(of: Double(count)) ?? 0) * Double(canvas.height - 1)).rounded())
      )
    }
    var last: (x: Int, y: Int)?
    for one in counts {
      let dot = place(one.x, one.all)
      if let last { canvas.line(fromX: last.x, fromY: last.y, toX: dot.x, toY: dot.y, owner: 0) }
      canvas.dot(x: dot.x, y: dot.y, owner: 0)
      last = dot
      guard isJudged else { continue }
      // False ones as points below the line, not as a second line: lines cannot be told apart without colour.
      let wrong = place(one.x, one.wrong)
      if one.wrong != one.all { canvas.dot(x: wrong.x, y: wrong.y, owner: 1) }
    }
    let label = max("\(most)".count, 1)
    var lines = [isJudged ? "fires (line) and false fires (dots) by threshold" : "fires by threshold"]
    for y in 0..<height {
      let text = y == 0 ? "\(most)" : y == height - 1 ? "0" : ""
      let cells = (0..<width).map { canvas.cell(x: $0, y: y)?.text ?? " " }.joined()
      lines.append(String(repeating: " ", count: label - text.count) + text + " " + cells)
    }
    let (left, right) = ("\(Figure(low, unit: unit))", "\(Figure(high, unit: unit))")
    let gap = max(1, width - left.count - right.count)
    lines.append(String(repeating: " ", count: label + 1) + left + String(repeating: " ", count: gap) + right)
    return lines.map { line in
      var line = line[...]
      while line.last == " " { line = line.dropLast() }
      return String(line)
    }
  }
}
