import Incidents
import Terminal
import Values
import Watch

extension Dashboard {
  func draw(in frame: inout Frame, _ whole: Rect, _ world: World, at now: Instant) {
    let duties = duties(whole, world, at: now)
    let area = duties.stage
    drawDuties(in: &frame, duties, world, at: now)
    guard !world.systemNames.isEmpty || !world.ledger.alerts.isEmpty else {
      drawBeginning(in: &frame, area)
      return
    }
    let items = alertItems(world, at: now)
    let polled = endpointItems(world)
    let split = split(area, alerts: items.count, endpoints: polled.count, world: world)
    let warnings = warningHeight(world, area)
    let (list, below) = split.alerts.splitBottom(min(warnings, max(0, split.alerts.height - 2)))
    drawAlerts(items, in: &frame, list, world, at: now)
    drawWarnings(in: &frame, below, world)
    drawEndpoints(polled, in: &frame, split.endpoints, world, at: now)
  }

  /// The empty board says how to begin.
  private func drawBeginning(in frame: inout Frame, _ area: Rect) {
    frame.rule(area.line(0), title: [[("nothing is under watch yet", .strong)]])
    var rest = area.inset(left: 1, top: 2)
    let lines: [(String, Style)] = [
      ("To watch your own service, give it a name and an address:", .text), ("", .text),
      ("  midwatch init NAME --health URL", .key), ("", .text),
      ("It writes a folder that works at once; start midwatch again and it is polled.", .text), ("", .text),
      ("To see everything without configuring anything, an incident included:", .text), ("", .text),
      ("  midwatch demo", .key),
    ]
    for (text, style) in lines {
      let taken = max(1, frame.paragraph(text, in: rest, style: style))
      rest = rest.inset(top: taken)
    }
  }

  private func drawAlerts(
    _ items: [AlertItem], in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant
  ) {
    let list = AlertList(items: items, state: alerts, isFocused: pane == .boardAlerts, filter: filter)
    frame.paneRule(
      area, "alerts", isFocused: list.isFocused, right: Self.count(items.count, filter: filter))
    let inner = area.inset(top: 1)
    guard !items.isEmpty else {
      frame.paragraph(calm(world, at: now), in: inner, style: filter.isEmpty ? .up : .dim)
      return
    }
    list.draw(in: &frame, inner, world, at: now)
  }

  /// What is wrong with the watch itself; the palette's `warnings` has them whole.
  private func drawWarnings(in frame: inout Frame, _ area: Rect, _ world: World) {
    let lines = warningLines(world, width: area.width)
    for (index, (sign, text)) in lines.prefix(area.height).enumerated() {
      let line = area.line(index)
      let isCut = index == area.height - 1 && lines.count > area.height
      let more = isCut ? "  :warnings has all" : ""
      let room = max(0, line.width - 4 - more.displayWidth)
      let shown = isCut ? (text + " …").truncatedEnd(to: room) : text
      frame.put([(" \(sign) ", .warn), (shown, .text), (more, .dim)], at: line.origin, clip: line)
    }
  }

  /// Each warning as lines of at most `width` with the sign before it; only the first has the sign.
  func warningLines(_ world: World, width: Int) -> [(sign: String, text: String)] {
    world.warnings.flatMap { warning in
      warning.wrapped(to: max(1, width - 4)).enumerated().map { ($0 == 0 ? Sign.warn.glyph : " ", $1) }
    }
  }

  /// `No alert is firing. 44 endpoints are up. Last evaluation 2 s ago.`
  private func calm(_ world: World, at now: Instant) -> String {
    guard filter.isEmpty else { return "No alert matches / \(filter); Esc shows all." }
    let rows = world.systems.flatMap(\.endpoints)
    guard !rows.isEmpty else {
      if let engine = world.engine, engine.role == .none {
        return "Nobody polls; what is here is what the journal knows."
      }
      let isRejected = world.systems.contains { !$0.problems.isEmpty && $0.lastEvaluation == nil }
      return isRejected
        ? "Nothing is watched: the folder has mistakes; once they are corrected it is read again."
        : "Nothing was polled yet: the first answers come within seconds."
    }
    if world.systems.contains(where: { $0.suspension != nil }) { return "Nothing is known now." }
    let up = rows.count { $0.state == .up }
    let paused = rows.count { $0.state == .paused }
    let rest = paused > 0 ? ", \(paused) \(paused == 1 ? "is" : "are") paused" : ""
    let polled =
      up + paused == rows.count
      ? "All \(up) endpoints\(rest.isEmpty ? "" : " that are polled") are up\(rest)."
      : "\(up) of \(rows.count - paused) endpoints are up\(rest)."
    let last = world.systems.compactMap(\.lastEvaluation).max()
    let age = last.map { " Last evaluation \((now - $0).whole) ago." } ?? " No rule was evaluated yet."
    return "No alert is firing. " + polled + age
  }

  static func count(_ count: Int, filter: String) -> Spans {
    filter.isEmpty ? [("\(count)", .dim)] : [("/ \(filter)", .match), (" · \(count)", .dim)]
  }

  private func drawEndpoints(
    _ items: [EndpointItem], in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant
  ) {
    let isFocused = pane == .boardEndpoints
    let how = faultsOnly ? "faults only" : "faults first"
    frame.paneRule(
      area, "endpoints", isFocused: isFocused,
      right: [("\(how) · ", .dim)] + Self.count(items.count, filter: filter))
    var rest = area.inset(top: 1)
    if summaryHeight(world) > 0 {
      drawSystems(in: &frame, rest.line(0), world)
      rest = rest.inset(top: 1)
    }
    guard !items.isEmpty else {
      let why =
        faultsOnly
        ? "No endpoint is at fault."
        : filter.isEmpty ? "No endpoint is polled." : "No endpoint matches / \(filter)."
      frame.paragraph(why, in: rest, style: faultsOnly ? .up : .dim)
      return
    }
    EndpointList(items: items, state: endpoints, isFocused: isFocused, filter: filter)
      .draw(in: &frame, rest, world, at: now)
  }

  /// One line: each system with how many of its endpoints are up, of those that are not paused.
  private func drawSystems(in frame: inout Frame, _ line: Rect, _ world: World) {
    var x = line.x + 1
    let systems = world.systems
    for (index, system) in systems.enumerated() {
      let up = system.endpoints.count { $0.state == .up }
      let polled = system.endpoints.count { $0.state != .paused }
      let isWell = system.endpoints.allSatisfy { [.up, .maintenance, .paused].contains($0.state) }
      let spans: Spans = [
        ("\(system.system) ", .dim),
        (
          polled == 0 ? "paused" : "\(up)/\(polled)",
          polled == 0
            ? .dim : isWell ? .up : system.endpoints.contains { $0.state == .down } ? .down : .unknown
        ),
      ]
      let more = systems.count - index
      let room = line.right - x - (more > 1 ? 5 : 0)
      guard spans.displayWidth <= room else {
        frame.put("+\(more)", at: Point(x: x, y: line.y), style: .dim, clip: line)
        return
      }
      x = frame.put(spans, at: Point(x: x, y: line.y), clip: line) + 3
    }
  }
}

extension Frame {
  /// The rule above a pane: its name stands out while it has the keyboard.
  mutating func paneRule(_ area: Rect, _ name: String, isFocused: Bool, more: [Spans] = [], right: Spans = [])
  {
    rule(area, title: [[(name, isFocused ? .strong : .dim)]] + more, right: right)
  }
}
