import Incidents
import Values

/// Says that a step is done.
package struct TickStep: Act {
  /// What a step that ticks itself was known by: it is not ticked when it is another by now.
  package struct Check: Equatable, Sendable {
    /// What it waited for.
    package let until: String
    /// When it was marked last; nil when it never was.
    package let marked: Instant?

    package init(until: String, marked: Instant?) {
      self.until = until
      self.marked = marked
    }
  }

  package var run: String
  package var step: String
  package var means: StepChanged.Means
  package var check: Check?

  package init(run: String, step: String, means: StepChanged.Means = .hand, check: Check? = nil) {
    self.run = run
    self.step = step
    self.means = means
    self.check = check
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let (state, planned) = try record.openRun(run, step: step)
    if let mark = state.marks[step], mark.state.isSettled {
      throw Refusal("\(step) was \(state.told(mark)).")
    }
    if let check {
      guard planned.until == check.until else { throw Refusal("\(step) does not wait for that any more.") }
      guard state.marks[step]?.at == check.marked else {
        throw Refusal("\(step) was marked by somebody meanwhile.")
      }
    }
    let fact = StepChanged(
      run: run, step: step, title: planned.title, to: .done, reason: check?.until, by: means)
    let tick = Entry(fact, at: now, incident: state.incident)
    let effects = state.effects(ofTicking: planned, at: now)
    return Decision(append: [tick] + effects + (try record.mitigation(of: state, at: now)))
  }
}

/// Takes a tick, a skip or a choice back, by a counter-event.
package struct UntickStep: Act {
  package var run: String
  package var step: String
  package var reason: String?
  /// Only what the same person did, as `z` does.
  package var isOnlyOwn: Bool

  package init(run: String, step: String, reason: String? = nil, isOnlyOwn: Bool = false) {
    self.run = run
    self.step = step
    self.reason = reason
    self.isOnlyOwn = isOnlyOwn
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let (state, planned) = try record.openRun(run, step: step)
    guard let mark = state.marks[step], mark.state != .todo else {
      throw Refusal("\(step) is still to do; there is nothing to take back.")
    }
    if isOnlyOwn, mark.by != actor.handle {
      throw Refusal("\(step) was \(state.told(mark)); undo takes back only what you did.")
    }
    let fact = StepChanged(
      run: run, step: step, title: planned.title, to: .todo, reason: reason, by: .hand)
    // What a mistaken tick set was never in force.
    let undone = state.effects.filter { $0.step == step }.map {
      state.undoing($0, reason: "the tick was taken back", at: now)
    }
    return Decision(append: [Entry(fact, at: now, incident: state.incident)] + undone)
  }
}

/// Leaves a step out, and says why.
package struct SkipStep: Act {
  package var run: String
  package var step: String
  package var reason: String

  package init(run: String, step: String, reason: String) {
    self.run = run
    self.step = step
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let (state, planned) = try record.openRun(run, step: step)
    guard !reason.trimmed.isEmpty else { throw Refusal("Skipping \(step) takes a reason.") }
    if let mark = state.marks[step], mark.state.isSettled {
      throw Refusal("\(step) was \(state.told(mark)).")
    }
    let fact = StepChanged(
      run: run, step: step, title: planned.title, to: .skipped, reason: reason, by: .hand)
    return Decision(append: [Entry(fact, at: now, incident: state.incident)])
  }
}

/// Marks a step as begun, failed, or not applicable (a way out that was not taken).
package struct MarkStep: Act {
  package var run: String
  package var step: String
  package var state: StepState
  package var reason: String?

  package init(run: String, step: String, as state: StepState, reason: String? = nil) {
    self.run = run
    self.step = step
    self.state = state
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard [.doing, .failed, .notApplicable].contains(state) else {
      throw Refusal("Tick, skip or take back \(step) instead.")
    }
    let (run, planned) = try record.openRun(self.run, step: step)
    if let mark = run.marks[step], mark.state == state || mark.state.isSettled {
      throw Refusal("\(step) was \(run.told(mark)).")
    }
    let fact = StepChanged(
      run: self.run, step: step, title: planned.title, to: state, reason: reason, by: .hand)
    return Decision(append: [Entry(fact, at: now, incident: run.incident)])
  }
}

/// Gives a step to somebody, or back to nobody.
package struct AssignStep: Act {
  package var run: String
  package var step: String
  package var who: String?

  package init(run: String, step: String, who: String?) {
    self.run = run
    self.step = step
    self.who = who
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let (state, _) = try record.openRun(run, step: step)
    if let who, !Actor.isHandle(who) {
      throw Refusal("\"\(Inert.terminal(who))\" is no handle: a-z, 0-9, dots, dashes, at most 32.")
    }
    guard state.assigned[step] != who else {
      throw Refusal(who.map { "\(step) is \($0)'s already." } ?? "\(step) is nobody's already.")
    }
    return Decision(
      append: [Entry(StepAssigned(run: run, step: step, who: who), at: now, incident: state.incident)])
  }
}
