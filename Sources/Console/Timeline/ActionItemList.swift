import Incidents
import Terminal
import Values

/// Action items as rows: what is overdue first.
struct ActionItemList {
  let rows: [ActionItem]
  let state: ListState<String>
  let isFocused: Bool
  let filter: String

  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let columns = [
      Column("key", minimum: 6, ideal: min(20, rows.map(\.shownKey.count).max() ?? 6)),
      Column("state", minimum: 9), Column("title", minimum: 12, ideal: 400),
      Column("incident", minimum: 5, ideal: 7, drop: 3),
      Column("owner", minimum: 5, ideal: 10, drop: 1),
      Column("due", minimum: 8, ideal: 12, side: .right, drop: 2),
    ]
    let widths = Column.fit(columns, width: area.width - 2, gap: 2)
    let marking = RowFilter(filter)
    for (line, index) in state.visible(count: rows.count, height: area.height).enumerated() {
      let row = area.line(line)
      let item = rows[index]
      let isSelected = isFocused && item.key == state.selected
      if isSelected { frame.put(Sign.selected.glyph, at: row.origin, style: .strong, clip: row) }
      let (sign, style) = mark(item, at: now)
      let title: Style = item.isOpen ? .text : .dim
      frame.row(
        [
          [(item.shownKey, .dim)], [("\(sign.glyph) ", style), (item.state.rawValue, style)],
          marking.marked(item.task, style: title)
            + [(world.saving.contains(item.key) ? "  saving…" : "", .strong)],
          [(item.incident ?? "", .dim)], [(item.owner ?? "–", item.owner == nil ? .dim : .text)],
          [(due(item, at: now), item.isOverdue(at: now) ? .overdue : .dim)],
        ],
        columns: columns, widths: widths, in: row.inset(left: 1, right: 1), gap: 2)
      if isSelected { frame.highlight(row) }
    }
  }

  private func mark(_ item: ActionItem, at now: Instant) -> (Sign, Style) {
    switch item.state {
    case .open: item.isOverdue(at: now) ? (.failed, .overdue) : (.todo, .text)
    case .doing: item.isOverdue(at: now) ? (.failed, .overdue) : (.current, .due)
    case .done: (.done, .up)
    case .dropped: (.skipped, .dim)
    }
  }

  private func due(_ item: ActionItem, at now: Instant) -> String {
    guard item.isOpen, let due = item.due else { return "" }
    return due < now ? "\((now - due).rough) late" : "in \((due - now).rough)"
  }
}

extension ActionItem {
  /// A follow-up's own key names its title again.
  var shownKey: String { isFollowUp ? "follow-up" : key }
}

extension Span {
  /// `3d`, `5h`, `12m`: in whole units.
  fileprivate var rough: String {
    if self >= .days(1) { return "\(milliseconds / Span.days(1).milliseconds)d" }
    if self >= .hours(1) { return "\(milliseconds / Span.hours(1).milliseconds)h" }
    return "\(max(1, milliseconds / Span.minutes(1).milliseconds))m"
  }
}
