import Values

/// Charts in characters, for Markdown and for terminals.
extension SeriesChart {
  /// The chart in braille, inert: `height` rows of plot, below them the axis of time, a row each for firing and
  /// events where there are any, and what each sign means.
  ///
  /// - Parameters:
  ///   - width: columns of the plot and its labels, 24 to 400; what each sign means is broken there, too.
  ///   - height: rows of the plot, 3 to 100.
  package func braille(width: Int, height: Int) -> [String] {
    let width = min(400, max(24, width))
    let height = min(100, max(3, height))
    let scale = ChartScale(self)
    var labels: [Int: String] = [:]
    // By dots, of which four stand in a row, so that a line and its label are not a row apart.
    func row(_ share: Double) -> Int {
      (height * 4 - 1 - Int((share * Double(height * 4 - 1)).rounded())) / 4
    }
    for tick in scale.valueTicks(atMost: (height + 1) / 2) {
      labels[row(tick.share)] = tick.label.cut(to: 12)
    }
    var thresholdRows: Set<Int> = []
    for threshold in thresholds {
      guard threshold.value.isFinite, let share = scale.up(threshold.value) else { continue }
      labels[row(share)] = Figure(threshold.value, unit: unit).description.cut(to: 12)
      thresholdRows.insert(row(share))
    }
    let gutter = max(labels.values.map(\.count).max() ?? 0, 6)
    // Behind the plot the numbers of the lines that end there: ` 1,2`.
    let plot = max(8, width - gutter - (lines.count > 1 ? 6 : 2))
    let (canvas, ends) = draw(width: plot, height: height, scale: scale)
    var text = (0..<height).map { y -> String in
      let label = labels[y] ?? ""
      let axis = thresholdRows.contains(y) ? "╪" : label.isEmpty ? "│" : "┤"
      let cells = (0..<plot).map { x in
        canvas.cell(x: x, y: y)?.text ?? (thresholdRows.contains(y) ? "╌" : " ")
      }
      return label.leftPadded(gutter) + " " + axis + cells.joined() + Self.numbers(ends[y] ?? [])
    }
    text += timeAxis(scale, gutter: gutter, plot: plot)
    text += firingRow(scale, gutter: gutter, plot: plot) + marksRow(scale, gutter: gutter, plot: plot)
    text += legend.flatMap { Inert.terminal($0).wrapped(to: width) }
    return text.map { $0.withoutTrailingBlanks }
  }

  /// The lines as dots, and the numbers of the lines by the row where each ends.
  private func draw(
    width: Int, height: Int, scale: ChartScale
  ) -> (canvas: DotCanvas<Int>, ends: [Int: [Int]]) {
    var canvas = DotCanvas<Int>(width: width, height: height, mode: .braille)
    var ends: [Int: [Int]] = [:]
    let top = canvas.height - 1
    func dot(_ share: Double) -> Int { top - Int((share * Double(top)).rounded()) }
    for (index, line) in lines.prefix(Self.maximumLines).enumerated() {
      let trace = LineTrace(line, in: self, scale: scale, columns: canvas.width)
      for stretch in trace.stretches {
        var last: LineTrace.Extent?
        for extent in stretch {
          if let last {
            canvas.dashed(
              fromX: last.column, fromY: dot(last.last), toX: extent.column, toY: dot(extent.first),
              dash: Self.dashes[index % Self.dashes.count], owner: index)
          }
          let (low, high) = (dot(extent.low), dot(extent.high))
          if low != high || last == nil {
            canvas.line(fromX: extent.column, fromY: low, toX: extent.column, toY: high, owner: index)
          }
          last = extent
        }
      }
      if lines.count > 1, let end = trace.stretches.last?.last {
        ends[dot(end.last) / 4, default: []].append(index + 1)
      }
    }
    return (canvas, ends)
  }

  /// ` 1`, ` 1,2`, ` 1…4`.
  private static func numbers(_ ends: [Int]) -> String {
    guard let first = ends.first, let last = ends.last else { return "" }
    return first == last ? " \(first)" : ends.count == 2 ? " \(first),\(last)" : " \(first)…\(last)"
  }

  /// Dots drawn and left out in turn, by the number of the line.
  private static let dashes: [(on: Int, off: Int)] = [(1, 0), (4, 3), (1, 2), (9, 3)]

  private func timeAxis(_ scale: ChartScale, gutter: Int, plot: Int) -> [String] {
    var axis = Array(repeating: "─", count: plot)
    var labels = Cells(count: plot)
    for tick in scale.timeTicks(atMost: max(2, plot / 12)) {
      let column = Int((tick.share * Double(plot - 1)).rounded())
      let start = max(0, min(column - tick.label.count / 2, plot - tick.label.count))
      if labels.put(tick.label, at: start) { axis[column] = "┬" }
    }
    return [
      String(repeating: " ", count: gutter + 1) + "└" + axis.joined(),
      String(repeating: " ", count: gutter + 2) + labels.text,
    ]
  }

  private func firingRow(_ scale: ChartScale, gutter: Int, plot: Int) -> [String] {
    let spans = firingShares(scale)
    guard !spans.isEmpty else { return [] }
    var cells = Array(repeating: " ", count: plot)
    for span in spans {
      let ends = [span.from, span.until].map { Int(($0 * Double(plot - 1)).rounded()) }
      for column in ends[0]...max(ends[0], ends[1]) { cells[column] = "█" }
    }
    return ["firing".leftPadded(gutter) + "  " + cells.joined()]
  }

  private func marksRow(_ scale: ChartScale, gutter: Int, plot: Int) -> [String] {
    guard !shownMarks.isEmpty else { return [] }
    var rows = [Cells(count: plot)]
    for (index, mark) in shownMarks.enumerated() {
      // Beside its place where another stands, or below it; its time is in the legend.
      let column = Int((scale.along(mark.at) * Double(plot - 1)).rounded())
      let isPut = rows.indices.contains { row in
        (column..<(column + 4)).contains { rows[row].put(Self.letter(index), at: $0) }
      }
      guard !isPut else { continue }
      var row = Cells(count: plot)
      _ = row.put(Self.letter(index), at: min(column, plot - 1))
      rows.append(row)
    }
    return rows.enumerated().map { number, row in
      (number == 0 ? "events" : "").leftPadded(gutter) + "  " + row.text
    }
  }

  private var legend: [String] {
    let strokes = ["⠒⠒", "⠒⠂", "⠂⠂", "⠒⠐"]
    var rows = [timesInWords]
    rows += lines.prefix(Self.maximumLines).enumerated().map { index, line in
      (lines.count > 1 ? "\(index + 1) \(strokes[index % strokes.count]) " : "⠒⠒ ") + words(line)
    }
    if lines.isEmpty { rows.append("No series was kept.") }
    rows += thresholds.map { "╌╌ \(words($0))" } + firing.map { "██ \(words($0))" }
    rows += shownMarks.enumerated().map { "\(Self.letter($0.offset))  \(words($0.element))" }
    return rows + asides
  }
}

extension DotCanvas {
  /// A straight line of which only some dots are drawn, by their column: so dashes of many short lines join.
  fileprivate mutating func dashed(
    fromX: Int, fromY: Int, toX: Int, toY: Int, dash: (on: Int, off: Int), owner: Owner
  ) {
    guard dash.off > 0 else {
      return line(fromX: fromX, fromY: fromY, toX: toX, toY: toY, owner: owner)
    }
    let steps = max(abs(toX - fromX), abs(toY - fromY))
    guard steps > 0 else { return }
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      let x = fromX + Int((Double(toX - fromX) * share).rounded())
      let y = fromY + Int((Double(toY - fromY) * share).rounded())
      if (x + (fromX == toX ? y : 0)) % (dash.on + dash.off) < dash.on { dot(x: x, y: y, owner: owner) }
    }
  }
}

/// A row of cells that nothing may stand in twice.
private struct Cells {
  private var cells: [Character?]

  init(count: Int) {
    cells = Array(repeating: nil, count: max(0, count))
  }

  /// Whether there was room for it, and a blank on both sides of a word.
  mutating func put(_ label: String, at start: Int) -> Bool {
    let end = start + label.count
    let margin = label.count > 1 ? 1 : 0
    guard start >= 0, end <= cells.count else { return false }
    let around = max(0, start - margin)..<min(cells.count, end + margin)
    guard cells[around].allSatisfy({ $0 == nil }) else { return false }
    for (index, character) in zip(start..., label) { cells[index] = character }
    return true
  }

  var text: String { String(cells.map { $0 ?? " " }) }
}

extension String {
  fileprivate func leftPadded(_ width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }

  /// At most `length` characters; `…` says that there were more.
  fileprivate func cut(to length: Int) -> String {
    let head = prefix(length)
    return head.endIndex == endIndex ? self : String(head.dropLast()) + "…"
  }

  /// Lines of `width` characters, all but the first indented; at most four, `…` after them.
  fileprivate func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var rest = self[...]
    while !rest.isEmpty {
      let indent = lines.isEmpty ? "" : "     "
      if lines.count == 3 {
        lines.append((indent + rest.prefix(width)).cut(to: width))
        break
      }
      let head = rest.prefix(width - indent.count)
      lines.append(indent + head)
      rest = rest[head.endIndex...]
    }
    return lines
  }

  fileprivate var withoutTrailingBlanks: String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }
}
