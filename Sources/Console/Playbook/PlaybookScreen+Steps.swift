import Playbooks
import Terminal
import Values

/// The list of headings and steps.
extension PlaybookScreen {
  func drawSteps(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let rows = shown
    guard !rows.isEmpty, !area.isEmpty else {
      let sentence =
        stepFilter.isEmpty ? "Nothing in it is a step; Tab reads it." : "No step matches / \(stepFilter)."
      frame.paragraph(sentence, in: area, style: .dim)
      return
    }
    let run = run(world)
    let states = run?.states ?? [:]
    let view = StepList(
      run: run, states: states, current: run?.isOpen == true ? run?.current(in: states) : nil, world: world,
      now: now)
    let here = rows.firstIndex { $0.id != nil && $0.id == steps.selected } ?? 0
    // The step in hand stays near the middle; its heading comes into sight with it.
    let first = max(0, min(here - area.height / 2, rows.count - area.height))
    for (index, row) in rows.dropFirst(first).prefix(area.height).enumerated() {
      let line = area.line(index)
      let isSelected = row.id != nil && row.id == steps.selected
      if isSelected {
        frame.put(Sign.selected.glyph, at: line.origin, style: focus == .steps ? .strong : .dim, clip: line)
      }
      switch row {
      case .section(let title, let id):
        let right: Spans =
          id == nil ? [] : id == Outline.escalation ? escalationMark(world, at: now) : [("text", .dim)]
        let room = max(0, line.width - 3 - (right.isEmpty ? 0 : right.displayWidth + 2))
        frame.put(title.truncatedMiddle(to: room), at: line.inset(left: 1).origin, style: .strong, clip: line)
        frame.put(right, at: Point(x: line.right - right.displayWidth - 1, y: line.y), clip: line)
      case .group(let label):
        frame.put(
          label.truncatedMiddle(to: max(0, line.width - 4)), at: line.inset(left: 2).origin, style: .dim,
          clip: line)
      case .step(let step): draw(step, isSelected, view, in: &frame, line)
      }
      if isSelected { frame.highlight(line) }
    }
    if !stepFilter.isEmpty {
      let text = " / \(stepFilter) "
      frame.put(
        text.truncatedEnd(to: area.width),
        at: Point(x: max(area.x, area.right - text.displayWidth - 1), y: area.y),
        style: .match, clip: area)
    }
  }

  /// What every row of the list needs.
  private struct StepList {
    let run: Run?
    let states: [String: StepState]
    let current: String?
    let world: World
    let now: Instant
  }

  static func savingKey(_ step: String) -> String { "step \(step)" }

  private func draw(_ step: Step, _ isSelected: Bool, _ view: StepList, in frame: inout Frame, _ line: Rect) {
    let state = view.states[step.number] ?? .todo
    var mark = StepMark(state, isChoice: step.choice != nil, isCurrent: view.current == step.number)
    let running = running(in: step.number, view.world)
    let sign = running == nil ? mark.sign : Sign.command
    if running != nil { mark = StepMark(.doing, isChoice: false) }
    let right = side(step, state, running, view, width: max(0, line.width * 45 / 100))
    let indent = 2 + step.depth * 2
    let room = max(0, line.width - indent - 3 - (right.isEmpty ? 0 : right.displayWidth + 1))
    let style: Style = state.isSettled ? .dim : isSelected || view.current == step.number ? .strong : .text
    let text = "\(step.number) \(step.title)".truncatedMiddle(to: room)
    frame.put(
      [(sign.glyph, running == nil ? mark.style : .info), (" ", .text), (text, style)],
      at: line.inset(left: indent).origin, clip: line)
    frame.put(right, at: Point(x: line.right - right.displayWidth - 1, y: line.y), clip: line)
  }

  /// What is said at the right of a step: what happens now, what became of it, when it is due, whose it is. What does
  /// not fit goes, the least needed first.
  private func side(
    _ step: Step, _ state: StepState, _ running: CommandTrace?, _ view: StepList, width: Int
  ) -> Spans {
    var parts: [Segment] = []
    let direct = step.substeps.count
    let below =
      direct == 0 ? (settled: 0, of: 0) : view.run?.progress(below: step.number) ?? (settled: 0, of: direct)
    if below.of > 0 {
      parts.append(
        Segment([("\(below.settled) of \(below.of)", below.settled == below.of ? .up : .text)], drop: 3))
    }
    if !state.isSettled, let due = view.run?.due(of: step.number) {
      let left = due - view.now
      parts.append(
        left > .zero
          ? Segment([("due in \(left.whole)", left < .minutes(1) ? .due : .dim)], drop: 2)
          : Segment([("\(Sign.warn.glyph) overdue \((view.now - due).whole)", .overdue)]))
    } else if view.run == nil, let due = step.settings.due {
      parts.append(Segment([(due.prometheus, .dim)], drop: 2))
    }
    if let running {
      if let silence = running.silence(at: view.now) {
        parts.append(Segment([("silent \(silence.whole)", .due)]))
      } else {
        let isSaved = running.state != .saving && running.state != .starting
        parts.append(Segment([(isSaved ? "running \((view.now - running.at).whole)" : "saving…", .info)]))
      }
    } else if view.world.saving.contains(Self.savingKey(step.number)) {
      parts.append(Segment([("saving…", .strong)]))
    } else {
      let isBeside = traces(of: step.number, view.world).contains { $0.isOpen && $0.mode == .background }
      if isBeside { parts.append(Segment([("\(Sign.command.glyph) beside", .info)])) }
      parts.append(Segment(became(of: step, state, view), drop: isBeside ? 1 : 0))
    }
    let kept = Segment.fit(parts, width: width)
    return Spans(kept.map(\.spans).joined(separator: [("  ", .text)])).fitted(to: width)
  }

  private func became(of step: Step, _ state: StepState, _ view: StepList) -> Spans {
    let who = view.run?.assigned[step.number]
    guard let mark = view.run?.marks[step.number], mark.state != .todo else {
      return state == .done ? [("done", .dim)] : who.map { [($0, .text)] } ?? []
    }
    switch mark.state {
    case .done: return [("\(mark.by) \(mark.at.minuteUTC)", .dim)]
    case .failed: return [(mark.reason.map { "failed: \($0)" } ?? "failed", .down)]
    case .unknown: return [("outcome unknown", .unknown)]
    case .skipped: return [("skipped \(mark.by)", .warn)]
    case .notApplicable: return [("not applicable", .dim)]
    case .doing: return [(who ?? mark.by, .text)]
    case .todo: return []
    }
  }
}
