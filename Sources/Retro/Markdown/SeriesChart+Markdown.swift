import Values

extension SeriesChart {
  /// Its lines in figures.
  func markdown(level: Int) -> [String] {
    let rows = lines.map { line -> [RetroTable.Cell] in
      let values = line.points.compactMap(\.value).filter { !$0.isNaN }
      func figure(_ value: Double?) -> RetroTable.Cell {
        .init(value.map { Figure($0, unit: unit).description } ?? "no data")
      }
      return [.init(line.name), figure(values.min()), figure(values.max()), figure(values.last)]
    }
    let judged = thresholds.map { RetroFact("Threshold", "\($0.name): \(Figure($0.value, unit: unit))") }
    let fired = firing.map { one in
      RetroFact("Fired", "\(one.name) \(one.from.dateClockUTC) to \(one.until?.dateClockUTC ?? "now")")
    }
    let period = RetroFact("Period", "\(from.dateClockUTC) to \(until.dateClockUTC)")
    let table = RetroTable(caption: title, headings: ["Series", "Least", "Most", "Last"], rows: rows)
    return RetroBlock.group(title: title, [.facts([period] + judged + fired), .table(table)])
      .markdown(level: level)
  }
}
