import Playbooks
import Terminal
import Values

/// What was run of the step in hand, and what it wrote.
extension PlaybookScreen {
  /// Executions of a step's commands, oldest first, whoever started them.
  func traces(of step: String, _ world: World) -> [CommandTrace] {
    let run = run(world)
    var traces = (run?.executions(of: step) ?? []).map { execution in
      CommandTrace(
        id: execution.id, index: execution.started.index, command: execution.started.command,
        by: execution.by,
        at: execution.at, mode: execution.started.mode, end: execution.end, underWay: underWay[execution.id],
        news: commands[execution.id], orphan: orphans.first { $0.id == execution.id })
    }
    let known = Set(traces.map(\.id))
    // What was asked for a moment ago has not been read back yet.
    for (id, mine) in underWay.sorted(by: { $0.value.started < $1.value.started })
    where mine.step == step && mine.order.run == open?.run && !known.contains(id) {
      traces.append(
        CommandTrace(
          id: id, index: mine.order.plan.index, command: mine.order.plan.text.shown, by: world.options.handle,
          at: mine.started, mode: mine.order.mode, end: nil, underWay: mine, news: commands[id], orphan: nil))
    }
    return traces
  }

  func traces(_ world: World) -> [CommandTrace] { selectedStep.map { traces(of: $0.number, world) } ?? [] }

  /// The execution whose output is looked at: the chosen one, else the latest.
  func trace(_ world: World) -> CommandTrace? {
    let all = traces(world)
    return all.first { $0.id == output.chosen } ?? all.last
  }

  /// The lines of its output; nil when there are none to be shown.
  func lines(_ world: World) -> OutputLines? {
    guard let trace = trace(world) else { return nil }
    if let news = trace.news { return OutputLines(news.output) }
    guard let sha256 = Self.digest(of: trace), case .lines(let lines)? = outputs[sha256] else { return nil }
    return lines
  }

  static func digest(of trace: CommandTrace) -> String? {
    guard case .finished(let fact, _)? = trace.end else { return nil }
    return fact.output?.sha256
  }

  /// Why no lines are shown, as a sentence.
  func whyNoLines(_ trace: CommandTrace) -> String {
    if trace.mode == .terminal { return "It had the terminal in its hands; nothing of its output is kept." }
    if trace.isOpen {
      return trace.underWay == nil
        ? "\(trace.by) runs it in another console; what it writes is here once it has ended." : "Nothing yet."
    }
    switch trace.end {
    case .unknown(let reason, _): return "Nobody knows how it ended: \(reason)"
    case .finished(let fact, _):
      guard let output = fact.output else {
        return fact.lines == 0 || fact.digest == nil
          ? fact.reason ?? "It wrote nothing."
          : "What it wrote is not kept, as the playbook asks; \(fact.lines) lines, SHA-256 \(fact.digest ?? "")."
      }
      if output.bytes == 0 { return fact.reason ?? "It wrote nothing." }
      if case .missing(let sentence)? = outputs[output.sha256] { return sentence }
      return "Reading \(output.bytes) bytes from the journal…"
    case nil: return "Nothing yet."
    }
  }

  /// What of the journal is to be read for what is looked at.
  mutating func wantedOutput(_ world: World) -> String? {
    guard open != nil, let trace = trace(world), trace.news == nil, let sha256 = Self.digest(of: trace),
      outputs.ask(sha256)
    else { return nil }
    return sha256
  }

  /// Where each of a step's commands stands, by its number; nil for one that was never run.
  func standing(of step: Step, _ world: World) -> [Int: CommandTrace] {
    Dictionary(traces(of: step.number, world).map { ($0.index, $0) }) { $1 }
  }

  /// The command that comes next: the first that could run and has not succeeded; nil when all have.
  func next(of step: Step, _ world: World) -> Int? {
    let standing = standing(of: step, world)
    return step.commands.indices.first { index in
      !step.commands[index].isAssignment && standing[index]?.state != .passed
    }
  }

  /// The command of this step that is under way, if one is that others wait for.
  func running(in step: String, _ world: World) -> CommandTrace? {
    traces(of: step, world).last { $0.isOpen && $0.mode != .background }
  }
}
