import Retro
import Terminal
import Values

/// Timeline lines as rows: time, sign and word, text, who.
struct TimelineList {
  let lines: [TimelineLine]
  let state: ListState<String>
  let isFocused: Bool
  let filter: String
  /// Every time has its day.
  var isDated = false

  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let columns = [
      Column("time", minimum: isDated ? 14 : 9), Column("kind", minimum: 10, ideal: 11),
      Column("text", minimum: 12, ideal: 400),
      Column(
        "who", minimum: 4, ideal: min(12, max(4, lines.map { ($0.actor ?? "").count }.max() ?? 4)), drop: 1),
    ]
    let widths = Column.fit(columns, width: area.width - 2, gap: 2)
    let marking = RowFilter(filter)
    for (line, index) in state.visible(count: lines.count, height: area.height).enumerated() {
      let row = area.line(line)
      let item = lines[index]
      let isSelected = isFocused && item.id == state.selected
      if isSelected { frame.put(Sign.selected.glyph, at: row.origin, style: .strong, clip: row) }
      frame.row(
        cells(item, world, marking, at: now), columns: columns, widths: widths,
        in: row.inset(left: 1, right: 1), gap: 2)
      if isSelected { frame.highlight(row) }
    }
  }

  private func cells(
    _ item: TimelineLine, _ world: World, _ marking: RowFilter, at now: Instant
  ) -> [Spans] {
    let tone = item.retracted == nil ? Marks.style(item.tone) : .dim
    let isToday = CivilTime(item.occurred).day == CivilTime(now).day && now - item.occurred < .days(2)
    let time =
      isDated ? Self.whole(item.occurred) : isToday ? item.occurred.clockUTC : Self.day(item.occurred)
    let sign = item.isPinned ? Sign.star.glyph : item.sign
    return [
      [(time, .dim)],
      [("\(sign) ", tone), (item.word, tone)],
      text(item, world, marking),
      [(item.actor ?? "", .dim)],
    ]
  }

  private func text(_ item: TimelineLine, _ world: World, _ marking: RowFilter) -> Spans {
    if let reason = item.retracted {
      return [("taken back: ", .removed), (item.text, .dim), (reason.isEmpty ? "" : "  (\(reason))", .dim)]
    }
    // A second piece, if empty: sentences lose their end, not their middle.
    var spans = marking.marked(item.text, style: .text) + [("", .text)]
    if item.isAmended { spans.append(("  (amended)", .dim)) }
    if item.isBackdated { spans.append(("  (written \(item.recorded.minuteUTC))", .dim)) }
    if world.saving.contains(item.id) { spans.append(("  saving…", .strong)) }
    return spans
  }

  /// `11-21 03:12:45`, in UTC as all lists.
  private static func whole(_ instant: Instant) -> String {
    let t = CivilTime(instant)
    return "\(t.month.padded(2))-\(t.day.padded(2)) \(t.hour.padded(2)):\(t.minute.padded(2))"
      + ":\(t.second.padded(2))"
  }

  /// `11-21 23` for another day: nine columns as a clock.
  private static func day(_ instant: Instant) -> String {
    let t = CivilTime(instant)
    return "\(t.month.padded(2))-\(t.day.padded(2)) \(t.hour.padded(2))h"
  }
}
