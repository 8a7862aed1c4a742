import Playbooks
import Terminal
import Values

extension World {
  /// What runs have left in force, of an incident or of all, the oldest first.
  func effects(of incident: String?) -> [(run: String, effect: Run.Effect)] {
    ledger.runs.filter { incident == nil || $0.incident == incident }
      .flatMap { run in run.effects.map { (run.key, $0) } }
      .sorted { ($0.1.at, $0.0, $0.1.step) < ($1.1.at, $1.0, $1.1.step) }
  }
}

extension Console {
  /// What is in force where one looks: of the run that is open, or of the incident.
  var effectsHere: [(run: String, effect: Run.Effect)] {
    switch screen {
    case .playbook: playbook.open?.run.map { run in world.effects(of: nil).filter { $0.run == run } } ?? []
    case .incident: incident.shown(world).map { world.effects(of: $0.key) } ?? []
    default: []
    }
  }

  var whyNoEffect: String? { effectsHere.isEmpty ? "Nothing is in force that a step has left." : nil }

  /// Which of what is in force is undone.
  mutating func openEffects() -> [Effect] {
    let all = effectsHere
    if all.count == 1, let only = all.first { return openUndone("\(only.run) \(only.effect.step)") }
    let options = all.map { item in
      Choice.Option(
        id: "\(item.run) \(item.effect.step)", label: item.effect.what,
        detail: "undo: \(item.effect.undo); since \(item.effect.at.minuteUTC), \(item.effect.by)")
    }
    return open(.choice(Choice(.effect, title: "which is in force no more?", options: options)))
  }

  /// How it was undone.
  mutating func openUndone(_ id: String) -> [Effect] {
    guard let item = world.effects(of: nil).first(where: { "\($0.run) \($0.effect.step)" == id }) else {
      return []
    }
    return open(
      .line(
        LineEntry(
          .undone(run: item.run, step: item.effect.step), label: "undone: \(item.effect.what)",
          placeholder: "how; \(item.effect.undo)")))
  }

  mutating func undone(run: String, step: String, reason: String) -> [Effect] {
    guard !reason.isEmpty else {
      shell.overlay?.fail("Say in a few words how it was undone.")
      return []
    }
    return perform(
      UndoEffect(run: run, step: step, reason: reason), on: run, done: "in force no more: \(step) of \(run)",
      closing: true)
  }
}

extension PlaybookScreen {
  /// What a note is about: the step in hand.
  var noteSubject: (short: String, whole: String)? {
    guard let open, let step = selectedStep else { return nil }
    return (step.number, "\(open.playbook) \(step.number) \(step.title)")
  }

  /// What `/` has been given where the focus is.
  var words: String {
    get { open == nil ? filter : focus == .output ? output.search : stepFilter }
    set {
      if open == nil {
        filter = newValue
      } else if focus == .output {
        output.search = newValue
        if newValue.isEmpty { output.match = nil }
      } else {
        stepFilter = newValue
      }
    }
  }
}
