import Incidents
import Playbooks
import Terminal
import Values

extension PlaybookScreen {
  /// - Parameter hasToast: the last line is written over.
  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant, hasToast: Bool = false) {
    guard let open else {
      drawList(in: &frame, area, world)
      return
    }
    guard document != nil else {
      frame.paneRule(area, open.playbook, isFocused: true)
      frame.paragraph(
        "The text of \(open.playbook) is not here: its file is gone, and its run's copy has not been read yet.",
        in: area.inset(top: 1), style: .warn)
      return
    }
    let layout = layout(area, world, at: now)
    drawTitle(in: &frame, layout.title, world, at: now)
    for (index, notice) in notices(world, at: now, width: area.width - 2).prefix(layout.notices.height)
      .enumerated()
    {
      frame.put(
        notice.fitted(to: area.width - 2), at: layout.notices.line(index).inset(left: 1).origin, clip: area)
    }
    if let preview, !isWhole {
      drawPreview(preview, in: &frame, layout, world, at: now)
      return
    }
    if !layout.steps.isEmpty { drawSteps(in: &frame, layout.steps, world, at: now) }
    if layout.isWide, !isWhole {
      let top = layout.steps.y
      frame.verticalRule(x: layout.steps.right, y: top, height: layout.steps.height)
    }
    if !layout.textRule.isEmpty { frame.paneRule(layout.textRule, selectedTitle, isFocused: focus == .text) }
    drawText(in: &frame, layout, world, at: now)
    drawOutput(in: &frame, layout, world, at: now, hasToast: hasToast)
  }

  /// Where everything stands now.
  func layout(_ area: Rect, _ world: World, at now: Instant) -> PlaybookLayout {
    let width = PlaybookLayout.textWidth(area, isWhole: isWhole)
    let hasOutput = !traces(world).isEmpty
    let wanted =
      hasOutput
      ? textRows(width: width, hasTitle: area.width >= PlaybookLayout.wide, world, at: now).count : 0
    return PlaybookLayout(
      area, notices: notices(world, at: now).count, focus: focus, isWhole: isWhole, hasOutput: hasOutput,
      wanted: wanted)
  }

  private var selectedTitle: String {
    selectedStep.map { "\($0.number) \($0.title)" } ?? outline.section(steps.selected)?.title
      ?? (steps.selected == Outline.escalation ? Outline.escalationTitle : "")
  }

  // MARK: - The first lines

  private func drawTitle(in frame: inout Frame, _ line: Rect, _ world: World, at now: Instant) {
    guard let document, let open else { return }
    var segments: [Segment] = []
    if let run = run(world) {
      let states = run.states
      let progress = (settled: states.values.count(where: \.isSettled), of: states.count)
      let isAll = progress.settled == progress.of
      segments.append(Segment([("\(run.key)\(run.incident.map { " of \($0)" } ?? "")", .text)], drop: 3))
      let at = run.current(in: states).map { ", at \($0)" } ?? ""
      segments.append(
        Segment([("\(progress.settled) of \(progress.of)", isAll ? .up : .strong), (at, .text)]))
      if let end = run.end {
        segments.append(Segment([("\(end.outcome.rawValue) by \(end.by) \(end.at.minuteUTC)", .dim)]))
      } else if let started = run.startedAt {
        let last = run.lastChange.map { "\((now - $0).whole) since a step" }
        segments.append(
          Segment([((now - started).whole, .text), (last.map { ", \($0)" } ?? "", .dim)]))
      }
    } else {
      let bound = open.incident.map { " for \($0)" } ?? ""
      segments.append(
        Segment([("not begun", .text), ("; the first tick begins a run\(bound)", .dim)], drop: 2))
    }
    if world.saving.contains(Self.starting) { segments.append(Segment([("saving…", .strong)])) }
    let known = values(world)
    let missing = asked.count { known[$0.name] == nil }
    if missing > 0 {
      segments.append(
        Segment([(missing == 1 ? "v gives 1 value" : "v gives \(missing) values", .due)], drop: 4))
    }
    segments.append(Segment(trust(world), drop: 6))
    if let environment = environment(world) {
      segments.append(
        Segment([("on \(environment.name)", environment.isReference ? .due : .text)], drop: 5))
    }
    let filled = asked.compactMap { question in known[question.name].map { "\(question.name)=\($0.shown)" } }
    if !filled.isEmpty { segments.append(Segment([(filled.joined(separator: " · "), .dim)], drop: 8)) }
    let least = min(24, document.title.displayWidth)
    let kept = Segment.fit(segments, width: line.width - least - 10, gap: 4)
    let used = kept.reduce(0) { $0 + $1.spans.displayWidth + 4 }
    let room = max(8, line.width - used - 6)
    let name = document.title.truncatedMiddle(to: room)
    let system: String = room - name.displayWidth > open.system.displayWidth + 2 ? "  \(open.system)" : ""
    frame.rule(line, title: [[(name, .strong), (system, .dim)]] + kept.map(\.spans))
  }

  /// Whether the folder's commands may run.
  private func trust(_ world: World) -> Spans {
    guard let system = open?.system, let guide = world.guide(system), world.options.mayExecute else {
      return []
    }
    guard world.isTrusted(system) else { return [("not trusted", .due)] }
    let isBundled = world.options.folders[system]?.isBundled == true
    return [(isBundled ? "bundled" : "trusted \(guide.digest.prefix(4))", .dim)]
  }

  /// Names the start of a run in ``World/saving``.
  static let starting = "playbook"

  /// What has to be known of the run whatever step is looked at, a line each.
  func notices(_ world: World, at now: Instant, width: Int = .max) -> [Spans] {
    var notices: [Spans] = []
    if isInstruction {
      notices.append([
        ("\(Sign.info.glyph) ", .info),
        ("instruction mode: nothing is run here; y copies, Space ticks, I leaves it", .text),
      ])
    }
    if let drift {
      let told: Spans = [
        ("\(Sign.warn.glyph) the runbook changed since the run began", .due), (": \(drift.summary)", .text),
      ]
      notices.append(told.followed(by: [("  M", .key), (" moves over", .dim)], width: width))
    }
    guard let run = run(world) else { return notices }
    let overdue = run.overdue(at: now)
    if let step = overdue.first, overdue.count > 1 || step.step != steps.selected {
      let due = run.due(of: step.step).map { " by \((now - $0).whole)" } ?? ""
      let others = overdue.count > 1 ? ", and \(overdue.count - 1) more" : ""
      notices.append([
        ("\(Sign.warn.glyph) overdue\(due)", .overdue), (": \(step.step) \(step.title)", .text),
        (others, .overdue),
      ])
    }
    if let notice = escalationNotice(world, at: now, width: width) { notices.append(notice) }
    for effect in run.effects.prefix(3) { notices.append(effect.notice(hasKey: true, width: width)) }
    if run.effects.count > 3 { notices.append([("  and \(run.effects.count - 3) more in force", .due)]) }
    return notices
  }

  // MARK: - The text

  /// The lines of what is selected, for ``PlaybookLayout/text``.
  func textRows(_ layout: PlaybookLayout, _ world: World, at now: Instant) -> [Spans] {
    textRows(width: max(1, layout.text.width - 1), hasTitle: layout.textRule.isEmpty, world, at: now)
  }

  private func textRows(width: Int, hasTitle: Bool, _ world: World, at now: Instant) -> [Spans] {
    let values = values(world)
    let declared = document?.declared(with: declared(world)) ?? []
    guard let step = selectedStep else {
      if steps.selected == Outline.escalation {
        return escalationRows(width: width, hasTitle: hasTitle, world, at: now)
      }
      guard let section = outline.section(steps.selected) else { return [] }
      var text = BlockText(width: width)
      (text.values, text.declared) = (values, declared)
      if hasTitle {
        text.add(section.title, .strong)
        text.append([])
      }
      for group in section.groups {
        if let label = group.label {
          text.blank()
          text.add(text.styled(group.text), first: [("\(label): ", .strong)])
        } else if !group.text.isEmpty {
          text.add(text.styled(group.text))
        }
        text.add(group.blocks)
      }
      return text.rows
    }
    let standing = standing(of: step, world)
    let next = next(of: step, world) ?? (step.commands.isEmpty ? nil : command % max(1, step.commands.count))
    var text = StepText(
      step: step, view: view(of: step, world), state: run(world)?.state(of: step.number) ?? .todo, next: next)
    (text.standing, text.values, text.declared) = (standing, values, declared)
    if let due = run(world)?.due(of: step.number) {
      let left = due - now
      let words = left > .zero ? "in \(left.whole), at \(due.minuteUTC)" : "overdue by \((now - due).whole)"
      text.due = (words, left > .zero ? (left < .minutes(1) ? .due : .text) : .overdue)
    } else if run(world) == nil, let due = step.settings.due {
      text.due = ("\(due.prometheus) after the run begins", .dim)
    }
    return text.rows(width: width, hasTitle: hasTitle, at: now)
  }

  private func drawText(in frame: inout Frame, _ layout: PlaybookLayout, _ world: World, at now: Instant) {
    let area = layout.text
    guard !area.isEmpty else { return }
    let rows = textRows(layout, world, at: now)
    let first = min(top, max(0, rows.count - area.height))
    for (index, row) in rows.dropFirst(first).prefix(area.height).enumerated() {
      frame.put(row, at: area.line(index).origin, clip: area)
    }
    let below = rows.count - first - area.height
    guard below > 0 else { return }
    let text = " \(below) more "
    let line = area.line(area.height - 1)
    frame.put(
      text, at: Point(x: max(line.x, line.right - text.displayWidth), y: line.y),
      style: Style(.dim, reverse: true),
      clip: line)
  }

  private func drawPreview(
    _ preview: CommandPreview, in frame: inout Frame, _ layout: PlaybookLayout, _ world: World,
    at now: Instant
  ) {
    let (steps, pane): (Rect, Rect)
    if layout.isWide {
      steps = layout.steps
      frame.verticalRule(x: layout.steps.right, y: layout.steps.y, height: layout.steps.height)
      pane = Rect(
        x: layout.steps.right + 2, y: layout.steps.y, width: layout.title.right - layout.steps.right - 2,
        height: layout.steps.height)
    } else {
      // What is about to run has the room; the step it belongs to stays in sight.
      let all = Rect(
        x: layout.title.x, y: layout.notices.bottom, width: layout.title.width,
        height: layout.steps.height + layout.textRule.height + layout.text.height + layout.outputRule.height
          + layout.output.height)
      let (top, rest) = all.splitTop(min(2, all.height / 4))
      steps = top
      let word = preview.mode == .terminal ? "run in the terminal" : "run"
      frame.paneRule(rest, "\(word): \(preview.step) \(selectedStep?.title ?? "")", isFocused: true)
      pane = rest.inset(left: 1, top: 1)
    }
    drawSteps(in: &frame, steps, world, at: now)
    preview.draw(in: &frame, pane, handle: world.options.handle)
  }
}

extension Run {
  /// When something was done of it last.
  var lastChange: Instant? {
    let ended = executions.compactMap { execution -> Instant? in
      switch execution.end {
      case .finished(_, let at), .unknown(_, let at): at
      case nil: execution.at
      }
    }
    return (marks.values.map(\.at) + ended).max()
  }
}

extension Run.Effect {
  /// `in force: Turn purchases off — undo: Turn purchases on again`.
  func notice(hasKey: Bool, width: Int) -> Spans {
    let told: Spans = [
      ("\(Sign.warn.glyph) in force", .due), (": \(what)", .strong), (" — undo: \(undo)", .text),
    ]
    return hasKey
      ? told.followed(by: [("  U", .key), (" says that it is undone", .dim)], width: width) : told
  }
}

extension Spans {
  /// These with `tail` behind them where both fit, else with its first piece alone, for which these are cut.
  func followed(by tail: Spans, width: Int) -> Spans {
    if displayWidth.addingSaturating(tail.displayWidth) <= width { return self + tail }
    let key = Array(tail.prefix(1))
    return fitted(to: Swift.max(0, width - key.displayWidth)) + key
  }
}
