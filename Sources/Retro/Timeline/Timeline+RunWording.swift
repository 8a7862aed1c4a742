import Incidents
import Playbooks
import Values

/// Lines about runs of playbooks.
extension Timeline {
  static func runWording(_ event: Event) -> Wording? {
    if let fact = event.fact(RunStarted.self) {
      let section = fact.section.map { "#\($0)" } ?? ""
      return Wording(
        .plain, "▸", "playbook", "\(fact.playbook)\(section) begun as \(fact.run), \(fact.steps.count) steps")
    }
    if let fact = event.fact(RunFinished.self) {
      let how = fact.outcome == .completed ? "every step is settled" : "stopped with steps left"
      return Wording(.plain, "·", "playbook", "\(fact.run) finished: \(how)")
    }
    if let fact = event.fact(RunVariableSet.self) {
      let value = fact.value ?? Secret.mask
      return Wording(.plain, "·", "value", "\(fact.run) \(fact.name)=\(value)\(reason(fact.reason))")
    }
    if let fact = event.fact(RunMoved.self) {
      let gone = fact.lost.isEmpty ? "" : ", \(fact.lost.count) not in it"
      return Wording(
        .plain, "·", "playbook",
        "\(fact.run) goes on with an edited text: \(fact.kept.count) steps kept\(gone)")
    }
    if let fact = event.fact(StepAssigned.self) {
      return Wording(
        .plain, "·", "step",
        fact.who.map { "\(fact.step) given to \($0)" } ?? "\(fact.step) given back")
    }
    if let fact = event.fact(StepOverdue.self) {
      return Wording(
        .page, "●", "overdue", "\(fact.step) \(fact.title) was due at \(fact.due.clockUTC) and is not done")
    }
    return event.fact(StepChanged.self).map(stepWording)
  }

  private static func stepWording(_ fact: StepChanged) -> Wording {
    let name = "\(fact.step) \(fact.title)"
    let why = reason(fact.reason)
    switch fact.to {
    case .done:
      let by = fact.by == .check ? " (by its check)" : ""
      return Wording(.good, "✓", "step", name + by + why)
    case .skipped: return Wording(.warn, "–", "step", "skipped \(name)\(why)")
    case .doing: return Wording(.plain, "▸", "step", "begun \(name)\(why)")
    case .failed: return Wording(.bad, "✖", "step", "failed \(name)\(why)")
    case .notApplicable: return Wording(.plain, "–", "step", "not applicable: \(name)\(why)")
    case .unknown: return Wording(.unknown, "?", "step", "outcome unknown: \(name)\(why)")
    case .todo: return Wording(.plain, "·", "step", "taken back: \(name)\(why)")
    }
  }
}
