import Incidents
import Playbooks
import Systems
import Terminal
import Values

/// Ticking, skipping, choosing, assigning.
extension Console {
  var whyNoOpenRun: String? {
    guard playbook.open != nil else { return "Open a playbook first: Enter." }
    if let run = playbook.run(world), let end = run.end {
      return "\(run.key) was finished by \(end.by) at \(end.at.minuteUTC)."
    }
    return nil
  }

  /// Why nothing can be done to the selected step, whatever its state.
  var whyNoStepHere: String? {
    if let reason = whyNoOpenRun { return reason }
    guard let step = playbook.selectedStep else { return "No step is selected; this is a heading." }
    if let run = playbook.run(world), !run.order.contains(step.number) {
      return "\(step.number) is no step of \(run.key), which is limited to a section."
    }
    return nil
  }

  /// Why the selected step cannot be settled: as above, and it is settled already.
  var whyNoStep: String? {
    if let reason = whyNoStepHere { return reason }
    guard let step = playbook.selectedStep else { return nil }
    if let mark = playbook.run(world)?.marks[step.number], mark.state.isSettled {
      return
        "\(step.number) was settled by \(mark.by) at \(mark.at.minuteUTC); z takes your own last tick back."
    }
    return nil
  }

  /// Ticks the step; of ways out that nobody has decided between, takes this one.
  mutating func tick(at now: Instant) -> [Effect] {
    guard let step = playbook.selectedStep else { return [] }
    if let others = undecidedWays(of: step) { return want(.choose(step.number, others: others), at: now) }
    return want(.tick(step.number), at: now)
  }

  /// The other ways out beside this one, while none is taken; nil for what is no choice any more.
  func undecidedWays(of step: Step) -> [String]? {
    let others = playbook.outline.ways(beside: step.number)
    guard !others.isEmpty else { return nil }
    let marks = playbook.run(world)?.marks ?? [:]
    let isOpen = ([step.number] + others).allSatisfy { (marks[$0]?.state ?? .todo) == .todo }
    return isOpen ? others : nil
  }

  mutating func markInapplicable(at now: Instant) -> [Effect] {
    playbook.selectedStep.map { want(.inapplicable($0.number), at: now) } ?? []
  }

  mutating func beginStep(at now: Instant) -> [Effect] {
    playbook.selectedStep.map { want(.begin($0.number), at: now) } ?? []
  }

  mutating func openSkip() -> [Effect] {
    guard let step = playbook.selectedStep else { return [] }
    return open(
      .line(
        LineEntry(
          .skip(run: playbook.open?.run ?? "", step: step.number), label: "skip \(step.number) because",
          placeholder: "why it is left out")))
  }

  mutating func openFailure() -> [Effect] {
    guard let step = playbook.selectedStep else { return [] }
    return open(
      .line(
        LineEntry(
          .failStep(step: step.number), label: "\(step.number) failed because", placeholder: "what went wrong"
        )))
  }

  mutating func openAssignment() -> [Effect] {
    guard let step = playbook.selectedStep else { return [] }
    let mine = playbook.run(world)?.assigned[step.number] == world.options.handle
    return open(
      .line(
        LineEntry(
          .assign(step: step.number), label: "\(step.number) is for",
          placeholder: "a handle; empty gives it back", text: mine ? "" : world.options.handle)))
  }

  mutating func skip(run: String, step: String, reason: String) -> [Effect] {
    guard !reason.isEmpty else {
      shell.overlay?.fail("Skipping \(step) takes a reason.")
      return []
    }
    return want(.skip(step, reason: reason), at: Instant(milliseconds: 0), closing: true)
  }

  mutating func fail(step: String, reason: String) -> [Effect] {
    guard !reason.isEmpty else {
      shell.overlay?.fail("Say in a few words what went wrong.")
      return []
    }
    return want(.fail(step, reason: reason), at: Instant(milliseconds: 0), closing: true)
  }

  mutating func assign(step: String, to text: String) -> [Effect] {
    let who = text.hasPrefix("@") ? String(text.dropFirst()) : text
    if !who.isEmpty, !Actor.isHandle(who) {
      shell.overlay?.fail("\(who) is no handle: a-z, 0-9, dots, dashes, at most 32.")
      return []
    }
    return want(.assign(step, who: who.isEmpty ? nil : who), at: Instant(milliseconds: 0), closing: true)
  }

  /// Does it on the run, or begins the run first.
  mutating func want(_ intent: PlaybookScreen.Intent, at now: Instant, closing: Bool = false) -> [Effect] {
    guard let open = playbook.open, let document = playbook.document else { return [] }
    if let run = open.run {
      let effects = perform(intent, run: run, closing: closing, at: now)
      if intent.isSettling { playbook.advance(past: intent.step, world) }
      return effects
    }
    if closing { shell.overlay = nil }
    playbook.intents.append(intent)
    if intent.isSettling { playbook.advance(past: intent.step, world) }
    guard !world.saving.contains(PlaybookScreen.starting) else { return [] }
    let act = StartRun(
      document, system: open.system.isEmpty ? nil : open.system, section: open.section,
      sha256: world.guide(open.system)?.digests[document.name] ?? document.digest,
      variables: playbook.defaults(world), environment: playbook.environment(world)?.name,
      incident: open.incident, routine: open.routine)
    return perform(act, on: PlaybookScreen.starting, done: "", next: .run)
  }

  private mutating func perform(
    _ intent: PlaybookScreen.Intent, run: String, closing: Bool, at now: Instant
  ) -> [Effect] {
    let key = PlaybookScreen.savingKey(intent.step)
    let undo = ActsUnderWay.Undo.tick(run: run, step: intent.step)
    switch intent {
    case .tick(let step):
      return perform(TickStep(run: run, step: step), on: key, done: "ticked \(step)", undo: undo)
    case .skip(let step, let reason):
      return perform(
        SkipStep(run: run, step: step, reason: reason), on: key, done: "skipped \(step)", undo: undo,
        closing: closing)
    case .inapplicable(let step):
      return perform(
        MarkStep(run: run, step: step, as: .notApplicable), on: key, done: "\(step) does not apply",
        undo: undo)
    case .begin(let step):
      return perform(MarkStep(run: run, step: step, as: .doing), on: key, done: "begun \(step)", undo: undo)
    case .fail(let step, let reason):
      return perform(
        MarkStep(run: run, step: step, as: .failed, reason: reason), on: key, done: "\(step) has failed",
        undo: undo, closing: closing)
    case .choose(let step, let others):
      let rest = others.count == 1 ? "\(others[0]) does not apply" : "the other \(others.count) do not apply"
      return perform(
        ChooseStep(run: run, step: step, others: others), on: key, done: "chose \(step); \(rest)",
        undo: .choice(run: run, steps: [step] + others))
    case .assign(let step, let who):
      return perform(
        AssignStep(run: run, step: step, who: who), on: key,
        done: who.map { "\(step) is for \($0)" } ?? "\(step) is nobody's", closing: closing)
    case .command(let preview): return start(preview, run: run, at: now)
    }
  }

  /// The run is there: what was wanted of it is done.
  mutating func runStarted(_ events: [Event], at now: Instant) -> [Effect] {
    guard let fact = events.compactMap({ $0.fact(RunStarted.self) }).first else { return [] }
    let intents = playbook.intents
    playbook.intents = []
    if playbook.open?.playbook == fact.playbook { playbook.open?.run = fact.run }
    shell.say("begun \(fact.playbook) as \(fact.run)", at: now, tone: .done)
    return noteSecrets(in: fact) + intents.flatMap { perform($0, run: fact.run, closing: false, at: now) }
  }

  /// The journal learns which secrets of the environment the run has, and nothing of them.
  private mutating func noteSecrets(in fact: RunStarted) -> [Effect] {
    guard playbook.open?.run == fact.run else { return [] }
    return playbook.environmentValues.secrets.keys.sorted().flatMap { name in
      perform(
        SetVariable(run: fact.run, name: name, content: .secret, reason: "from the environment"),
        on: fact.run,
        done: "")
    }
  }

  mutating func untick(run: String, step: String, done: String) -> [Effect] {
    let act = UntickStep(run: run, step: step, reason: "undone", isOnlyOwn: true)
    let effects = perform(act, on: PlaybookScreen.savingKey(step), done: done)
    if playbook.open?.run == run { playbook.select(step) }
    return effects
  }

  mutating func unchoose(run: String, steps: [String], done: String) -> [Effect] {
    guard let first = steps.first else { return [] }
    let act = UnchooseStep(run: run, steps: steps, reason: "undone")
    let effects = perform(act, on: PlaybookScreen.savingKey(first), done: done)
    if playbook.open?.run == run { playbook.select(first) }
    return effects
  }

  /// Finishes the run; while something is left of it, asks.
  mutating func finishRun() -> [Effect] {
    guard let key = playbook.open?.run, let run = playbook.run(world) else { return [] }
    let progress = run.progress
    let left = progress.of - progress.settled
    let beside = run.openExecutions.count
    guard left > 0 || !run.effects.isEmpty || beside > 0 else { return finish(key) }
    var lines: [String] = []
    if left > 0 {
      lines.append("\(left == 1 ? "One step is" : "\(left) steps are") left; \(key) ends as stopped.")
    }
    if beside > 0 {
      lines.append(
        beside == 1
          ? "One command still runs; it is ended with the run."
          : "\(beside) commands still run; they are ended with the run.")
    }
    lines += run.effects.map { "Still in force: \($0.what). Undo: \($0.undo)." }
    return open(.confirm(Confirmation(.finish(run: key), lines: lines, verb: "finish it")))
  }

  mutating func finish(_ run: String, closing: Bool = false) -> [Effect] {
    let act = FinishRun(run: run, evidence: evidence(of: run))
    return perform(act, on: run, done: "\(run) is finished", closing: closing)
  }
}

extension PlaybookScreen.Intent {
  var step: String {
    switch self {
    case .tick(let step), .skip(let step, _), .inapplicable(let step), .begin(let step), .fail(let step, _),
      .choose(let step, _), .assign(let step, _):
      step
    case .command(let preview): preview.step
    }
  }

  /// Whether nothing is left to do on the step then.
  var isSettling: Bool {
    switch self {
    case .tick, .skip, .inapplicable: true
    default: false
    }
  }
}
