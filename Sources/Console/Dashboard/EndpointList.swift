import Incidents
import Terminal
import Values
import Watch

/// Endpoints as rows: sign and word, system, name, what came back, how long it took or lasts, history.
struct EndpointList {
  let items: [EndpointItem]
  let state: ListState<String>
  let isFocused: Bool
  let filter: String

  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let hasSystems = Set(items.map(\.system)).count > 1
    // The note goes first, then the next poll, the history, the system.
    let gap = area.width < 60 ? 1 : 2
    let columns = [
      Column("state", minimum: 9),
      Column(
        "system", minimum: hasSystems ? widest(\.system, 8...16) : 0,
        ideal: hasSystems ? widest(\.system, 8...18) : 0,
        drop: hasSystems ? 3 : 8),
      Column(
        "endpoint", minimum: min(widest(\.row.name, 6...14), area.width / 4),
        ideal: widest(\.row.name, 6...22)),
      Column("answer", minimum: min(16, area.width / 5), ideal: 38),
      Column("time", minimum: 6, ideal: 7, side: .right),
      Column("history", minimum: 8, ideal: 12, drop: 5),
      Column("next", minimum: 9, ideal: 10, drop: 6),
      Column("note", minimum: 15, ideal: 18, drop: 7),
    ]
    let widths = Column.fit(columns, width: area.width - 1, gap: gap)
    let history = widths.dropFirst(5).first.flatMap { $0 } ?? 0
    let marking = RowFilter(filter)
    for (line, index) in state.visible(count: items.count, height: area.height).enumerated() {
      let item = items[index]
      let row = area.line(line)
      let isSelected = isFocused && item.id == state.selected
      if isSelected { frame.put(Sign.selected.glyph, at: row.origin, style: .strong, clip: row) }
      frame.row(
        cells(item, world, marking, history: history, at: now), columns: columns, widths: widths,
        in: row.inset(left: 1), gap: gap)
      if isSelected { frame.highlight(row) }
    }
  }

  private func widest(_ text: (EndpointItem) -> String, _ range: ClosedRange<Int>) -> Int {
    min(range.upperBound, max(range.lowerBound, items.map { text($0).displayWidth }.max() ?? 0))
  }

  private func cells(
    _ item: EndpointItem, _ world: World, _ marking: RowFilter, history: Int, at now: Instant
  ) -> [Spans] {
    let row = item.row
    let mark = Marks.endpoint(row.state)
    let isUp = row.state == .up
    return [
      [("\(mark.sign.glyph) \(mark.word)", mark.style)],
      marking.marked(item.system, style: .text),
      marking.marked(row.name, style: isUp ? .text : .strong),
      answer(row, at: now),
      [
        (
          isUp ? row.took?.latency ?? "" : row.since.map { (now - $0).whole } ?? "",
          isUp ? .text : mark.style
        )
      ],
      bars(row, world, width: history),
      next(row, at: now),
      [note(row, at: now)],
    ]
  }

  private func answer(_ row: EndpointRow, at now: Instant) -> Spans {
    // What is left out here is said nowhere else on the row: it comes before what may be cut.
    let mark: Spans = row.isUnverified == true ? [("\(Sign.warn.glyph) unverified ", .warn)] : []
    return mark + what(row)
  }

  private func what(_ row: EndpointRow) -> Spans {
    if let by = row.blockedBy { return [("blocked by \(by)", .unknown), ("", .text)] }
    if let flapping = row.flapping { return [(flapping.words, .warn), ("", .text)] }
    if let reason = row.reason { return [(reason, row.state == .up ? .dim : .text), ("", .text)] }
    if let code = row.code { return [("\(code)", row.state == .up ? .dim : .text)] }
    switch row.state {
    case .up: return [("answers", .dim)]
    case .unknown: return [("not polled yet", .unknown)]
    default: return []
    }
  }

  private func bars(_ row: EndpointRow, _ world: World, width: Int) -> Spans {
    let points = row.history.map { value -> Sparkline.Point in
      value.map(Sparkline.Point.value) ?? .sign(.down, .down)
    }
    return Sparkline(points).spans(
      width: width, mode: world.options.bars, style: row.state == .up ? .up : .dim)
  }

  private func next(_ row: EndpointRow, at now: Instant) -> Spans {
    guard let next = row.next, next - now >= .seconds(1) else { return [] }
    return [("next \((next - now).whole)", .dim)]
  }

  private func note(_ row: EndpointRow, at now: Instant) -> (String, Style) {
    if let delay = row.delay { return (delay.words, .dim) }
    if let expiry = row.certificateExpiry, expiry - now < .days(14) {
      return ("cert ends in \((expiry - now).whole)", .dim)
    }
    if row.state != .up, let since = row.since { return ("since \(since.clockUTC)", .dim) }
    return (row.samples.map { "\($0) samples" } ?? "", .dim)
  }
}
