import Incidents
import Retro
import Terminal
import Values

extension IncidentScreen {
  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    guard let incident = shown(world) else {
      frame.paneRule(area, "incident", isFocused: true)
      let none = "No incident is open, and none was declared yet. Select an alert and press i to declare one."
      frame.paragraph(key.map { "Reading \($0)…" } ?? none, in: area.inset(top: 1), style: .dim)
      return
    }
    if let top = handOver {
      HandOverPage(handOver: world.handOver(of: incident, at: now), top: top).draw(in: &frame, area)
      return
    }
    let parts = IncidentLayout(area, incident: incident, world: world, isTaskFocused: pane == .incidentTasks)
    drawTitle(incident, in: &frame, parts.title, world, at: now)
    for (index, spans) in Self.about(incident, world, width: area.width).prefix(parts.about.height)
      .enumerated()
    {
      let line = parts.about.line(index).inset(left: 1, right: 1)
      frame.put((spans + [("", .text)]).fitted(to: line.width), at: line.origin, clip: line)
    }
    drawWork(incident, in: &frame, parts.work, world, at: now)
    let clocks = ClockRows(world: world, incident: incident, now: now)
    if parts.isWide {
      frame.verticalRule(x: parts.clocks.x, y: parts.clocks.y, height: parts.clocks.height)
      drawClocks(clocks.rows, in: &frame, parts.clocks.inset(left: 2))
    } else {
      drawClockLine(clocks.line, in: &frame, parts.clocks)
    }
    drawInForce(incident, in: &frame, parts.inForce, world)
    let lines = timeline(world)
    let state = ListView(state: self.lines, isFocused: pane == .incidentTimeline)
    let total = world.timeline(of: incident.key)?.count ?? 0
    frame.paneRule(
      parts.timeline, "timeline", isFocused: state.isFocused,
      more: [kinds == .all ? [("newest last", .dim)] : [(kinds.title, .match)]],
      right: filter.isEmpty && kinds == .all
        ? [("\(total)", .dim)]
        : [(filter.isEmpty ? "" : "/ \(filter) · ", .match), ("\(lines.count) of \(total)", .dim)])
    let inner = parts.timeline.inset(top: 1)
    guard !lines.isEmpty else {
      let sentence =
        world.ledger.timelineOf != incident.key
        ? "Reading the timeline of \(incident.key)…"
        : kinds != .all
          ? "None of \(kinds.title); f lists the next."
          : filter.isEmpty
            ? "Nothing is written yet; n writes the first note." : "No line matches / \(filter)."
      frame.paragraph(sentence, in: inner, style: .dim)
      return
    }
    TimelineList(lines: lines, state: state.state, isFocused: state.isFocused, filter: filter)
      .draw(in: &frame, inner, world, at: now)
  }

  private func drawInForce(_ incident: Incident, in frame: inout Frame, _ area: Rect, _ world: World) {
    let effects = world.effects(of: incident.key)
    let hidden = effects.count - area.height
    for (index, item) in effects.prefix(area.height).enumerated() {
      let more: Spans = hidden > 0 && index == area.height - 1 ? [("  and \(hidden) more", .due)] : []
      let room = area.width - 2 - more.displayWidth
      let spans = item.effect.notice(hasKey: index == 0, width: room)
      frame.put(spans.fitted(to: room) + more, at: area.line(index).inset(left: 1).origin, clip: area)
    }
  }

  private struct ListView {
    let state: ListState<String>
    let isFocused: Bool
  }

  private func drawTitle(
    _ incident: Incident, in frame: inout Frame, _ line: Rect, _ world: World, at now: Instant
  ) {
    let style = Marks.style(Marks.level(incident.severity))
    let sign = incident.isOpen ? Marks.sign(Marks.level(incident.severity)) : .resolved
    let name = incident.declared?.severityName.map { " \($0)" } ?? ""
    let saving: [Spans] = world.saving.contains(incident.key) ? [[("saving…", .strong)]] : []
    let end = incident.resolved ?? now
    let length = (end - (incident.started ?? end)).whole
    let first: Spans = [
      ("\(incident.key) ", .strong),
      ("\(sign.glyph) \(incident.severity.rawValue)\(name)", incident.isOpen ? style : .up),
      (" \(incident.status.rawValue) ", .text), (length, .dim),
    ]
    // The title is cut rather than dropped.
    let room = line.width - first.displayWidth - 12 - saving.reduce(0) { $0 + $1.displayWidth + 4 }
    frame.rule(
      line,
      title: [first, [(incident.title.truncatedEnd(to: max(8, room)), .strong)]] + saving
        + (Self.isImpactInTitle(incident, width: line.width)
          ? [[("impact: \(incident.impact ?? "not said yet")", incident.impact == nil ? .due : .text)]] : []))
  }

  private func drawWork(
    _ incident: Incident, in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant
  ) {
    let known = world.roles(of: incident)
    let spans = known.map { role -> Segment in
      let who = incident.roles[role]
      return Segment(
        [("\(role) ", .dim), (who ?? "–", who == nil ? .dim : .strong)], drop: known.firstIndex(of: role) ?? 9
      )
    }
    frame.put(Segment.fit(spans, width: area.width - 2), x: area.x + 1, in: area.line(0))
    guard area.height > 1 else { return }
    let tasks = taskRows(world)
    let isFocused = pane == .incidentTasks
    let open = tasks.count(where: \.isOpen)
    let head = tasks.isEmpty ? "No task is open; t adds one." : "tasks  \(open) open of \(tasks.count)"
    frame.put(head, at: area.line(1).inset(left: 1).origin, style: isFocused ? .strong : .dim, clip: area)
    let rows = area.inset(top: 2)
    for (line, index) in self.tasks.visible(count: tasks.count, height: rows.height).enumerated() {
      let row = rows.line(line)
      let isSelected = isFocused && tasks[index].id == self.tasks.selected
      if isSelected { frame.put(Sign.selected.glyph, at: row.origin, style: .strong, clip: row) }
      drawTask(tasks[index], in: &frame, row.inset(left: 1), world, at: now)
      if isSelected { frame.highlight(row) }
    }
  }

  private func drawTask(
    _ task: Incident.Task, in frame: inout Frame, _ row: Rect, _ world: World, at now: Instant
  ) {
    let isDone = task.done != nil
    var right: Spans = []
    if world.saving.contains(task.id) {
      right = [("saving…", .strong)]
    } else if let done = task.done {
      right = [(done.minuteUTC, .dim)]
    } else if let due = task.due {
      let left = due - now
      let box = row.width >= 50 ? "\((due - task.at).short), " : ""
      let countdown = Countdown(name: "", due: due, from: task.at)
      right = [(box, .dim), (left > .zero ? "\(left.whole) left" : left.clipped, countdown.style(at: now))]
    }
    let columns = [
      Column("sign", minimum: 1), Column("title", minimum: 10, ideal: 60),
      Column("owner", minimum: 4, ideal: 10, drop: 1),
      Column("due", minimum: max(11, right.displayWidth), side: .right),
    ]
    frame.row(
      [
        [
          (
            (task.isDropped ? Sign.skipped : isDone ? .done : .todo).glyph,
            isDone && !task.isDropped ? .up : .text
          )
        ],
        [(task.title, isDone ? .dim : .text)], [(task.owner ?? "–", .dim)], right,
      ],
      columns: columns, widths: Column.fit(columns, width: row.width - 1, gap: 2), in: row, gap: 2)
  }

  /// Whether the title's line has room for the impact beside the title itself.
  static func isImpactInTitle(_ incident: Incident, width: Int) -> Bool {
    // What stands before, between and behind them.
    width >= 100 && incident.title.displayWidth + (incident.impact ?? "").displayWidth + 72 <= width
  }

  /// Lines below the title: what it hurts, which endpoints, and what it has to do with.
  static func about(_ incident: Incident, _ world: World, width: Int) -> [Spans] {
    var lines: [Spans] = []
    if let impact = world.impact(of: incident.key) {
      let waiting = impact.open.isEmpty ? "" : ", \(impact.open.count) open"
      lines.append([
        ("customers  ", .dim),
        (impact.customers.words, impact.customers.worst == .s1 ? .due : .text), (waiting, .text),
        ("   l lists them", .dim),
      ])
    }
    if !isImpactInTitle(incident, width: width) {
      lines.append([
        ("impact  ", .dim), (incident.impact ?? "not said yet", incident.impact == nil ? .due : .text),
      ])
    }
    var more: Spans = []
    if !incident.affected.isEmpty {
      let names = incident.affected.map { name in
        incident.systems.count == 1 ? String(name.split(separator: "/", maxSplits: 1).last ?? "") : name
      }
      more += [("affects  ", .dim), (names.joined(separator: ", "), .text)]
    }
    if !incident.links.isEmpty {
      more += [
        (more.isEmpty ? "" : "   ", .text), (incident.links.map(\.words).joined(separator: " · "), .text),
      ]
    }
    return lines + (more.isEmpty ? [] : [more])
  }

  private func drawClocks(_ rows: [Spans], in frame: inout Frame, _ area: Rect) {
    for (index, row) in rows.prefix(area.height).enumerated() {
      frame.put(row, at: area.line(index).origin, clip: area)
    }
    if rows.isEmpty { frame.put("no clock runs", at: area.line(0).origin, style: .dim, clip: area) }
  }

  /// On a narrow screen: what runs out next, in one line.
  private func drawClockLine(_ segments: [Segment], in frame: inout Frame, _ line: Rect) {
    let shown = segments.isEmpty ? [Segment([("no clock runs", .dim)])] : segments
    frame.put(Segment.fit(shown, width: line.width - 2), x: line.x + 1, in: line)
  }
}
