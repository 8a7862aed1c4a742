package import Values

extension LineChart {
  /// Draws into what the frame has of `rect`: value labels on the left, the axis of time on the last line,
  /// threshold labels on the right, each where there is room. Nothing when there is no room at all.
  ///
  /// - Parameters:
  ///   - valueLabel: how a value is written on the axis, short.
  ///   - timeLabel: how an instant in seconds is written on the axis, short.
  package func draw(
    in frame: inout Frame, _ rect: Rect, mode: GraphMode = .braille,
    valueLabel: (Double) -> String, timeLabel: (Double) -> String
  ) {
    let rect = rect.intersection(frame.bounds)
    guard rect.height >= 2, rect.width >= 4 else { return }
    let range = shownValues
    let plotHeight = rect.height - 1
    let labels = valueLabels(range, lines: plotHeight, write: valueLabel)
    let widest = labels.values.map(\.text.displayWidth).max() ?? 0
    let gutter = widest > 0 ? widest + 2 : 0
    let left = gutter + 1 < rect.width / 2 ? gutter : 0
    let names = thresholds.map(\.label.displayWidth).max().map { $0 == 0 ? 0 : $0 + 2 } ?? 0
    let right = names < (rect.width - left) / 3 ? names : 0
    let plot = Rect(
      x: rect.x.addingSaturating(left), y: rect.y, width: rect.width - left - right, height: plotHeight)
    if left > 0 {
      for (line, label) in labels {
        let style = Style(label.slot)
        frame.putRight(label.text, right: plot.x - 2, y: plot.y + line, style: style)
        frame.put("┤", at: Point(x: plot.x - 1, y: plot.y + line), style: .dim, clip: rect)
      }
    }
    drawThresholds(in: &frame, plot, within: rect, range: range, hasLabels: right > 0)
    drawSeries(in: &frame, plot, range: range, mode: mode)
    drawTimes(
      in: &frame, Rect(x: plot.x, y: plot.bottom, width: plot.width, height: 1), corner: left > 0,
      write: timeLabel)
  }

  private func line(of value: Double, in range: ClosedRange<Double>, lines: Int) -> Int? {
    guard range.contains(value), lines > 0 else { return nil }
    let share = Scale(low: range.lowerBound, high: range.upperBound).share(of: value) ?? 0
    return lines - 1 - Int((share * Double(lines - 1)).rounded())
  }

  private typealias Label = (text: String, slot: Slot)

  /// Labels by line: thresholds first, then round values on lines that are free.
  private func valueLabels(
    _ range: ClosedRange<Double>, lines: Int, write: (Double) -> String
  ) -> [Int: Label] {
    var labels: [Int: Label] = [:]
    for threshold in thresholds {
      if let line = line(of: threshold.value, in: range, lines: lines) {
        labels[line] = (write(threshold.value), threshold.slot)
      }
    }
    for value in Ticks.numbers(in: range, atMost: max(2, (lines + 1) / 2)) {
      guard let line = line(of: value, in: range, lines: lines), labels[line] == nil else {
        continue
      }
      labels[line] = (write(value), .dim)
    }
    return labels
  }

  private func drawThresholds(
    in frame: inout Frame, _ plot: Rect, within rect: Rect, range: ClosedRange<Double>, hasLabels: Bool
  ) {
    for threshold in thresholds {
      guard let line = line(of: threshold.value, in: range, lines: plot.height) else { continue }
      let y = plot.y + line
      frame.fill(plot.line(line), with: "╌", style: Style(threshold.slot))
      if hasLabels {
        frame.put(
          threshold.label, at: Point(x: plot.right + 1, y: y), style: Style(threshold.slot), clip: rect)
      }
    }
  }

  private func drawSeries(
    in frame: inout Frame, _ plot: Rect, range: ClosedRange<Double>, mode: GraphMode
  ) {
    var canvas = DotCanvas<Slot>(width: plot.width, height: plot.height, mode: mode)
    let x = Scale(low: times.lowerBound, high: times.upperBound)
    let y = Scale(low: range.lowerBound, high: range.upperBound)
    for line in series {
      var last: (x: Int, y: Int)?
      for sample in line.samples where times.contains(sample.time) {
        guard let value = sample.value, let up = y.share(of: value), let along = x.share(of: sample.time)
        else {
          last = nil
          continue
        }
        let here = (
          x: Int((along * Double(canvas.width - 1)).rounded()),
          y: canvas.height - 1 - Int((up * Double(canvas.height - 1)).rounded())
        )
        let from = last ?? here
        canvas.line(fromX: from.x, fromY: from.y, toX: here.x, toY: here.y, owner: line.slot)
        last = here
      }
    }
    for row in 0..<plot.height {
      for column in 0..<plot.width {
        guard let cell = canvas.cell(x: column, y: row) else { continue }
        frame.put(cell.text, at: Point(x: plot.x + column, y: plot.y + row), style: Style(cell.owner))
      }
    }
  }

  private func drawTimes(
    in frame: inout Frame, _ axis: Rect, corner: Bool, write: (Double) -> String
  ) {
    frame.fill(axis, with: "─", style: .dim)
    if corner { frame.put("└", at: Point(x: axis.x - 1, y: axis.y), style: .dim) }
    let scale = Scale(low: times.lowerBound, high: times.upperBound)
    func column(_ time: Double) -> Int {
      Int(((scale.share(of: time) ?? 0) * Double(max(0, axis.width - 1))).rounded())
    }
    var free = IndexSpace(count: axis.width)
    for mark in marks where times.contains(mark.time) {
      let place = column(mark.time)
      let label = mark.label.truncatedEnd(to: max(0, axis.width - place))
      guard free.take(place, label.displayWidth) else { continue }
      frame.put(label, at: Point(x: axis.x + place, y: axis.y), style: mark.style, clip: axis)
    }
    let widest = max(5, write(times.upperBound).displayWidth)
    for time in Ticks.seconds(in: times, atMost: axis.width / (widest + 3)) {
      let place = column(time)
      let label = write(time)
      guard free.take(place, label.displayWidth + 1) else { continue }
      frame.put(label, at: Point(x: axis.x + place, y: axis.y), style: .dim, clip: axis)
    }
  }
}

/// Columns of a line that nothing stands in yet.
private struct IndexSpace {
  private var taken: [Bool]

  init(count: Int) {
    taken = Array(repeating: false, count: max(0, count))
  }

  /// Takes a run of columns if all are free.
  mutating func take(_ start: Int, _ length: Int) -> Bool {
    let end = start.addingSaturating(length)
    guard start >= 0, length > 0, end <= taken.count, !taken[start..<end].contains(true) else { return false }
    for index in start..<end { taken[index] = true }
    return true
  }
}
