import Incidents
import Values

/// Gives a placeholder its value for the rest of the run.
package struct SetVariable: Act {
  package enum Content: Equatable, Sendable {
    case plain(String)
    /// The value stays with the process that asked; the journal learns that there is one.
    case secret
  }

  package var run: String
  package var name: String
  package var content: Content
  package var reason: String?
  /// What is declared of it: pattern and choices are enforced.
  package var variable: Variable?

  package init(
    run: String, name: String, content: Content, reason: String? = nil, variable: Variable? = nil
  ) {
    self.run = run
    self.name = name
    self.content = content
    self.reason = reason
    self.variable = variable
  }

  /// What to tell whoever gives such a secret.
  package static func unmasked(_ name: String) -> String {
    "\(name) has fewer than \(Secret.shortestMasked) characters: it is not masked in what commands write."
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openRun(run)
    var value: String?
    if case .plain(let given) = content {
      if let objection = (variable ?? Variable(name)).objection(to: given) { throw Refusal(objection) }
      if variable?.isSecret == true {
        throw Refusal("\(name) is a secret; the journal keeps no value of it.")
      }
      if state.values[name]?.value == given { throw Refusal("\(name) has this value already.") }
      value = given
    }
    let fact = RunVariableSet(
      run: run, name: name, value: value, secret: value == nil ? true : nil, reason: reason)
    return Decision(append: [Entry(fact, at: now, incident: state.incident)])
  }
}

/// Ends a run: completed when nothing is left to do, else stopped. A routine that it was begun for is done with it
/// once it is completed.
package struct FinishRun: Act {
  package var run: String
  /// What shows that the routine was done, beside the run.
  package var evidence: RoutineDone.Evidence?

  package init(run: String, evidence: RoutineDone.Evidence? = nil) {
    self.run = run
    self.evidence = evidence
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openRun(run)
    let progress = state.progress
    let outcome: RunOutcome = progress.settled == progress.of ? .completed : .stopped
    var entries = [Entry(RunFinished(run: run, outcome: outcome), at: now, incident: state.incident)]
    if outcome == .completed, let started = state.started, let routine = started.routine,
      let system = started.system
    {
      let done = RoutineDone(
        system: system, routine: routine.title, due: routine.due, run: run, evidence: evidence)
      entries.append(Entry(done, at: now))
    }
    return Decision(append: entries)
  }
}
