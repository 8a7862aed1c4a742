import Values

/// A line as columns of a picture: thousands of points become at most one extent a column, extremes kept.
struct LineTrace {
  /// What a line does within one column; shares are 0 at the bottom and 1 at the top.
  struct Extent: Equatable {
    var column: Int
    var first: Double
    var last: Double
    var low: Double
    var high: Double
  }

  /// Stretches without a gap, from left to right, none empty.
  private(set) var stretches: [[Extent]] = []

  /// Points outside the chart's times are left out. A gap narrower than a column is not seen.
  /// O(points), and at most `columns` extents.
  init(_ line: SeriesChart.Line, in chart: SeriesChart, scale: ChartScale, columns: Int) {
    let end = Double(max(0, columns - 1))
    var isBroken = true
    for point in line.points where point.at >= chart.from && point.at <= chart.until {
      guard let value = point.value, let share = scale.up(value) else {
        isBroken = true
        continue
      }
      let column = Int((scale.along(point.at) * end).rounded())
      let last = stretches.indices.last
      if let last, let index = stretches[last].indices.last, stretches[last][index].column >= column {
        stretches[last][index].last = share
        stretches[last][index].low = min(stretches[last][index].low, share)
        stretches[last][index].high = max(stretches[last][index].high, share)
      } else {
        let extent = Extent(column: column, first: share, last: share, low: share, high: share)
        if let last, !isBroken { stretches[last].append(extent) } else { stretches.append([extent]) }
      }
      isBroken = false
    }
  }
}
