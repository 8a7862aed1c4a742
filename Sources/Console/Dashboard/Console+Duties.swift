import Incidents
import Playbooks
import Terminal
import Values
import Watch

extension Console {
  /// The playbook of a routine: its running run, else at its section, to begin one that the routine is done with.
  mutating func showPlaybook(ofRoutine title: String, of system: String) {
    guard let row = world.routine(system, title), let reference = row.playbook else {
      playbook.open = nil
      return
    }
    let (name, anchor) = PlaybookDocument.reference(reference)
    let run = world.ledger.runs.last {
      $0.isOpen && $0.started?.system == system && $0.started?.routine?.title == title
    }
    playbook.show(
      .init(
        system: system, playbook: name, anchor: anchor, run: run?.key,
        routine: RunStarted.Turn(title: title, due: row.turn(at: lately))))
  }

  /// What shows that the routine was done that a run is for: a file that was written since it began.
  func evidence(of run: String) -> RoutineDone.Evidence? {
    guard let run = world.ledger.runs.first(where: { $0.key == run }), let started = run.started,
      let system = started.system, let routine = started.routine,
      let found = world.routine(system, routine.title)?.evidence, let file = found.file, let at = found.at,
      let began = run.startedAt, at >= began
    else { return nil }
    return RoutineDone.Evidence(file: file)
  }

  mutating func openRoutineDone() -> [Effect] {
    guard case .routine(let system, let title) = subject else { return [] }
    return open(
      .line(
        LineEntry(
          .routine(system: system, title: title), label: "done: \(title)",
          placeholder: "how it was done, or what shows it")))
  }

  mutating func finishRoutine(_ title: String, of system: String, reason: String) -> [Effect] {
    let act = FinishRoutine(
      system: system, routine: title, due: world.routine(system, title)?.turn(at: lately), reason: reason)
    return perform(act, on: "\(system)/\(title)", done: "\(title) is done", closing: true)
  }

  mutating func openRoutines(at now: Instant) -> [Effect] {
    let shown = world.routineItems(at: now)
    let others = world.allRoutineItems.filter { !$0.row.isShown(at: now) }
      .sorted { ($0.row.due?.milliseconds ?? .max, $0.id) < ($1.row.due?.milliseconds ?? .max, $1.id) }
    let lines = (shown + others).map { item -> (String, Style) in
      let mark = Marks.routine(item.row, at: now)
      let parts = [
        DutyText.due(item.row, at: now), DutyText.last(item.row), DutyText.evidence(item.row, at: now),
        item.row.playbook.map { "playbook \($0)" } ?? "",
      ]
      let told = parts.filter { !$0.isEmpty }.joined(separator: " · ")
      return ("\(mark.sign.glyph) \(mark.word)  \(item.system)  \(item.row.title)  \(told)", mark.style)
    }
    let none = [("No folder lists a routine, and no playbook asks for a review.", Style.dim)]
    return open(.page(TextPage(title: "routines", lines: lines.isEmpty ? none : lines)))
  }

  mutating func openObjectives() -> [Effect] {
    let lines = world.objectiveItems.flatMap { item -> [(String, Style)] in
      let mark = Marks.objective(item.row)
      let parts = [
        DutyText.left(item.row), DutyText.seen(item.row),
        item.row.exhaustion.map { "spent in \($0.short) if it goes on so" } ?? "",
      ]
      let told = parts.filter { !$0.isEmpty }.joined(separator: " · ")
      let head =
        "\(mark.sign.glyph) \(mark.word)  \(item.system)  \(item.row.title)  \(DutyText.objective(item.row))  \(told)"
      return [(head, mark.style)]
        + item.row.burns.map { burn in
          func rate(_ value: Double?) -> String { value.map { "\(Figure($0))×" } ?? "no data" }
          let over =
            "\(burn.window.prometheus) \(rate(burn.rate)), \(burn.recentWindow.prometheus) \(rate(burn.recent))"
          return (
            "    over \(over); an alert above \(Figure(burn.factor))× over both",
            burn.isTooFast ? .warn : .dim
          )
        }
    }
    let none = [("No folder has an objective; `slos:` in a system.yaml adds one.", Style.dim)]
    return open(.page(TextPage(title: "objectives", lines: lines.isEmpty ? none : lines)))
  }
}

extension World {
  /// What is left of every objective's budget, a sentence each.
  var objectiveLines: [String] {
    objectiveItems.map { item in
      let parts = [
        "\(item.system) \(item.row.title) \(DutyText.objective(item.row))", DutyText.left(item.row),
      ]
      return parts.filter { !$0.isEmpty }.joined(separator: " · ")
    }
  }
}
