import Values

extension SeriesChart {
  /// Drawn in braille, and its lines in figures for whoever cannot see that.
  func markdown(level: Int) -> [String] {
    let rows = lines.map { line -> [RetroTable.Cell] in
      let values = line.points.compactMap(\.value).filter { !$0.isNaN }
      func figure(_ value: Double?) -> RetroTable.Cell {
        .init(value.map { Figure($0, unit: unit).description } ?? "no data")
      }
      return [.init(line.name), figure(values.min()), figure(values.max()), figure(values.last)]
    }
    let table = RetroTable(caption: title, headings: ["Series", "Least", "Most", "Last"], rows: rows)
    let drawn = RetroBlock.verbatim(braille(width: 100, height: 10).joined(separator: "\n"), language: "text")
    return RetroBlock.group(title: title, [drawn, .table(table)])
      .markdown(level: level)
  }
}
