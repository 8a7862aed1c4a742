import Incidents
import Playbooks
import Terminal
import Values

/// From a command's start to the word of its end in the journal.
extension Console {
  /// Its start is committed: now there may be a process.
  mutating func commandStarted(_ id: String, at now: Instant) -> [Effect] {
    guard var underWay = playbook.underWay[id] else { return [] }
    underWay.stage = .running
    playbook.underWay[id] = underWay
    playbook.commands[id] = CommandNews(id: id, output: CommandOutput(), heard: now)
    return [underWay.order.mode == .terminal ? .runInTerminal(underWay.order) : .run(underWay.order)]
  }

  /// Its start could not be written down: there is no process.
  mutating func commandNotStarted(_ id: String) { playbook.underWay[id] = nil }

  /// How far a command of ours has come; its end is written down.
  mutating func take(_ news: CommandNews, at now: Instant) -> [Effect] {
    guard var underWay = playbook.underWay[news.id], !underWay.isUnsaved else { return [] }
    if case .written = underWay.stage { return [] }
    playbook.commands[news.id] = news
    guard let report = news.report else { return [] }
    underWay.stage = .finishing(report)
    playbook.underWay[news.id] = underWay
    return finish(news.id, report)
  }

  private mutating func finish(_ id: String, _ report: CommandReport) -> [Effect] {
    guard let underWay = playbook.underWay[id] else { return [] }
    return perform(
      FinishCommand(run: underWay.order.run, report), on: PlaybookScreen.savingKey(underWay.step), done: "",
      next: .commandFinished(id))
  }

  /// The journal refused it: it is asked again, for what happened is not lost because of that.
  mutating func commandNotFinished(_ id: String, _ sentence: String, at now: Instant) {
    guard var underWay = playbook.underWay[id] else { return }
    let attempts: Int
    let report: CommandReport
    switch underWay.stage {
    case .finishing(let first): (report, attempts) = (first, 1)
    case .unsaved(let first, _, let count): (report, attempts) = (first, count + 1)
    default: return
    }
    // It may be there although the answer was lost.
    guard !isWritten(id, of: underWay.order.run) else {
      playbook.underWay[id]?.stage = .written
      return
    }
    let wait = min(Span.seconds(10), Span.seconds(Int64(min(attempts, 5)) * 2))
    underWay.stage = .unsaved(report, retry: now + wait, attempts: attempts)
    playbook.underWay[id] = underWay
    shell.say(
      "How \(underWay.step) ended is not saved yet, and is tried again: \(sentence)", at: now, tone: .failed)
  }

  private func isWritten(_ id: String, of run: String) -> Bool {
    execution(id, of: run)?.finished != nil
  }

  private func execution(_ id: String, of run: String) -> Run.Execution? {
    world.ledger.runs.first { $0.key == run }?.executions.first { $0.id == id }
  }

  /// Its end is in the journal.
  mutating func commandFinished(_ id: String, _ events: [Event], at now: Instant) -> [Effect] {
    guard var underWay = playbook.underWay[id] else { return [] }
    underWay.stage = .written
    playbook.underWay[id] = underWay
    guard let fact = events.compactMap({ $0.fact(CommandFinished.self) }).first else { return [] }
    let number = underWay.step
    let told = "\(number): \(fact.phrase)\(fact.meaning.map { ", \($0)" } ?? "") after \(fact.took.short)"
    guard fact.succeeded else {
      playbook.underWay[id]?.rest = []
      if fact.cause != .closed { shell.say(told, at: now, tone: fact.cause == .cancelled ? .plain : .failed) }
      return []
    }
    if underWay.order.plan.settlesItsStep, underWay.rest.isEmpty,
      hasPassed(number, besides: underWay.order.plan.index)
    {
      shell.say("\(told); its step is ticked", at: now, tone: .done)
      return perform(
        TickStep(run: underWay.order.run, step: number, means: .check), on: PlaybookScreen.savingKey(number),
        done: "ticked \(number), its check has passed", undo: .tick(run: underWay.order.run, step: number))
    }
    shell.say(underWay.rest.isEmpty ? "\(told) · Space ticks it" : told, at: now, tone: .done)
    return []
  }

  /// Whether every other command of the step has succeeded.
  private func hasPassed(_ number: String, besides index: Int) -> Bool {
    guard let step = playbook.outline.step(number) else { return true }
    let standing = playbook.standing(of: step, world)
    return step.commands.indices.allSatisfy {
      $0 == index || step.commands[$0].isAssignment || standing[$0]?.state == .passed
    }
  }

  /// After every input: what the journal refused is asked again, what waits for a command's end goes on, and what
  /// ends with its run is ended.
  mutating func goOn(at now: Instant) -> [Effect] {
    guard !playbook.underWay.isEmpty else { return [] }
    var effects: [Effect] = []
    for (id, underWay) in playbook.underWay.sorted(by: { $0.value.started < $1.value.started }) {
      switch underWay.stage {
      case .unsaved(let report, let retry, _):
        if isWritten(id, of: underWay.order.run) {
          playbook.underWay[id]?.stage = .written
        } else if retry <= now, !acts.waiting.values.contains(where: { $0.next == .commandFinished(id) }) {
          effects += finish(id, report)
        }
      case .written: effects += goOn(after: id, underWay, at: now)
      case .running:
        let run = world.ledger.runs.first { $0.key == underWay.order.run }
        guard run?.end != nil else { continue }
        playbook.underWay[id]?.stage = .ending
        effects.append(.cancel(command: id))
      case .starting, .ending, .finishing: break
      }
    }
    forgetOutputs()
    return effects
  }

  /// The next of all of a step's commands, once what the last one left can be read.
  private mutating func goOn(after id: String, _ underWay: CommandUnderWay, at now: Instant) -> [Effect] {
    guard let next = underWay.rest.first else {
      if isWritten(id, of: underWay.order.run) { playbook.underWay[id] = nil }
      return []
    }
    guard isWritten(id, of: underWay.order.run) else { return [] }
    playbook.underWay[id] = nil
    guard playbook.open?.run == underWay.order.run, let step = playbook.outline.step(next.step),
      let document = playbook.document
    else {
      shell.say("The rest of \(next.step) was not run: another playbook is open.", at: now, tone: .failed)
      return []
    }
    let made = CommandPlan.make(
      step, next.index, of: document, in: playbook.run(world), playbook.setting(world))
    guard case .success(let plan) = made, plan.text == next.text, plan.target == next.target else {
      shell.say(
        "The rest of \(next.step) was not run: it is not what was shown any more. x shows it.", at: now,
        tone: .failed)
      return []
    }
    var preview = CommandPreview(
      step: next.step, plans: [plan] + underWay.rest.dropFirst(), mode: underWay.order.mode)
    preview.stop = nil
    return start(preview, run: underWay.order.run, at: now)
  }

  /// Of commands that have ended only the last few are held whole; the others are read from the journal again.
  private mutating func forgetOutputs() {
    let ended = playbook.commands.keys.filter { playbook.underWay[$0] == nil }
    guard ended.count > Self.heldOutputs else { return }
    let oldest = ended.sorted {
      (playbook.commands[$0]?.heard ?? .distantPast) < (playbook.commands[$1]?.heard ?? .distantPast)
    }
    for id in oldest.prefix(ended.count - Self.heldOutputs) { playbook.commands[id] = nil }
  }

  private static let heldOutputs = 3

  // MARK: - Ending

  /// What `C` would end: a command of ours, or a process that nobody waits for.
  var endable: CommandTrace? {
    let traces = playbook.traces(world)
    return traces.last { $0.isOurs } ?? traces.last { $0.orphan != nil && $0.state == .unknown }
  }

  var whyNoEnding: String? {
    if world.options.readOnly { return "This console only reads." }
    guard playbook.open != nil else { return "Open a playbook first: Enter." }
    if endable != nil { return nil }
    if let other = playbook.traces(world).last(where: { $0.isOpen }) {
      return other.state == .ending
        ? "It was asked to end already; what does not end is killed."
        : "\(other.by) runs it in another console; it can be ended there."
    }
    return "No command of this step is running."
  }

  mutating func openEnding() -> [Effect] {
    guard let trace = endable else { return [] }
    let command = Inert.terminal(trace.command).truncatedMiddle(to: 160)
    let whose = trace.orphan.map { "Its process \($0.pid) was left behind, and nobody waits for it. " } ?? ""
    return open(
      .confirm(
        Confirmation(
          .cancel(command: trace.id),
          lines: [
            "\(whose)This ends it: \(command)",
            "It gets TERM, with all that it started; what has not ended after a grace is killed (KILL).",
          ],
          verb: "end it")))
  }

  mutating func endCommand(_ id: String, at now: Instant) -> [Effect] {
    shell.overlay = nil
    playbook.underWay[id]?.rest = []
    if playbook.underWay[id]?.isRunning == true { playbook.underWay[id]?.stage = .ending }
    shell.say("asked it to end", at: now)
    return [.cancel(command: id)]
  }

  /// What would be left behind by leaving now, as sentences.
  var commandsInHand: [String] {
    let running = playbook.underWay.values.filter { $0.isRunning }.sorted { $0.started < $1.started }
    var lines = running.filter(\.isForeground).map {
      "\($0.step) still runs: \(Inert.terminal($0.order.plan.text.shown).truncatedMiddle(to: 80)). Leaving ends it."
    }
    let beside = running.count { !$0.isForeground }
    if beside > 0 {
      lines.append(
        "\(beside == 1 ? "One command runs" : "\(beside) commands run") beside the work; leaving ends \(beside == 1 ? "it" : "them")."
      )
    }
    return lines
  }
}

extension Instant {
  fileprivate static let distantPast = Instant(milliseconds: .min)
}
