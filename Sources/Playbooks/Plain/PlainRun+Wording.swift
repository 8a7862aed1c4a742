import Incidents
import Values

/// What is printed and asked. Every line is inert.
extension PlainRun {
  static var help: [String] {
    [
      "y        run the command that is shown, exactly as it is shown",
      "t        the same with the terminal in its hands, for what wants to talk to you; nothing of its output is kept",
      "again    run it although nobody knows how it ended last time",
      "d        the step is done",
      "s WHY    skip the step",
      "f WHY    the step has failed",
      "n        it does not apply: a way out that is not taken",
      "c        take this way out; the others do not apply",
      "k        end what is left of a command whose outcome nobody knows",
      "+  -     the next command of the step, the one before",
      "o        the output of the command that ran last",
      "v        values of placeholders; v NAME=VALUE sets one",
      "l        all steps and how they stand; g STEP goes to one",
      "u STEP   take back your own tick, skip or mark",
      "e        end the run; q leave it open",
      "Ctrl-C ends the command that runs, not the run.",
    ]
  }

  func ask(_ question: Question) -> Effect {
    switch question {
    case .step:
      let hasCommand = current?.commands.indices.contains(index) == true && options.whyNoCommands == nil
      return .ask(
        "\(step ?? "")  \(hasCommand ? "y run, " : "")d done, s skip, f failed, q leave, ? help: ",
        isSecret: false)
    case .target(let plan, _):
      return .ask(
        "This matches \"\(Inert.terminal(plan.danger ?? ""))\". Type the target's name, "
          + "\(Inert.terminal(plan.target)), to run it: ", isSecret: false)
    case .skipReason: return .ask("Why is it skipped? ", isSecret: false)
    case .failure: return .ask("What went wrong? (Enter: no reason) ", isSecret: false)
    case .value(let variable, let isUndecided): return askValue(variable, isUndecided)
    case .changeReason(let variable, _):
      return .ask("Why does \(Inert.terminal(variable.name)) change? (Enter: no reason) ", isSecret: false)
    case .end:
      let isWhole = run.progress.settled == run.progress.of
      return .ask(
        isWhole ? "e ends the run, q leaves it open, ? help: " : "g STEP, e end the run, q leave, ? help: ",
        isSecret: false)
    }
  }

  private func askValue(_ variable: Variable, _ isUndecided: Bool) -> Effect {
    let name = Inert.terminal(variable.name)
    var text = variable.ask.map { "\(name): \(Inert.terminal($0))" } ?? name
    if !variable.choices.isEmpty {
      text += " (\(Inert.terminal(variable.choices.joined(separator: ", "))))"
    }
    if let value = variable.defaultValue, !variable.isSecret {
      text += " [\(Inert.terminal(value))]"
    } else if isUndecided {
      text += " looks like a place for a value; its value, or Enter where it stands for itself"
    }
    return .ask(text + ": ", isSecret: variable.isSecret)
  }

  var header: [String] {
    let (settled, all) = run.progress
    let since = run.startedAt.map { ", begun \($0.dateClockUTC) by \(run.startedBy ?? "somebody")" } ?? ""
    var lines = [
      Inert.terminal(
        "\(document.title): \(run.key)\(run.incident.map { " of \($0)" } ?? "")\(since), \(settled) of \(all) done"
      )
    ]
    if let why = options.whyNoCommands { lines.append(Inert.terminal(why)) }
    return lines + inForce
  }

  /// What steps left in force.
  var inForce: [String] {
    run.effects.map { Inert.terminal("still in force since \($0.at.minuteUTC): \($0.what); \($0.undo)") }
  }

  /// Where the run stands when nothing more is offered.
  var standing: [String] {
    let left = run.order.filter { !run.state(of: $0).isSettled }
    guard !left.isEmpty else { return ["Every step of \(run.key) is settled."] + inForce }
    let told = left.map { "\($0) \(run.state(of: $0).words)" }.joined(separator: ", ")
    return [Inert.terminal("Left of \(run.key): \(told).")] + inForce
  }

  var farewell: [String] {
    if let end = run.end {
      let how = end.outcome == .completed ? "every step is settled" : "it was stopped with steps left"
      return ["\(run.key) is finished: \(how)."] + inForce
    }
    let (settled, all) = run.progress
    return [
      "\(run.key) stays open, \(settled) of \(all) done; "
        + "`midwatch playbook run --resume \(run.key)` goes on with it."
    ]
  }

  var standingOfSteps: [String] {
    script.order.compactMap { number in
      guard let step = script.steps[number], run.order.contains(number) else { return nil }
      let indent = String(repeating: "  ", count: step.depth)
      let state = run.state(of: number)
      let mark = state == .todo ? "" : "  (\(state.words)\(run.marks[number].map { " by \($0.by)" } ?? ""))"
      return Inert.terminal("\(number == self.step ? ">" : " ") \(indent)\(number)  \(step.title)\(mark)")
    }
  }

  /// What was done on a step so far: its mark, and how its commands ended.
  func history(of step: Step) -> [String] {
    var lines: [String] = []
    if let mark = run.marks[step.number], mark.state != .todo, mark.state != .doing {
      lines.append("    \(run.told(mark))" + (mark.reason.map { ": \($0)" } ?? ""))
    }
    for execution in run.executions(of: step.number) {
      let what = execution.started.command.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      lines.append("    ran \(execution.at.minuteUTC) by \(execution.by), \(told(execution)): \(what)")
    }
    return lines.map { Inert.terminal($0) }
  }

  private func told(_ execution: Run.Execution) -> String {
    switch execution.end {
    case nil: "not ended"
    case .unknown?: "outcome unknown"
    case .finished(let fact, _)?:
      fact.exit.map { "exit \($0)" } ?? fact.signal.map { "ended by \($0)" } ?? fact.reason ?? "ended"
    }
  }

  /// A plan as it will run: the exact text, where, on what, and what it finds in its environment.
  func told(_ plan: CommandPlan) -> [String] { Self.told(plan) }

  static func told(_ plan: CommandPlan) -> [String] {
    var lines = plan.title.map { ["# " + Inert.terminal($0)] } ?? []
    lines += PlaybookText.prompted(plan.text.shown)
    let names = plan.environmentNames.joined(separator: ", ")
    lines.append(
      Inert.terminal(
        "in \(plan.directory), on \(plan.target)"
          + (names.isEmpty ? "" : ", with \(names) in its environment")))
    if let danger = plan.danger {
      lines.append(
        Inert.terminal("hard to take back: it matches \"\(danger)\", so the target's name is asked for"))
    }
    return lines
  }

  /// - Parameter hasOutput: false where nothing of what it wrote is kept.
  func told(_ report: CommandReport, hasOutput: Bool = true) -> String {
    let lines = report.lines == 1 ? "1 line" : "\(report.lines) lines"
    let meaning = report.meaning.map { " (\($0))" } ?? ""
    let tries = report.tries.map { $0 > 1 ? ", \($0) tries" : "" } ?? ""
    let written = hasOutput ? ", \(lines)" : ""
    return "\(report.phrase)\(meaning) in \(report.took.short)\(written)\(tries)"
      + (report.succeeded ? "" : "; the step is marked as failed")
  }
}

extension StepState {
  /// For people: `not applicable`.
  package var words: String {
    switch self {
    case .todo: "to do"
    case .notApplicable: "not applicable"
    case .unknown: "outcome unknown"
    default: rawValue
    }
  }
}
