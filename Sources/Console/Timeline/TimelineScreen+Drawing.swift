import Incidents
import Retro
import Terminal
import Values

extension TimelineScreen {
  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let rows = rows(world)
    let parts = TimelineLayout(area, screen: self)
    drawIncidents(rows, in: &frame, parts.list, world, at: now)
    let chosen = rows.first { $0.key == incidents.selected }
    switch view {
    case .timeline: if let chosen { drawTimeline(chosen, in: &frame, parts, world, at: now) }
    case .events: drawEvents(in: &frame, parts, world, at: now)
    case .preview: if let chosen { drawPreview(chosen, in: &frame, parts.lines) }
    case .actions: drawActions(in: &frame, parts.lines, world, at: now)
    }
    guard let chosen else { return }
    let times = TimelineTimes(
      chosen, times: world.times(of: chosen.key), figures: retro.statistics?.figures, period: period)
    times.draw(in: &frame, parts.times)
  }

  private func drawIncidents(
    _ rows: [Incident], in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant
  ) {
    frame.paneRule(
      area, "incidents", isFocused: !isReading,
      right: Dashboard.count(rows.count, filter: filter)
        + (incidentWords == filter ? [] : [(" (Tab: events)", .warn)]))
    let inner = area.inset(top: 1)
    guard !rows.isEmpty else {
      let sentence =
        world.ledger.incidents.isEmpty
        ? "No incident was declared yet; i on an alert declares one, and this is where it is exported from. "
          + "v shows all events of the journal."
        : "No incident matches / \(filter); Esc shows all."
      frame.paragraph(sentence, in: inner, style: .dim)
      return
    }
    let hasKept = rows.contains { !kept($0).isEmpty }
    let columns =
      [
        Column("key", minimum: 6, ideal: 8), Column("severity", minimum: 4),
        Column("title", minimum: 14, ideal: 60),
        Column("status", minimum: 8, ideal: 13, drop: 3),
        Column("length", minimum: 6, ideal: 7, side: .right),
      ] + (hasKept ? [Column("kept", minimum: 5, ideal: 5, side: .right, drop: 2)] : [])
      + [Column("day", minimum: 5, drop: 1)]
    let widths = Column.fit(columns, width: area.width - 2, gap: 2)
    let marking = RowFilter(incidentWords)
    for (line, index) in incidents.visible(count: rows.count, height: inner.height).enumerated() {
      let incident = rows[index]
      let place = inner.line(line)
      let isSelected = incident.key == incidents.selected
      if isSelected {
        frame.put(Sign.selected.glyph, at: place.origin, style: isReading ? .dim : .strong, clip: place)
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
        ] + (hasKept ? [kept(incident)] : []) + [[("\(day.month.padded(2))-\(day.day.padded(2))", .dim)]],
        columns: columns, widths: widths, in: place.inset(left: 1, right: 1), gap: 2)
      if isSelected { frame.highlight(place) }
    }
  }

  /// Promised updates that came in time, of those that were due: `» 3/4`.
  private func kept(_ incident: Incident) -> Spans {
    guard let kept = retro.cadence[incident.key], kept.promised > 0 else { return [] }
    let isAll = kept.kept == kept.promised
    return [("\(Sign.sent.glyph)\(kept.kept)/\(kept.promised)", isAll ? .dim : .warn)]
  }

  private func drawTimeline(
    _ incident: Incident, in frame: inout Frame, _ parts: TimelineLayout, _ world: World, at now: Instant
  ) {
    let lines = timeline(world, at: now)
    let all = world.timeline(of: incident.key)
    frame.paneRule(
      parts.lines, "timeline of \(incident.key)", isFocused: isReading,
      right: eventFilter.isEmpty
        ? Dashboard.count(lines.count, filter: "")
        : [("\(lines.count) of \(all?.count ?? 0)", .dim), ("  / \(eventFilter)", .key)])
    let inner = parts.lines.inset(top: 1)
    guard !lines.isEmpty else {
      let sentence =
        all == nil
        ? "Reading the timeline of \(incident.key)…" : "Nothing matches / \(eventFilter); Esc shows all."
      frame.paragraph(sentence, in: inner, style: .dim)
      return
    }
    TimelineList(lines: lines, state: self.lines, isFocused: isReading, filter: words(world, at: now))
      .draw(in: &frame, inner, world, at: now)
  }

  /// What of the filter is looked for in texts, to be marked there.
  private func words(_ world: World, at now: Instant) -> String {
    readFilter(world, at: now).terms.compactMap { term in
      if case .text(let words) = term.test, !term.isNegated { words.replacing("\"", with: "") } else { nil }
    }.joined(separator: " ")
  }

  // MARK: - All events

  private func drawEvents(
    in frame: inout Frame, _ parts: TimelineLayout, _ world: World, at now: Instant
  ) {
    let page = world.events
    var title = "events"
    if let window { title += " · \(window.length.words) around \(window.centre.dateClockUTC)" }
    frame.paneRule(parts.lines, title, isFocused: isReading, right: count(page))
    var inner = parts.lines.inset(top: 1)
    guard let page else {
      frame.paragraph("Reading the journal…", in: inner, style: .dim)
      return
    }
    if parts.stripHeight > 0 {
      drawStrip(page, in: &frame, inner.line(0), columns: parts.stripColumns, world)
      inner = inner.inset(top: 1)
    }
    guard !page.lines.isEmpty else {
      frame.paragraph(nothing(page), in: inner, style: .dim)
      return
    }
    TimelineList(
      lines: page.lines, state: events, isFocused: isReading, filter: words(world, at: now), isDated: true
    ).draw(in: &frame, inner, world, at: now)
  }

  private func nothing(_ page: EventPage) -> String {
    if let looked = page.looked { return "Looking… back to \(looked.dateClockUTC) nothing matches." }
    if page.total == 0 { return "The journal holds nothing yet." }
    if !eventFilter.isEmpty { return "Nothing matches / \(eventFilter); Esc shows all." }
    return "Nothing happened then; - looks at more time."
  }

  /// `214 of 10,000`, with a plus while more is being counted, and the filter.
  private func count(_ page: EventPage?) -> Spans {
    guard let page else { return [] }
    let found = page.strip.map { "\($0.found.grouped)\($0.looked == nil ? "" : "+")" } ?? "…"
    var spans: Spans = [("\(found) of \(Int(clamping: page.total).grouped)", .dim)]
    if let looked = page.looked { spans.append((" · looking: \(looked.dateClockUTC)", .due)) }
    if !eventFilter.isEmpty { spans.append(("  / \(eventFilter)", .key)) }
    return spans
  }

  /// When how much happened, with the place of the chosen event.
  private func drawStrip(
    _ page: EventPage, in frame: inout Frame, _ line: Rect, columns: Int, _ world: World
  ) {
    guard let strip = page.strip else { return }
    let last = strip.spans.end - .milliseconds(1)
    let isShort = strip.spans.end - strip.spans.start < .days(2)
    let isOneDay = CivilTime(strip.spans.start).day == CivilTime(last).day
    func label(_ instant: Instant) -> String {
      let time = CivilTime(instant)
      let day = "\(time.month.padded(2))-\(time.day.padded(2))"
      guard isShort else { return "\(time.year)-\(day)" }
      return isOneDay ? instant.clockUTC : "\(day) \(time.hour.padded(2)):\(time.minute.padded(2))"
    }
    frame.put(
      label(strip.spans.start), at: Point(x: line.x + 1, y: line.y), style: .dim, clip: line)
    let most = Double(strip.counts.max() ?? 0)
    let points: [Sparkline.Point] = strip.counts.map { $0 == 0 ? .missing : .value(Double($0)) }
    let bars = Sparkline(points, range: 0...max(1, most)).text(
      width: strip.counts.count, mode: world.options.bars)
    let chosen = page.lines.first { $0.id == events.selected }.flatMap { strip.spans.place(of: $0.occurred) }
    var x = line.x + 1 + TimelineLayout.stripLabel
    for (index, bar) in bars.enumerated() {
      let isHere = index == chosen
      let shown = isHere && bar == " " ? "·" : String(bar)
      frame.put(
        shown, at: Point(x: x, y: line.y), style: isHere ? Style(.key, reverse: true) : .text, clip: line)
      x += 1
    }
    frame.put(
      label(last), at: Point(x: x + 1, y: line.y), style: .dim, clip: line)
  }

  // MARK: - What is to be done

  private func drawActions(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let rows = actionRows(world)
    frame.paneRule(
      area, "action items of all incidents", isFocused: isReading,
      right: Dashboard.count(rows.count, filter: wordFilter))
    guard !rows.isEmpty else {
      let sentence =
        world.ledger.actions.isEmpty
        ? "Nothing is to be done; t adds an action item." : "Nothing matches / \(wordFilter); Esc shows all."
      frame.paragraph(sentence, in: area.inset(top: 1), style: .dim)
      return
    }
    ActionItemList(rows: rows, state: actions, isFocused: isReading, filter: wordFilter)
      .draw(in: &frame, area.inset(top: 1), world, at: now)
  }

  // MARK: - The retro

  private func drawPreview(_ incident: Incident, in frame: inout Frame, _ area: Rect) {
    let rows = previewRows(width: area.width)
    let inner = area.inset(left: 1, top: 1, right: 1)
    let first = min(top, max(0, rows.count - inner.height))
    let more = rows.count > inner.height ? "\(min(rows.count, first + inner.height)) of \(rows.count)" : ""
    let marking = RowFilter(wordFilter)
    frame.paneRule(area, "retro of \(incident.key)", isFocused: isReading, right: [(more, .dim)])
    guard !rows.isEmpty else {
      let isRead = retro.preview?.incident == incident.key
      frame.paragraph(
        isRead ? "Nothing matches / \(wordFilter); Esc shows all." : "Writing the retro of \(incident.key)…",
        in: area.inset(top: 1), style: .dim)
      return
    }
    for (index, row) in rows.dropFirst(first).prefix(inner.height).enumerated() {
      frame.put(marking.marked(row.0, style: row.1), at: inner.line(index).origin, clip: inner)
    }
  }
}

extension Int {
  /// `10,000`.
  var grouped: String {
    var text = ""
    for (index, digit) in String(magnitude).reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return (self < 0 ? "-" : "") + String(text.reversed())
  }
}
