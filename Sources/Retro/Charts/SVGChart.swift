import Values

/// A chart as a picture: the plot with its axes, and below it what each sign means.
struct SVGChart {
  /// How much room there is for it; letters are equally large in each.
  enum Shape: String {
    /// For pages, paper and files.
    case wide
    /// For screens that are held in one hand.
    case narrow

    var width: Double { self == .wide ? 640 : 340 }
    var plotHeight: Double { self == .wide ? 200 : 170 }
    /// Labels on the axis of time.
    var times: Int { self == .wide ? 7 : 4 }
    /// Letters of a row below the plot, and how many rows one sign's words may take.
    var columns: Int { self == .wide ? 92 : 44 }
    var rows: Int { self == .wide ? 1 : 4 }
  }

  private static let rowHeight = 18.0
  private static let lineHeight = 15.0

  private let chart: SeriesChart
  private let shape: Shape
  private let scale: ChartScale
  private let left: Double
  private let right: Double
  private let top: Double
  /// Where the letter of each event stands: beside its place where another one does, or in a row above it; never
  /// beyond the picture, and never over another.
  private let letters: [(x: Double, row: Int)]
  private let ticks: [ChartScale.Tick]

  init(_ chart: SeriesChart, _ shape: Shape = .wide) {
    self.chart = chart
    self.shape = shape
    let scale = ChartScale(chart)
    self.scale = scale
    ticks = scale.valueTicks(atMost: 6)
    let limits = chart.thresholds.map { Figure($0.value, unit: chart.unit).description }
    let longest = (ticks.map(\.label) + limits).map { min(12, $0.count) }.max() ?? 0
    left = Double(longest) * 8 + 14
    right = chart.lines.count > 1 ? 32 : 14
    let plotWidth = shape.width - left - right
    let most = plotWidth + right - 5
    var ends: [Double] = []
    letters = chart.shownMarks.map { mark in
      let place = scale.along(mark.at) * plotWidth
      func free(_ end: Double) -> Double { max(place, end + 10) }
      let row = ends.firstIndex { free($0) - place <= 20 && free($0) <= most } ?? ends.count
      if row == ends.count { ends.append(-1e9) }
      ends[row] = free(ends[row])
      return (ends[row], row)
    }
    top = 8 + 14 * Double((letters.map(\.row).max() ?? -1) + 1)
  }

  private var plotWidth: Double { shape.width - left - right }
  private var bottom: Double { top + shape.plotHeight }

  private func x(_ share: Double) -> Double { left + share * plotWidth }
  private func y(_ share: Double) -> Double { bottom - share * shape.plotHeight }

  /// - Parameters:
  ///   - id: begins the ids within, which a page may not have twice; letters, digits and `-`.
  ///   - isDescribed: false where the page has another picture of the chart, with the description of both.
  ///   - style: what stands within `style`; none in a page that has it.
  func text(id: String, isDescribed: Bool = true, style: String?) -> String {
    let legend = legend
    var height = bottom + 30
    let places = legend.map { entry in
      defer { height += Self.rowHeight + Self.lineHeight * Double(entry.words.count - 1) }
      return height + 0.7 * Self.rowHeight
    }
    let size = "0 0 \(SVGText.number(shape.width)) \(SVGText.number(height))"
    var rows = [
      "<svg class=\"chart \(shape)\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"\(size)\" role=\"img\" "
        + "aria-describedby=\"\(id)-text\">",
      "<title>\(SVGText.safe(chart.title, columns: 300))</title>",
    ]
    if isDescribed {
      rows.append("<desc id=\"\(id)-text\">\(SVGText.safe(chart.description, columns: 4000))</desc>")
    }
    if let style { rows.append("<style>\n\(style)</style>") }
    rows += firing + axes + limits + marks
    for (index, line) in chart.lines.prefix(SeriesChart.maximumLines).enumerated() {
      rows += trace(of: line, index)
    }
    for (entry, y) in zip(legend, places) {
      rows.append(entry.sign(y))
      for (index, words) in entry.words.enumerated() {
        rows.append(SVGText.text(words, x: 46, y: y + Double(index) * Self.lineHeight))
      }
    }
    return rows.joined(separator: "\n") + "\n</svg>\n"
  }

  private var axes: [String] {
    var rows: [String] = []
    // A round value gives way to a threshold that is written beside it.
    let taken = chart.thresholds.compactMap { $0.value.isFinite ? scale.up($0.value).map(y) : nil }
    for tick in ticks {
      let y = y(tick.share)
      rows.append(SVGText.line("grid", left, y, left + plotWidth, y))
      guard taken.allSatisfy({ abs($0 - y) >= 12 }) else { continue }
      rows.append(
        SVGText.text(
          SVGText.fitted(tick.label, columns: 12), x: left - 6, y: y + 4, anchor: .end, style: "dim"))
    }
    rows.append(SVGText.line("axis", left, bottom, left + plotWidth, bottom))
    for tick in scale.timeTicks(atMost: shape.times) {
      let x = x(tick.share)
      rows.append(SVGText.line("axis", x, bottom, x, bottom + 5))
      let half = Double(tick.label.count) * 3.9
      let middle = min(max(x, half), shape.width - half)
      rows.append(SVGText.text(tick.label, x: middle, y: bottom + 18, anchor: .middle, style: "dim"))
    }
    return rows
  }

  private var firing: [String] {
    chart.firingShares(scale).flatMap { span in
      let width = max(2, (span.until - span.from) * plotWidth)
      let start = min(x(span.from), left + plotWidth - width)
      return [
        SVGText.rectangle("span", x: start, y: top, width: width, height: shape.plotHeight),
        SVGText.rectangle("bar", x: start, y: bottom - 5, width: width, height: 5),
      ]
    }
  }

  private var limits: [String] {
    var labels: [Double] = []
    return chart.thresholds.flatMap { threshold -> [String] in
      guard threshold.value.isFinite, let y = scale.up(threshold.value).map(y) else { return [] }
      let line = SVGText.line("limit", left, y, left + plotWidth, y)
      guard labels.allSatisfy({ abs($0 - y) >= 12 }) else { return [line] }
      labels.append(y)
      let figure = SVGText.fitted(Figure(threshold.value, unit: chart.unit).description, columns: 12)
      return [line, SVGText.text(figure, x: left - 6, y: y + 4, anchor: .end, style: "alarm")]
    }
  }

  private var marks: [String] {
    zip(chart.shownMarks, letters).enumerated().flatMap { index, mark -> [String] in
      let x = x(scale.along(mark.0.at))
      let letter = mark.1
      return [
        SVGText.line("mark", x, top, x, bottom),
        SVGText.text(
          SeriesChart.letter(index), x: left + letter.x, y: top - 4 - 14 * Double(letter.row), anchor: .middle
        ),
      ]
    }
  }

  private func trace(of line: SeriesChart.Line, _ index: Int) -> [String] {
    let columns = max(2, Int(plotWidth))
    let trace = LineTrace(line, in: chart, scale: scale, columns: columns)
    func x(_ column: Int) -> String {
      SVGText.number(self.x(Double(column) / Double(columns - 1)))
    }
    var path: [String] = []
    var rows: [String] = []
    for stretch in trace.stretches {
      let isDot = stretch.count == 1 && stretch.allSatisfy { $0.low == $0.high }
      if isDot, let dot = stretch.first {
        let y = SVGText.number(y(dot.first))
        rows.append("<path class=\"line dot line\(index % 4)\" d=\"M\(x(dot.column)) \(y)h0.1\"/>")
        continue
      }
      var sign = "M"
      for extent in stretch {
        let x = x(extent.column)
        var last: String?
        for share in [extent.first, extent.low, extent.high, extent.last] {
          let y = SVGText.number(y(share))
          if y != last { path.append("\(sign)\(x) \(y)") }
          (last, sign) = (y, "L")
        }
      }
    }
    if !path.isEmpty {
      rows.append(
        "<path class=\"line line\(index % 4)\"\(Self.dash(index)) d=\"\(path.joined(separator: ""))\"/>")
    }
    if chart.lines.count > 1, let end = trace.stretches.last?.last {
      let end = (x: self.x(Double(end.column) / Double(columns - 1)) + 5, y: y(end.last) + 4)
      rows.append(SVGText.text("\(index + 1)", x: end.x, y: end.y))
    }
    return rows
  }

  private static func dash(_ index: Int) -> String {
    let dash = ChartStyle.dashes[index % ChartStyle.dashes.count]
    return dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\""
  }

  /// What a sign in the plot means.
  private struct Entry {
    /// Rows of text.
    let words: [String]
    /// Drawn at the height of the first row.
    let sign: (Double) -> String
  }

  private var legend: [Entry] {
    func row(_ words: String, _ sign: @escaping (Double) -> String) -> Entry {
      Entry(words: SVGText.rows(words, columns: shape.columns, most: shape.rows), sign: sign)
    }
    var rows = [row(chart.timesInWords) { SVGText.text("UTC", x: 8, y: $0, style: "dim") }]
    rows += chart.lines.prefix(SeriesChart.maximumLines).enumerated().map { index, line in
      let number = chart.lines.count > 1 ? "\(index + 1) " : ""
      return row(number + chart.words(line)) {
        let y = SVGText.number($0 - 4)
        return "<path class=\"line line\(index % 4)\"\(Self.dash(index)) d=\"M8 \(y)H38\"/>"
      }
    }
    if chart.lines.isEmpty { rows.append(row("No series was kept.") { _ in "" }) }
    rows += chart.thresholds.map { limit in
      row(chart.words(limit)) { SVGText.line("limit", 8, $0 - 4, 38, $0 - 4) }
    }
    rows += chart.firing.map { one in
      row(chart.words(one)) {
        SVGText.rectangle("span", x: 8, y: $0 - 10, width: 30, height: 12)
          + SVGText.rectangle("bar", x: 8, y: $0 - 2, width: 30, height: 4)
      }
    }
    rows += chart.shownMarks.enumerated().map { index, mark in
      row(chart.words(mark)) { SVGText.text(SeriesChart.letter(index), x: 23, y: $0, anchor: .middle) }
    }
    return rows + chart.asides.map { row($0) { _ in "" } }
  }
}

extension SeriesChart {
  /// The chart as an SVG file of its own: dark on a dark screen, with a title and a description for those who do
  /// not see it. Thousands of points become at most a stroke a column, extremes kept.
  package var svg: String {
    SVGChart(self).text(id: "chart", style: ChartStyle.css(followsScheme: true))
  }
}
