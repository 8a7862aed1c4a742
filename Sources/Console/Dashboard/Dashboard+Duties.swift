import Incidents
import Terminal
import Values
import Watch

/// What is owed besides alerts, at the foot of the stage: objectives, and routines that are due. One line each where
/// room is short; what does not fit is a count.
extension Dashboard {
  struct Duties {
    /// What is left for alerts and endpoints.
    var stage: Rect
    var rule: Rect?
    var objectives: Rect
    var routines: Rect
  }

  func duties(_ area: Rect, _ world: World, at now: Instant) -> Duties {
    let objectives = world.objectiveItems.count
    let due = world.routineItems(at: now).count
    let isRoomy = area.height >= 30
    let isFocused = pane == .boardRoutines
    let most = isRoomy ? 3 : 1
    let ofRoutines = min(due, isFocused ? max(most, area.height / 3) : most)
    let ofObjectives = min(objectives, most)
    let ruled = ofRoutines + ofObjectives > 0 && (isRoomy || isFocused) ? 1 : 0
    let wanted = ofRoutines + ofObjectives + ruled
    // Alerts and endpoints come first.
    guard wanted > 0, area.height - wanted >= 8 || isFocused else {
      let none = area.line(area.height)
      return Duties(stage: area, objectives: none, routines: none)
    }
    let (stage, foot) = area.splitBottom(wanted)
    let (top, list) = foot.splitTop(ruled)
    let (upper, lower) = list.splitTop(ofObjectives)
    return Duties(stage: stage, rule: ruled > 0 ? top : nil, objectives: upper, routines: lower)
  }

  func drawDuties(in frame: inout Frame, _ duties: Duties, _ world: World, at now: Instant) {
    if let rule = duties.rule {
      let isFocused = pane == .boardRoutines
      frame.paneRule(
        rule, duties.objectives.height > 0 ? "objectives and routines" : "routines", isFocused: isFocused)
    }
    drawObjectives(in: &frame, duties.objectives, world)
    drawRoutines(in: &frame, duties.routines, world, at: now)
  }

  private func drawObjectives(in frame: inout Frame, _ area: Rect, _ world: World) {
    let items = world.objectiveItems
    let hasSystems = world.systems.count > 1
    let columns = [
      Column("state", minimum: 9),
      Column("system", minimum: hasSystems ? 8 : 0, ideal: hasSystems ? 12 : 0, drop: hasSystems ? 2 : 9),
      Column("objective", minimum: 20, ideal: 40),
      Column("left", minimum: 12, ideal: 14, side: .right),
      Column("burn", minimum: 16, ideal: 18, drop: 3),
      Column("outlook", minimum: 17, ideal: 24, drop: 1),
    ]
    for (line, item) in items.prefix(area.height).enumerated() {
      let mark = Marks.objective(item.row)
      let row = rowWithCount(in: &frame, area, line: line, of: items.count)
      frame.row(
        [
          [("\(mark.sign.glyph) \(mark.word)", mark.style)], [(item.system, .text)],
          [("slo ", .dim), (item.row.title, .text)], [(DutyText.left(item.row), mark.style)],
          [(DutyText.burn(item.row), item.row.state == .burning ? mark.style : .dim)],
          [(DutyText.outlook(item.row), item.row.exhaustion == nil ? .dim : mark.style)],
        ],
        columns: columns, widths: Column.fit(columns, width: row.width, gap: 2), in: row, gap: 2)
    }
  }

  private func drawRoutines(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let items = world.routineItems(at: now)
    let isFocused = pane == .boardRoutines
    let hasSystems = world.systems.count > 1
    let columns = [
      Column("state", minimum: 9),
      Column("system", minimum: hasSystems ? 8 : 0, ideal: hasSystems ? 12 : 0, drop: hasSystems ? 2 : 9),
      Column("routine", minimum: 24, ideal: 30),
      Column("due", minimum: 14, ideal: 16),
      Column("playbook", minimum: 14, ideal: 20, drop: 1),
      Column("evidence", minimum: 24, ideal: 40, drop: 3),
    ]
    for (line, index) in routines.visible(count: items.count, height: area.height).enumerated() {
      let item = items[index]
      let mark = Marks.routine(item.row, at: now)
      let row = rowWithCount(in: &frame, area, line: line, of: items.count)
      let isSelected = isFocused && item.id == routines.selected
      if isSelected { frame.put(Sign.selected.glyph, at: area.line(line).origin, style: .strong, clip: area) }
      frame.row(
        [
          [("\(mark.sign.glyph) \(mark.word)", mark.style)], [(item.system, .text)],
          [("routine ", .dim), (item.row.title, .text)],
          [(DutyText.due(item.row, at: now), mark.style)],
          item.row.playbook.map { [("p ", .key), ($0, .dim)] } ?? [],
          [(DutyText.evidence(item.row, at: now, isBrief: true), .dim)],
        ],
        columns: columns, widths: Column.fit(columns, width: row.width, gap: 2), in: row, gap: 2)
      if isSelected { frame.highlight(area.line(line)) }
    }
  }

  /// A line without its margin; the last one ends in how many are not shown.
  private func rowWithCount(in frame: inout Frame, _ area: Rect, line: Int, of count: Int) -> Rect {
    let row = area.line(line)
    guard line == area.height - 1, count > area.height else { return row.inset(left: 1) }
    let more = "+\(count - area.height)"
    frame.put(more, at: Point(x: row.right - more.displayWidth, y: row.y), style: .dim, clip: row)
    return row.inset(left: 1, right: more.displayWidth + 1)
  }
}
