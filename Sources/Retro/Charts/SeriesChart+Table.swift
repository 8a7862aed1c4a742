import Values

/// What a chart shows as a table, for those who do not see it and those who want the figures.
extension SeriesChart {
  /// At most so many rows; more points are put together by time.
  private static let maximumRows = 40

  /// Every point where there are few, else the extent of each line in steps of round length.
  package var valueTable: RetroTable {
    let points = lines.flatMap { $0.points.map(\.at).filter { $0 >= from && $0 <= until } }
    let instants = Set(points).sorted()
    if instants.count <= Self.maximumRows { return everyPoint(instants) }
    return steps
  }

  private func everyPoint(_ instants: [Instant]) -> RetroTable {
    let values = lines.map { line in
      Dictionary(line.points.map { ($0.at, $0.value) }, uniquingKeysWith: { $1 })
    }
    let rows = instants.map { at in
      Row(from: at, until: at, figures: values.map { figure($0[at] ?? nil) })
    }
    return RetroTable(
      caption: "Values of \(title)", headings: ["UTC"] + lines.map(\.name), rows: folded(rows))
  }

  private struct Row {
    var from: Instant
    var until: Instant
    /// Nil where there is no data.
    var figures: [String?]

    var isEmpty: Bool { figures.allSatisfy { $0 == nil } }
  }

  /// Rows without any data that follow one another are one, of all their time.
  private func folded(_ rows: [Row]) -> [[RetroTable.Cell]] {
    var folded: [(row: Row, count: Int)] = []
    for row in rows {
      if let last = folded.indices.last, row.isEmpty, folded[last].row.isEmpty {
        folded[last].row.until = row.until
        folded[last].count += 1
      } else {
        folded.append((row, 1))
      }
    }
    return folded.map { row, count in
      let start = row.from.dateClockUTC
      return [.init(count > 1 ? "\(start) to \(clock(row.until))" : start)]
        + row.figures.map { .init($0 ?? "no data") }
    }
  }

  private func figure(_ value: Double?) -> String? {
    guard let value, !value.isNaN else { return nil }
    return Figure(value, unit: unit).description
  }

  private var steps: RetroTable {
    let scale = ChartScale(self)
    let span = scale.times.upperBound - scale.times.lowerBound
    let round: [Double] = [
      1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 604_800,
    ]
    let least = span / Double(Self.maximumRows - 1)
    let step = round.first { $0 >= least } ?? (least / 604_800).rounded(.up) * 604_800
    func index(_ at: Instant) -> Int { Int((at.seconds / step).rounded(.down)) }
    let first = index(from)
    let count = min(Self.maximumRows, max(1, index(until) - first + 1))
    var extents = lines.map { _ in [(low: Double, high: Double)?](repeating: nil, count: count) }
    for (number, line) in lines.enumerated() {
      for point in line.points where point.at >= from && point.at <= until {
        guard let value = point.value, !value.isNaN else { continue }
        let row = min(count - 1, max(0, index(point.at) - first))
        let known = extents[number][row] ?? (value, value)
        extents[number][row] = (min(known.low, value), max(known.high, value))
      }
    }
    let rows = (0..<count).map { row in
      Row(
        from: max(from, Instant(seconds: Double(first + row) * step)),
        until: min(until, Instant(seconds: Double(first + row + 1) * step)),
        figures: extents.map { line in line[row].map { extent($0.low, $0.high) } })
    }
    let length = Span(milliseconds: Instant(seconds: step).milliseconds).short
    return RetroTable(
      caption: "Values of \(title), lowest to highest in steps of \(length)",
      headings: ["From (UTC)"] + lines.map(\.name), rows: folded(rows))
  }
}
