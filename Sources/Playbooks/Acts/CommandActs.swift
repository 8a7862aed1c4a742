import Incidents
import Values

/// Says that a command is about to start. Its process is started only once this is committed.
package struct StartCommand: Act {
  package var plan: CommandPlan
  package var run: String
  /// A UUIDv7 made by the process that acts.
  package var id: String
  package var mode: CommandStarted.Mode
  /// SHA-256 of the plan's shown text in lower-case hex.
  package var digest: String
  package var owner: ProcessMark

  package init(
    _ plan: CommandPlan, run: String, id: String, mode: CommandStarted.Mode, digest: String,
    owner: ProcessMark
  ) {
    self.plan = plan
    self.run = run
    self.id = id
    self.mode = mode
    self.digest = digest
    self.owner = owner
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let (state, planned) = try record.openRun(run, step: plan.step)
    guard !state.executions.contains(where: { $0.id == id }) else {
      throw Refusal("This command was started already.")
    }
    if let other = state.executions(of: plan.step).last(where: { $0.isOpen && $0.started.index == plan.index }
    ) {
      throw Refusal(
        "\(other.by) started it at \(other.at.minuteUTC) and it has not ended; wait for it, or cancel it.")
    }
    let started = CommandStarted(
      run: run, step: plan.step, id: id, index: plan.index, command: plan.text.shown, cwd: plan.directory,
      environmentNames: plan.environmentNames, digest: digest, target: plan.target, mode: mode, owner: owner)
    var entries = [Entry(started, at: now, incident: state.incident)]
    if !state.state(of: plan.step).isSettled, state.state(of: plan.step) != .doing {
      let fact = StepChanged(
        run: run, step: plan.step, title: planned.title, to: .doing, reason: nil, by: .hand)
      entries.append(Entry(fact, at: now, incident: state.incident))
    }
    return Decision(append: entries + (try record.mitigation(of: state, at: now)))
  }
}

/// Writes down how a command ended; a failure marks its step, unless that is settled by now.
package struct FinishCommand: Act {
  package var run: String
  package var report: CommandReport

  package init(run: String, _ report: CommandReport) {
    self.run = run
    self.report = report
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    // A run may have been finished while the command ended.
    guard let state = try record.entity(Run.self, run), state.started != nil else {
      throw Refusal("There is no run \(run).")
    }
    guard let execution = state.executions.first(where: { $0.id == report.id }) else {
      throw Refusal("\(run) has started no such command.")
    }
    if execution.finished != nil { throw Refusal("How this command ended is written down already.") }
    let fact = report.fact(run: run, step: execution.step ?? execution.started.step)
    var entries = [Entry(fact, at: now, incident: state.incident)]
    // The text may have lost the step meanwhile.
    if !fact.succeeded, state.isOpen, execution.started.mode != .background, let step = execution.step,
      !state.state(of: step).isSettled
    {
      let title = state.steps.first { $0.step == step }?.title ?? step
      let failed = StepChanged(
        run: run, step: step, title: title, to: .failed, reason: report.phrase, by: .hand)
      entries.append(Entry(failed, at: now, incident: state.incident))
    }
    return Decision(append: entries, blobs: fact.output == nil ? [] : [report.output])
  }
}

/// Says that nobody waits for a command any more, so that nobody knows how it ends.
package struct LoseCommand: Act {
  package var run: String
  package var id: String
  package var reason: String

  package init(run: String, id: String, reason: String) {
    self.run = run
    self.id = id
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard let state = try record.entity(Run.self, run),
      let execution = state.executions.first(where: { $0.id == id })
    else { throw Refusal("\(run) has started no such command.") }
    guard execution.isOpen else { throw Refusal("How this command ended is written down already.") }
    let number = execution.step ?? execution.started.step
    let lost = CommandLost(run: run, step: number, started: id, reason: reason)
    var entries = [Entry(lost, at: now, incident: state.incident)]
    if let step = execution.step, !state.state(of: step).isSettled, state.isOpen {
      let title = state.steps.first { $0.step == step }?.title ?? step
      let unknown = StepChanged(
        run: run, step: step, title: title, to: .unknown, reason: reason, by: .hand)
      entries.append(Entry(unknown, at: now, incident: state.incident))
    }
    return Decision(append: entries)
  }
}
