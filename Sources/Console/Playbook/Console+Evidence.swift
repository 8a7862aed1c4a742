import Incidents
import Playbooks
import Terminal
import Values

/// What a command wrote, attached to the incident or to the journal as evidence.
extension Console {
  var whyNoEvidence: String? {
    if playbook.open == nil { return "Open a playbook first: Enter." }
    guard let trace = playbook.trace(world) else { return "No command of this step was run." }
    if trace.isOpen { return "It still runs; attach what it wrote once it has ended." }
    guard trace.end != nil else { return "How it ended is just being saved." }
    return execution(of: trace)?.whyNoEvidence
  }

  private func execution(of trace: CommandTrace) -> Run.Execution? {
    playbook.run(world)?.executions.first { $0.id == trace.id }
  }

  mutating func attachEvidence(at now: Instant) -> [Effect] {
    guard let trace = playbook.trace(world), let run = playbook.open?.run,
      let execution = execution(of: trace)
    else { return [] }
    let incident = playbook.incident(world)
    let act = AttachEvidence(run: run, command: trace.id)
    let effects = perform(
      act, on: incident ?? "journal", done: "attached to \(incident ?? "the journal") as evidence",
      undo: .note(incident: incident))
    guard execution.finished?.file != nil else { return effects }
    return effects.map { effect in
      if case .perform(let number, _) = effect { .attach(number, act) } else { effect }
    }
  }
}
