import Incidents
import Values

/// Says once that a step's time is over and it is not done; what the record knows already, or knows otherwise by now,
/// is left out, so that a takeover doubles nothing.
package struct RecordStepOverdue: Act {
  package var run: String
  package var step: String
  package var due: Instant

  package init(run: String, step: String, due: Instant) {
    self.run = run
    self.step = step
    self.due = due
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard let state = try record.entity(Run.self, run),
      let planned = state.untold(at: now).first(where: isMeant)
    else { return Decision() }
    let fact = StepOverdue(run: run, step: step, title: planned.title, due: due)
    return Decision(append: [Entry(fact, at: due, incident: state.incident)])
  }

  private func isMeant(_ planned: (step: String, title: String, due: Instant)) -> Bool {
    planned.step == step && planned.due == due
  }
}

extension Run {
  /// Steps whose time is over, that are not settled, and of which the journal does not say so yet.
  func untold(at now: Instant) -> [(step: String, title: String, due: Instant)] {
    overdue(at: now).compactMap { planned in
      guard let due = due(of: planned.step), overdueTold[planned.step] != due else { return nil }
      return (planned.step, planned.title, due)
    }
  }
}
