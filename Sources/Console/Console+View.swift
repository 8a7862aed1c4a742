import Terminal
import Values

extension Console {
  /// What the terminal shows. Pure; never larger or smaller than the size it was told last.
  package func view(at now: Instant) -> Frame {
    var frame = Frame(size)
    guard Layout.fits(size) else {
      drawTooSmall(in: &frame)
      return finished(frame)
    }
    let layout = layout
    Header(world: world, now: now).draw(in: &frame, layout.header)
    drawStage(in: &frame, layout.stage, at: now)
    if shell.overlay == nil { drawToast(in: &frame, layout.stage, at: now) }
    drawOverlay(in: &frame, layout.panel, at: now)
    if let incident = world.leadIncident {
      IncidentBar(world: world, incident: incident, now: now).draw(in: &frame, layout.bar)
    }
    Footer(console: self).draw(in: &frame, layout.footer)
    return finished(frame)
  }

  var layout: Layout {
    Layout(size, hasBar: world.leadIncident != nil, panelHeight: panelHeight)
  }

  private func finished(_ frame: Frame) -> Frame {
    world.options.asciiSigns ? frame.asciiSigns() : frame
  }

  private func drawTooSmall(in frame: inout Frame) {
    let text = "midwatch needs \(Layout.minimum); this is \(size). q quits."
    let area = frame.bounds
    for (index, line) in text.wrapped(to: max(1, area.width)).prefix(area.height).enumerated() {
      frame.put(line, at: area.line(index).origin)
    }
  }

  private func drawStage(in frame: inout Frame, _ area: Rect, at now: Instant) {
    switch screen {
    case .dashboard: dashboard.draw(in: &frame, area, world, at: now)
    case .alerts: alerts.draw(in: &frame, area, world, at: now)
    case .incident: incident.draw(in: &frame, area, world, at: now)
    case .playbook:
      playbook.draw(
        in: &frame, area, world, at: now, hasToast: shell.overlay == nil && shell.toast(at: now) != nil)
    case .comms: comms.draw(in: &frame, area, world, at: now)
    case .tickets: tickets.draw(in: &frame, area, world, at: now)
    case .timeline: timeline.draw(in: &frame, area, world, at: now)
    }
  }

  private func drawToast(in frame: inout Frame, _ stage: Rect, at now: Instant) {
    guard let toast = shell.toast(at: now), stage.height > 1 else { return }
    // A sentence that says why something cannot be done is read whole, where a few lines are enough for it.
    let wrapped = toast.text.wrapped(to: max(1, stage.width - 4))
    let lines =
      wrapped.count <= min(3, stage.height / 3)
      ? wrapped : [toast.text.truncatedMiddle(to: max(0, stage.width - 4))]
    let mark: (String, Style)
    switch toast.tone {
    case .done: mark = (Sign.done.glyph, .up)
    case .failed: mark = (Sign.failed.glyph, .down)
    case .plain: mark = (Sign.current.glyph, .dim)
    }
    for (index, text) in lines.enumerated() {
      let line = stage.line(stage.height - lines.count + index)
      frame.fill(line)
      let lead: Spans = index == 0 ? [(" ", .text), mark] : [("  ", .text)]
      frame.put(lead + [(" " + text, .strong)], at: line.origin, clip: line)
    }
  }

  private var panelHeight: Int {
    switch shell.overlay {
    case nil: 0
    case .help, .palette: max(0, size.height - 8)
    case .filter:
      screen == .tickets || pane == .retroTimeline || pane == .retroIncidents ? FilterLine.height : 1
    case .line(let entry): entry.error == nil && entry.saving == nil ? 1 : 2
    case .choice(let choice): choice.height
    case .form(let form): form.height(width: size.width)
    case .comment(let panel): panel.height(width: size.width)
    case .send: max(0, size.height - 8)
    case .confirm(let confirmation): confirmation.height(width: size.width)
    case .page(let page): page.height(width: size.width)
    }
  }

  private func drawOverlay(in frame: inout Frame, _ area: Rect, at now: Instant) {
    guard !area.isEmpty else { return }
    switch shell.overlay {
    case nil: break
    case .help(let palette): palette.draw(in: &frame, area, isHelp: true, self)
    case .palette(let palette): palette.draw(in: &frame, area, isHelp: false, self)
    case .filter(let field) where screen == .tickets:
      FilterLine(tickets: field, me: world.options.handle).draw(in: &frame, area)
    case .filter(let field) where pane == .retroTimeline:
      FilterLine(
        events: field, me: world.options.handle, at: now, offset: world.zone?.offset ?? 0
      ).draw(in: &frame, area)
    case .filter(let field) where pane == .retroIncidents:
      FilterLine(incidents: field).draw(in: &frame, area)
    case .filter(let field):
      let line = area.line(0)
      let x = frame.put(" / ", at: line.origin, style: .key, clip: line)
      field.draw(
        in: &frame, line.inset(left: x - line.x), placeholder: "words that rows must hold; !word leaves out")
    case .line(let entry): entry.draw(in: &frame, area, world, at: now)
    case .choice(let choice): choice.draw(in: &frame, area)
    case .form(let form): form.draw(in: &frame, area)
    case .comment(let panel): panel.draw(in: &frame, area)
    case .send(let panel): panel.draw(in: &frame, area)
    case .confirm(let confirmation): confirmation.draw(in: &frame, area)
    case .page(let page): page.draw(in: &frame, area)
    }
  }
}
