import Incidents
import Values

/// The command in hand: shown, run, watched.
extension PlainRun {
  var values: [String: RunValue] { run.runValues(secrets: secrets) }

  var setting: CommandPlan.Setting {
    CommandPlan.Setting(
      values: values, declared: declared, directory: options.directory, target: options.target)
  }

  func plan(_ step: Step) -> Result<CommandPlan, CommandPlan.Objection> {
    CommandPlan.make(step, index, of: document, in: run, setting)
  }

  /// The first command that has not succeeded yet; behind the last when all have.
  func firstCommand(of step: Step) -> Int {
    let executions = run.executions(of: step.number)
    return step.runnable.first { index in
      !executions.contains { execution in
        guard execution.started.index == index else { return false }
        return execution.finished?.succeeded == true
          || execution.isOpen && running[execution.id]?.mode == .background
      }
    } ?? step.commands.count
  }

  /// The last execution of the command in hand.
  func lastExecution(of step: Step) -> Run.Execution? {
    run.executions(of: step.number).last { $0.started.index == index }
  }

  /// Shows the command in hand, if there is one, and asks what to do with the step.
  mutating func offer() -> [Effect] {
    guard let current, leaving == nil else { return leaving == nil ? askEnd() : leave(0, because: nil) }
    if run.state(of: current.number).isSettled { return advance(after: current.number) }
    question = .step
    guard current.commands.indices.contains(index) else { return [ask(.step)] }
    var lines: [String]
    switch plan(current) {
    case .success(let plan): lines = told(plan)
    case .failure(let objection):
      lines = [Inert.terminal(objection.sentence)]
      if case .unresolved(let why) = objection, !(why.missing + why.undecided).isEmpty {
        lines.append("y asks for it.")
      }
    }
    if let last = lastExecution(of: current), case .unknown? = last.end {
      if let left = left(of: last) {
        lines.append("What was started then still runs, as \(left); k ends it.")
      }
      lines.append(
        "It was started at \(last.at.minuteUTC) and nobody knows how it ended: look first. To run it again, type again."
      )
    }
    return [.print(lines), ask(.step)]
  }

  /// The processes that are left of a command: `process 4711`; nil when there are none.
  func left(of execution: Run.Execution) -> String? {
    let left = options.orphans.filter { $0.id == execution.id }.map { String($0.pid) }
    guard !left.isEmpty else { return nil }
    return (left.count == 1 ? "process " : "processes ") + left.joined(separator: ", ")
  }

  /// `y`, and `again` for one whose outcome nobody knows.
  ///
  /// - Parameter inTerminal: `t`: with the terminal in its hands.
  mutating func runCommand(isAgain: Bool, inTerminal: Bool = false) -> [Effect] {
    guard let current, current.commands.indices.contains(index) else {
      return say("There is no command to run here; d says that the step is done.")
    }
    switch plan(current) {
    case .failure(.unresolved(let why)) where !(why.missing + why.undecided).isEmpty: return askValues(why)
    case .failure(let objection): return say(objection.sentence)
    case .success(let plan):
      if let why = options.whyNoCommands { return say(why) }
      if inTerminal, !options.hasTerminal {
        return say("What you type does not come from a terminal, so that there is none to hand over.")
      }
      if !isAgain, let last = lastExecution(of: current), case .unknown? = last.end {
        return say("Nobody knows how it ended when it ran last; look first, and then type again.")
      }
      guard plan.danger == nil else {
        let question = Question.target(plan, inTerminal: inTerminal)
        return [asking(question)]
      }
      return start(plan, inTerminal: inTerminal)
    }
  }

  /// Only the target's own name starts what is hard to take back.
  mutating func confirm(_ plan: CommandPlan, _ line: String, inTerminal: Bool) -> [Effect] {
    guard line == plan.target else {
      return say("That is not \(plan.target), so nothing was run.")
    }
    return start(plan, inTerminal: inTerminal)
  }

  private mutating func start(_ plan: CommandPlan, inTerminal: Bool) -> [Effect] {
    question = nil
    let mode: CommandStarted.Mode =
      inTerminal ? .terminal : plan.isBackground ? .background : plan.isCheck ? .check : .once
    starting = (plan, mode)
    return [.start(plan, mode)]
  }

  mutating func started(_ id: String) -> [Effect] {
    guard let (plan, mode) = starting else { return [] }
    starting = nil
    running[id] = RunningCommand(plan: plan, mode: mode, heard: now)
    guard mode == .background else { return [] }
    index = current.map(firstCommand) ?? index
    return [.print(["it runs until the run is ended or left"])] + offer()
  }

  mutating func take(_ news: CommandNews) -> [Effect] {
    guard var command = running[news.id] else { return [] }
    outputs[news.id] = news.output
    if news.heard > command.heard { (command.heard, command.isSilenceTold) = (news.heard, false) }
    var lines: [String] = []
    if command.mode != .background { lines = Self.fresh(news.output, printed: &command.printed) }
    running[news.id] = command
    return lines.isEmpty ? [] : [.print(lines)]
  }

  /// Lines at most that are printed of one piece of news: a flood is told of, and kept elsewhere.
  private static let most = 1000

  private static func fresh(_ output: CommandOutput, printed: inout Int) -> [String] {
    let end = output.count + output.missing
    guard printed < end else { return [] }
    var lines: [String] = []
    if end - printed > most {
      lines.append("… \(end - printed - most) lines are not shown here …")
      printed = end - most
    }
    while printed < end {
      let place = printed < output.beginning ? printed : printed - output.missing
      if let line = output[place] { lines.append("| " + Inert.terminal(line.text)) }
      printed += 1
    }
    return lines
  }

  mutating func finished(_ report: CommandReport) -> [Effect] {
    guard let command = running.removeValue(forKey: report.id) else { return [] }
    var lines: [String] = []
    var printed = command.printed
    if command.mode != .background, let output = outputs[report.id] {
      lines = Self.fresh(output, printed: &printed)
    }
    let what = command.mode == .background ? "\(command.plan.step): its background command: " : ""
    lines.append(what + Inert.terminal(told(report, hasOutput: command.mode != .terminal)))
    if leaving != nil { return [.print(lines)] + leave(leaving ?? 0, because: nil) }
    if command.mode == .background {
      // Whoever is being asked something goes on with that.
      return [.print([""] + lines)] + (question.map { [ask($0)] } ?? [])
    }
    let effects: [Effect] = [.print(lines)]
    guard let current else { return effects + offer() }
    let before = index
    index = firstCommand(of: current)
    let isPassed = report.succeeded && command.plan.settlesItsStep
    if isPassed, index == current.commands.count, before == current.runnable.last {
      next = .advance
      return effects + [.act(TickStep(run: run.key, step: current.number, means: .check))]
    }
    return effects + offer()
  }

  mutating func tellSilence() -> [Effect] {
    var lines: [String] = []
    for (id, command) in running
    where !command.isSilenceTold && command.mode != .terminal && command.heard + command.plan.patience <= now
    {
      running[id]?.isSilenceTold = true
      lines.append(
        "\(command.plan.step) has said nothing for \((now - command.heard).short)"
          + (command.mode == .background ? "" : "; Ctrl-C ends it"))
    }
    return lines.isEmpty ? [] : [.print(lines)]
  }

  /// `o`: what the command in hand, or the one before it, wrote last.
  mutating func showOutput() -> [Effect] {
    guard let execution = current.flatMap({ run.executions(of: $0.number).last }) ?? run.executions.last
    else { return say("No command of this run was started yet.") }
    if execution.started.mode == .terminal {
      return say("It had the terminal in its hands, so nothing of what it wrote is kept.")
    }
    let again = question.map { [ask($0)] } ?? []
    if let output = outputs[execution.id] {
      return [.print(Inert.terminalLines(output.text).map { "| " + $0 })] + again
    }
    guard let kept = execution.finished?.output else {
      return say(
        execution.finished?.digest.map { "Its output was not kept; its SHA-256 is \($0)." }
          ?? "Nothing is kept of what it wrote.")
    }
    return [.show(sha256: kept.sha256)] + again
  }
}
