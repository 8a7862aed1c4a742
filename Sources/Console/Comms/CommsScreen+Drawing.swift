import Comms
import Incidents
import Terminal
import Values

extension CommsScreen {
  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let (above, below) = split(area, world)
    drawAbove(in: &frame, above, world, at: now)
    let items = world.deliveryItems()
    guard !items.isEmpty, below.height > 0 else { return }
    let waiting = world.stuckDeliveries.count
    let isFocused = pane == .commsDeliveries
    frame.paneRule(
      below, "deliveries", isFocused: isFocused,
      more: waiting > 0
        ? [[(waiting == 1 ? "1 waits for somebody" : "\(waiting) wait for somebody", .due)]] : [],
      right: [(isFocused ? "" : "Tab  ", .key), ("\(items.count)", .dim)])
    DeliveryList(items: items, state: deliveries, isFocused: isFocused)
      .draw(in: &frame, below.inset(top: 1), world, at: now)
  }

  private func drawAbove(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    guard let sheet else {
      drawList(in: &frame, area, world)
      return
    }
    drawTitle(sheet, in: &frame, area.line(0), world, at: now)
    let rest = area.inset(top: 1)
    if area.width >= 84 {
      let (left, right) = rest.splitRight(min(48, area.width * 2 / 5))
      drawSheet(sheet, in: &frame, left.inset(left: 1, right: 1), at: now)
      frame.verticalRule(x: right.x, y: right.y, height: right.height)
      drawCheck(sheet, in: &frame, right.inset(left: 2), world, at: now)
    } else {
      let findings = world.findings(of: sheet, at: now).filter { $0.mark != .good }.count
      let (top, bottom) = rest.splitBottom(min(rest.height / 3, max(2, findings + 2)))
      drawSheet(sheet, in: &frame, top.inset(left: 1, right: 1), at: now)
      frame.paneRule(bottom, "check", isFocused: false)
      drawCheck(sheet, in: &frame, bottom.inset(left: 1, top: 1), world, at: now, hasTitle: false)
    }
  }

  private func drawTitle(
    _ sheet: Sheet, in frame: inout Frame, _ line: Rect, _ world: World, at now: Instant
  ) {
    let number = (world.ledger.incident(sheet.incident)?.updates.count ?? 0) + 1
    let about = sheet.incident.map { " for \($0)" } ?? ""
    let slot: Style = Audience.isOutward(sheet.audience) ? Style(.public) : Style(.internal)
    var segments: [Spans] = [
      [("update \(number)\(about)", .strong)],
      [(sheet.audience, slot), (" · \(sheet.stage.rawValue)", .text)],
    ]
    if let approved = world.draft(of: sheet)?.approved {
      segments.append([("approved by \(approved.by)", .up)])
    } else if let role = world.approval(of: sheet) {
      segments.append([("approval: \(role)", .due)])
    }
    let isSaving = world.saving.contains(sheet.key) || (sheet.draft == nil && world.saving.contains("draft"))
    if isSaving {
      segments.append([("saving…", .strong)])
    } else {
      segments.append([
        (sheet.isDirty ? "not saved" : "saved as \(sheet.draft ?? "")", sheet.isDirty ? .due : .dim)
      ])
    }
    // What is missing before it can go comes before where it goes: that is shown again before it does.
    if !sheet.recipients.isEmpty { segments.append([("\(sheet.recipients.count) copies", .text)]) }
    segments.append([("to: \(world.destinations(of: sheet).joined(separator: ", "))", .dim)])
    frame.rule(line, title: segments)
  }

  private func drawSheet(_ sheet: Sheet, in frame: inout Frame, _ area: Rect, at now: Instant) {
    let subject = area.line(0)
    let x = frame.put(
      "Subject  ", at: subject.origin, style: writing == .subject ? .strong : .dim, clip: subject)
    let field = Rect(x: x, y: subject.y, width: max(0, subject.right - x), height: 1)
    if writing == .subject {
      sheet.subject.draw(in: &frame, field)
    } else {
      frame.put(
        Self.holes(sheet.subject.text.truncatedEnd(to: field.width), style: .strong), at: field.origin,
        clip: field)
    }
    frame.put(
      String(repeating: "─", count: area.width), at: area.line(1).origin, style: .rule, clip: area.line(1))
    let body = area.inset(top: 2)
    if writing == .text {
      let names = Unfilled.names(in: sheet.text.text).map { (text: "{{\($0)}}", style: Style.due) }
      sheet.text.draw(in: &frame, body, emphasis: names)
      return
    }
    let lines = sheet.text.text.wrapped(to: max(1, body.width))
    let first = min(top, max(0, lines.count - body.height))
    for (index, line) in lines.dropFirst(first).prefix(body.height).enumerated() {
      frame.put(Self.holes(line, style: .text), at: body.line(index).origin, clip: body)
    }
    if lines.count - first > body.height {
      let more = " \(lines.count - first - body.height + 1) more lines; j scrolls "
      frame.fill(body.line(body.height - 1))
      frame.put(more, at: body.line(body.height - 1).origin, style: .dim, clip: body)
    }
  }

  /// `{{eta}}` stands out: what is unfilled is never blank.
  static func holes(_ line: String, style: Style) -> Spans {
    var spans: Spans = []
    var rest = line[...]
    while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
      spans.append((String(rest[..<open.lowerBound]), style))
      spans.append((String(rest[open.lowerBound..<close.upperBound]), .due))
      rest = rest[close.upperBound...]
    }
    spans.append((String(rest), style))
    return spans.filter { !$0.0.isEmpty }
  }

  private func drawCheck(
    _ sheet: Sheet, in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant,
    hasTitle: Bool = true
  ) {
    var rows: [Spans] = hasTitle ? [[("check", .dim)]] : []
    for finding in world.findings(of: sheet, at: now) {
      let style: Style = finding.mark == .error ? .page : finding.mark == .warning ? .warn : .up
      for (index, line) in finding.sentence.wrapped(to: max(1, area.width - 3)).enumerated() {
        let isGood = finding.mark == .good
        rows.append([(index == 0 ? "\(finding.mark.sign) " : "  ", style), (line, isGood ? .dim : .text)])
      }
    }
    rows.append([])
    if let next = world.promise(of: sheet, at: now) {
      let left = next - now
      let words = left > .zero ? "in \(left.whole)" : "past: f names a later one"
      rows.append([
        ("promises the next at \(next.minuteUTC(at: now)) ", .text), (words, left > .zero ? .dim : .due),
      ])
    } else {
      rows.append([("promises no next update", .dim)])
    }
    if let last = world.lastSent(like: sheet) {
      rows.append([("since the last: \(TextDiff(from: last.text, to: sheet.text.text).summary)", .dim)])
    }
    for (index, row) in rows.prefix(area.height).enumerated() {
      frame.put(row, at: area.line(index).origin, clip: area)
    }
  }

  private func drawList(in frame: inout Frame, _ area: Rect, _ world: World) {
    let rows = rows(world)
    frame.paneRule(
      area, "drafts, templates, sent updates", isFocused: pane == .commsList,
      right: Dashboard.count(rows.count, filter: filter))
    let inner = area.inset(top: 1)
    guard !rows.isEmpty else {
      let sentence =
        filter.isEmpty
        ? "No update was written yet, and no system has a template. u on an incident begins a blank one."
        : "Nothing matches / \(filter)."
      frame.paragraph(sentence, in: inner, style: .dim)
      return
    }
    // Whose it is and for whom is read whole before the rest of a subject.
    let columns = [
      Column("sign", minimum: 1), Column("title", minimum: 20, ideal: 48),
      Column("detail", minimum: area.width >= 76 ? 37 : 20, ideal: 80, drop: 1),
    ]
    let widths = Column.fit(columns, width: area.width - 2, gap: 2)
    let marking = RowFilter(filter)
    for (line, index) in list.visible(count: rows.count, height: inner.height).enumerated() {
      let row = rows[index]
      let place = inner.line(line)
      let isSelected = row.id == list.selected
      if isSelected { frame.put(Sign.selected.glyph, at: place.origin, style: .strong, clip: place) }
      frame.row(
        [[(row.sign.0.glyph, row.sign.1)], marking.marked(row.title, style: .text), row.detail],
        columns: columns, widths: widths, in: place.inset(left: 1), gap: 2)
      if isSelected { frame.highlight(place) }
    }
  }
}
