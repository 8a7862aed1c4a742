import Incidents
import Retro
import Terminal
import Values

extension TimelineScreen {
  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let rows = rows(world)
    let parts = split(area)
    drawIncidents(rows, in: &frame, parts.list, world, at: now)
    guard let chosen = rows.first(where: { $0.key == incidents.selected }) else { return }
    drawLines(chosen, in: &frame, parts.lines, world, at: now)
    drawTimes(chosen, in: &frame, parts.times, world)
  }

  private func drawIncidents(
    _ rows: [Incident], in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant
  ) {
    let isFocused = pane == .retroIncidents
    frame.paneRule(
      area, "incidents", isFocused: isFocused,
      right: Dashboard.count(rows.count, filter: isFocused ? filter : ""))
    let inner = area.inset(top: 1)
    guard !rows.isEmpty else {
      let sentence =
        world.ledger.incidents.isEmpty
        ? "No incident was declared yet; i on an alert declares one, and this is where it is exported from."
        : "No incident matches / \(filter); Esc shows all."
      frame.paragraph(sentence, in: inner, style: .dim)
      return
    }
    let columns = [
      Column("key", minimum: 6, ideal: 8), Column("severity", minimum: 4),
      Column("title", minimum: 10, ideal: 60),
      Column("status", minimum: 8, ideal: 13, drop: 2), Column("length", minimum: 6, ideal: 7, side: .right),
      Column("day", minimum: 5, drop: 1),
    ]
    let widths = Column.fit(columns, width: area.width - 2, gap: 2)
    let marking = RowFilter(isFocused ? filter : "")
    for (line, index) in incidents.visible(count: rows.count, height: inner.height).enumerated() {
      let incident = rows[index]
      let place = inner.line(line)
      let isSelected = incident.key == incidents.selected
      if isSelected {
        frame.put(Sign.selected.glyph, at: place.origin, style: isFocused ? .strong : .dim, clip: place)
      }
      let level = Marks.level(incident.severity)
      let style: Style = incident.isOpen ? Marks.style(level) : .up
      let sign = incident.isOpen ? Marks.sign(level) : .resolved
      let day = CivilTime(incident.started ?? incident.declaredAt ?? now)
      frame.row(
        [
          marking.marked(incident.key, style: .text),
          [("\(sign.glyph) \(incident.severity.rawValue)", style)],
          marking.marked(incident.title, style: incident.isOpen ? .strong : .text) + [("", .text)],
          [(incident.status.rawValue, .dim)],
          [(((incident.resolved ?? now) - (incident.started ?? now)).whole, .dim)],
          [("\(day.month.padded(2))-\(day.day.padded(2))", .dim)],
        ],
        columns: columns, widths: widths, in: place.inset(left: 1, right: 1), gap: 2)
      if isSelected { frame.highlight(place) }
    }
  }

  private func drawLines(
    _ incident: Incident, in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant
  ) {
    let lines = timeline(world)
    let isFocused = pane == .retroTimeline
    frame.paneRule(
      area, "timeline of \(incident.key)", isFocused: isFocused,
      right: Dashboard.count(lines.count, filter: isFocused ? filter : ""))
    let inner = area.inset(top: 1)
    guard !lines.isEmpty else {
      let sentence =
        world.ledger.timelineOf == incident.key
        ? "Nothing matches / \(filter)." : "Reading the timeline of \(incident.key)…"
      frame.paragraph(sentence, in: inner, style: .dim)
      return
    }
    TimelineList(lines: lines, state: self.lines, isFocused: isFocused, filter: isFocused ? filter : "")
      .draw(in: &frame, inner, world, at: now)
  }

  /// How long each part took, counted from the start.
  private func drawTimes(_ incident: Incident, in frame: inout Frame, _ area: Rect, _ world: World) {
    guard area.height > 1, let started = incident.started else { return }
    frame.paneRule(area, "times from the start \(started.dateClockUTC)", isFocused: false)
    let marks: [(String, Instant?)] = [
      ("declared", incident.declaredAt), ("respond", incident.clock("respond")?.met),
      ("first update", incident.updates.first?.at), ("mitigate", incident.clock("mitigate")?.met),
      ("resolved", incident.resolved),
    ]
    let segments = marks.enumerated().map { index, mark in
      Segment(
        [("\(mark.0) ", .dim), (mark.1.map { ($0 - started).whole } ?? "–", mark.1 == nil ? .dim : .text)],
        drop: index)
    }
    frame.put(Segment.fit(segments, width: area.width - 2, gap: 3), x: area.x + 1, in: area.line(1), gap: 3)
  }
}
