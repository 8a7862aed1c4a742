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

/// Ends a run: completed when nothing is left to do, else stopped.
package struct FinishRun: Act {
  package var run: String

  package init(run: String) {
    self.run = run
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openRun(run)
    let progress = state.progress
    let outcome: RunOutcome = progress.settled == progress.of ? .completed : .stopped
    return Decision(
      append: [Entry(RunFinished(run: run, outcome: outcome), at: now, incident: state.incident)])
  }
}
