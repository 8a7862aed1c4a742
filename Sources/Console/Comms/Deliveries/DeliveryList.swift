import Terminal
import Values

/// Deliveries as rows: state, where to, what came of it, what it is about, when.
struct DeliveryList {
  let items: [DeliveryItem]
  let state: ListState<String>
  let isFocused: Bool

  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let columns = [
      Column("state", minimum: 9), Column("to", minimum: 8, ideal: 22),
      Column("words", minimum: 16, ideal: area.width),
      Column("about", minimum: 10, ideal: 18, drop: 1), Column("time", minimum: 6, drop: 2),
    ]
    let widths = Column.fit(columns, width: area.width - 2, gap: 2)
    for (line, index) in state.visible(count: items.count, height: area.height).enumerated() {
      let item = items[index]
      let row = area.line(line)
      let isSelected = isFocused && item.id == state.selected
      if isSelected { frame.put(Sign.selected.glyph, at: row.origin, style: .strong, clip: row) }
      let (sign, word, style) = item.state
      let saving: Spans = world.saving.contains(item.id) ? [("saving… ", .strong)] : []
      frame.row(
        [
          [("\(sign.glyph) ", style), (word, style)],
          [(isOneName(item) ? item.record.to : item.record.place, .text)],
          saving + [(item.words(at: now), .text), ("", .text)], [(item.about, .dim), ("", .dim)],
          [(item.record.changedAt?.minuteUTC ?? "", .dim)],
        ],
        columns: columns, widths: widths, in: row.inset(left: 1, right: 1), gap: 2)
      if isSelected { frame.highlight(row) }
    }
  }

  /// Two systems may give one name to two destinations.
  private func isOneName(_ item: DeliveryItem) -> Bool {
    items.allSatisfy { $0.record.to != item.record.to || $0.record.system == item.record.system }
  }
}
