import Incidents
import Playbooks
import Terminal
import Values

extension PlaybookScreen {
  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    guard let open else {
      drawList(in: &frame, area, world)
      return
    }
    guard let document else {
      frame.paneRule(area, open.playbook, isFocused: true)
      frame.paragraph(
        "The text of \(open.playbook) is not here: its file is gone, and its run's copy has not been read yet.",
        in: area.inset(top: 1), style: .warn)
      return
    }
    let (title, rest) = area.splitTop(1)
    drawTitle(document, in: &frame, title, world, at: now)
    if area.width >= 84 {
      let (left, right) = rest.splitLeft(area.width * 45 / 100)
      drawSteps(document, in: &frame, left, world, at: now)
      frame.verticalRule(x: right.x, y: right.y, height: right.height)
      drawText(in: &frame, right.inset(left: 2), world, at: now)
    } else {
      let (top, bottom) = rest.splitTop(rest.height * (isTextFocused ? 35 : 55) / 100)
      drawSteps(document, in: &frame, top, world, at: now)
      let name = selectedStep.map { "\($0.number) \($0.title)" } ?? ""
      frame.paneRule(bottom, name, isFocused: isTextFocused)
      drawText(in: &frame, bottom.inset(left: 1, top: 1), world, at: now, hasTitle: false)
    }
  }

  private func drawTitle(
    _ document: PlaybookDocument, in frame: inout Frame, _ line: Rect, _ world: World, at now: Instant
  ) {
    let known = values(world)
    let questions = document.questions(of: document.steps, with: declared(world))
    let filled = questions.compactMap { question -> String? in
      known[question.name].map { "\(question.name)=\($0.shown)" }
    }
    let missing = questions.count { known[$0.name] == nil }
    var segments: [Spans] = [[(document.title, .strong), ("  \(open?.system ?? "")", .dim)]]
    if let run = run(world) {
      let progress = run.progress
      segments.append([("run \(run.key)\(run.incident.map { " of \($0)" } ?? "")", .text)])
      segments.append([
        ("\(progress.settled) of \(progress.of)", progress.settled == progress.of ? .up : .text)
      ])
      if let end = run.end {
        segments.append([("\(end.outcome.rawValue) by \(end.by) \(end.at.minuteUTC)", .dim)])
      } else if let started = run.startedAt {
        segments.append([((now - started).whole, .dim)])
      }
    } else {
      let bound = open?.incident.map { " for \($0)" } ?? ""
      segments.append([("not begun; the first tick begins a run\(bound)", .dim)])
    }
    if world.saving.contains(Self.starting) { segments.append([("saving…", .strong)]) }
    if missing > 0 {
      segments.append([(missing == 1 ? "v gives 1 value" : "v gives \(missing) values", .due)])
    }
    if !filled.isEmpty { segments.append([(filled.joined(separator: " · "), .dim)]) }
    frame.rule(line, title: segments)
  }

  /// Names the start of a run in ``World/saving``.
  static let starting = "playbook"

  private enum Line {
    case heading(String)
    case group(String)
    case step(Step)
  }

  private func lines(_ document: PlaybookDocument) -> [Line] {
    document.sections.flatMap { section -> [Line] in
      let groups = section.groups.flatMap { group -> [Line] in
        let label = group.label.map { [Line.group($0)] } ?? []
        let steps = group.steps.flatMap(\.flattened).map(Line.step)
        return steps.isEmpty ? [] : label + steps
      }
      return groups.isEmpty || section.title.isEmpty ? groups : [.heading(section.title)] + groups
    }
  }

  private func drawSteps(
    _ document: PlaybookDocument, in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant
  ) {
    let lines = lines(document)
    guard !lines.isEmpty else {
      frame.paragraph("Nothing in it is a step; Tab reads it.", in: area, style: .dim)
      return
    }
    let run = run(world)
    let here =
      lines.firstIndex { if case .step(let step) = $0 { step.number == steps.selected } else { false } } ?? 0
    // The step in hand stays near the middle; its heading comes into sight with it.
    let first = max(0, min(here - area.height / 2, lines.count - area.height))
    for (index, line) in lines.dropFirst(first).prefix(area.height).enumerated() {
      let row = area.line(index)
      switch line {
      case .heading(let title):
        frame.put(
          title.truncatedMiddle(to: max(0, row.width - 2)), at: row.inset(left: 1).origin, style: .strong,
          clip: row)
      case .group(let label):
        frame.put(
          label.truncatedMiddle(to: max(0, row.width - 4)), at: row.inset(left: 2).origin, style: .dim,
          clip: row)
      case .step(let step): drawStep(step, run, in: &frame, row, world)
      }
    }
  }

  private func drawStep(_ step: Step, _ run: Run?, in frame: inout Frame, _ row: Rect, _ world: World) {
    let isSelected = step.number == steps.selected
    let state = run?.state(of: step.number) ?? .todo
    let mark = Self.mark(state, step: step, isCurrent: isSelected)
    if isSelected {
      frame.put(Sign.selected.glyph, at: row.origin, style: isTextFocused ? .dim : .strong, clip: row)
    }
    var right: Spans = []
    if world.saving.contains(Self.savingKey(step.number)) {
      right = [("saving…", .strong)]
    } else if let mark = run?.marks[step.number], mark.state != .todo {
      right = [(mark.state == .skipped ? "skipped " : "", .warn), ("\(mark.by) \(mark.at.minuteUTC)", .dim)]
    } else if let who = run?.assigned[step.number] {
      right = [(who, .dim)]
    }
    let indent = 2 + step.depth * 2
    let room = max(0, row.width - indent - 3 - (right.isEmpty ? 0 : right.displayWidth + 2))
    let style: Style = state.isSettled ? .dim : isSelected ? .strong : .text
    let text = "\(step.number) \(step.title)".truncatedMiddle(to: room)
    frame.put(
      [(mark.0.glyph, mark.1), (" ", .text), (text, style)], at: row.inset(left: indent).origin, clip: row)
    let x = row.right - right.displayWidth - 1
    frame.put(right, at: Point(x: x, y: row.y), clip: row)
    if isSelected { frame.highlight(row) }
  }

  static func savingKey(_ step: String) -> String { "step \(step)" }

  static func mark(_ state: StepState, step: Step, isCurrent: Bool) -> (Sign, Style) {
    switch state {
    case .done: (.done, .up)
    case .skipped, .notApplicable: (.retry, .dim)
    case .failed: (.failed, .down)
    case .unknown: (.stale, .unknown)
    case .doing: (.current, .strong)
    case .todo: (step.choice != nil ? .choice : isCurrent ? .current : .todo, .text)
    }
  }

  private func drawText(
    in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant, hasTitle: Bool = true
  ) {
    guard let step = selectedStep else {
      let prose = document?.text ?? ""
      for (index, line) in prose.wrapped(to: max(1, area.width - 1)).dropFirst(top).prefix(area.height)
        .enumerated()
      {
        frame.put(line, at: area.line(index).origin, clip: area)
      }
      return
    }
    let rows = StepText(view: view(of: step, world), next: command).rows(
      width: max(1, area.width - 1), hasTitle: hasTitle)
    let first = min(top, max(0, rows.count - area.height))
    for (index, row) in rows.dropFirst(first).prefix(area.height).enumerated() {
      frame.put(row, at: area.line(index).origin, clip: area)
    }
  }
}
