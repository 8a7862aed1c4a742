import Terminal
import Values

/// Silences and maintenance as rows: name, system, whom it hides and how many, why, when it ends.
struct MutingList {
  let items: [MutingItem]
  let state: ListState<String>
  let isFocused: Bool
  let filter: String

  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let gap = area.width < 100 ? 1 : 2
    let times = items.map { $0.time(at: now) }
    let columns = [
      Column("sign", minimum: 1),
      Column("name", minimum: 6, ideal: widest(items.map(\.name), 6...18)),
      Column("system", minimum: 8, ideal: widest(items.map(\.system), 8...16), drop: 2),
      Column("hides", minimum: 8, ideal: 8, side: .right),
      Column("covers", minimum: 10, ideal: widest(items.map(\.covers), 10...44), drop: 3),
      Column("why", minimum: 8, ideal: widest(items.map(\.why), 8...40), drop: 4),
      Column("time", minimum: widest(times.map(\.text), 10...34)),
    ]
    let widths = Column.fit(columns, width: area.width - 1, gap: gap)
    let marking = RowFilter(filter)
    for (line, index) in state.visible(count: items.count, height: area.height).enumerated() {
      let item = items[index]
      let row = area.line(line)
      let isHolding = item.isHolding(at: now)
      let style: Style = isHolding ? .text : .dim
      let isSelected = isFocused && item.id == state.selected
      if isSelected { frame.put(Sign.selected.glyph, at: row.origin, style: .strong, clip: row) }
      frame.row(
        [
          [(isHolding ? Sign.maintenance.glyph : Sign.retry.glyph, isHolding ? .maintenance : .dim)],
          marking.marked(item.name, style: isHolding ? .strong : .dim),
          marking.marked(item.system, style: style),
          [(isHolding ? "hides \(item.hidden)" : "", item.hidden > 0 ? .text : .dim)],
          marking.marked(item.covers, style: style), marking.marked(item.why, style: .dim) + [("", .dim)],
          [(times[index].text, times[index].style)],
        ],
        columns: columns, widths: widths, in: row.inset(left: 1), gap: gap)
      if isSelected { frame.highlight(row) }
    }
  }

  private func widest(_ texts: [String], _ range: ClosedRange<Int>) -> Int {
    min(range.upperBound, max(range.lowerBound, texts.map(\.displayWidth).max() ?? 0))
  }
}
