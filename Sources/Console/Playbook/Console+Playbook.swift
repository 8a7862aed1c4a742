import Incidents
import Playbooks
import Systems
import Terminal
import Values

extension Console {
  /// The alert's playbook at its section, or its running run; without an alert the incident's run, else the list.
  mutating func openPlaybook() -> [Effect] {
    let effects = go(to: .playbook)
    if case .routine(let system, let title) = subjectBefore {
      showPlaybook(ofRoutine: title, of: system)
      return effects
    }
    let incident = subjectIncidentBefore
    if let identity = alertBefore, let guide = world.guide(identity.system) {
      let annotation = world.alert(identity)?.playbook ?? world.record(of: identity)?.fired?.playbook
      if let (document, anchor) = guide.playbook(for: identity.rule, annotation: annotation) {
        playbook.show(
          opened(system: identity.system, playbook: document.name, anchor: anchor, incident: incident))
        return effects
      }
    }
    let runs = world.ledger.runs.filter { $0.isOpen && (incident == nil || $0.incident == incident) }
    if let run = runs.last, let started = run.started {
      playbook.show(
        .init(
          system: started.system ?? "", playbook: started.playbook, anchor: started.section, run: run.key,
          incident: run.incident))
    } else {
      playbook.open = nil
    }
    return effects
  }

  /// What had the focus on the screen that one came from.
  private var alertBefore: AlertIdentity? {
    var before = self
    before.screen = shell.back.last ?? .dashboard
    if let identity = before.subjectAlert { return identity }
    guard case .incident(let key) = before.subject else { return nil }
    let incident = world.ledger.incident(key)
    // The run that goes on comes before the cause's playbook.
    if world.ledger.runs.contains(where: { $0.isOpen && $0.incident == key }) { return nil }
    return incident?.declared?.from?.alert
  }

  private var subjectBefore: Subject {
    var before = self
    before.screen = shell.back.last ?? .dashboard
    return before.subject
  }

  private var subjectIncidentBefore: String? {
    var before = self
    before.screen = shell.back.last ?? .dashboard
    return before.subjectIncident
  }

  /// The running run of that playbook, if there is one, else the document.
  private func opened(system: String, playbook name: String, anchor: String?, incident: String?)
    -> PlaybookScreen.Open
  {
    let run = world.ledger.runs.last {
      $0.isOpen && $0.started?.playbook == name && $0.started?.system == system && $0.incident == incident
    }
    return .init(
      system: system, playbook: name, anchor: anchor, run: run?.key, incident: run?.incident ?? incident)
  }

  mutating func openSelectedPlaybook() -> [Effect] {
    guard let row = playbook.rows(world).first(where: { $0.id == playbook.list.selected }) else { return [] }
    if row.open.run != nil {
      playbook.show(row.open)
    } else {
      let incident = world.ledger.openIncidents(of: row.open.system).first?.key
      playbook.show(
        opened(system: row.open.system, playbook: row.open.playbook, anchor: nil, incident: incident))
    }
    return []
  }

  var whyNoStep: String? {
    guard playbook.open != nil else { return "Open a playbook first: Enter." }
    guard let step = playbook.selectedStep else { return "No step is selected." }
    if let run = playbook.run(world), let end = run.end {
      return "\(run.key) was finished by \(end.by) at \(end.at.minuteUTC)."
    }
    if let mark = playbook.run(world)?.marks[step.number], mark.state.isSettled {
      return
        "\(step.number) was settled by \(mark.by) at \(mark.at.minuteUTC); z takes your own last tick back."
    }
    return nil
  }

  mutating func tick(at now: Instant) -> [Effect] {
    guard let step = playbook.selectedStep else { return [] }
    return want(.tick(step.number), at: now)
  }

  mutating func markInapplicable(at now: Instant) -> [Effect] {
    guard let step = playbook.selectedStep else { return [] }
    return want(.inapplicable(step.number), at: now)
  }

  mutating func openSkip() -> [Effect] {
    guard let step = playbook.selectedStep else { return [] }
    return open(
      .line(
        LineEntry(
          .skip(run: playbook.open?.run ?? "", step: step.number), label: "skip \(step.number) because",
          placeholder: "why it is left out")))
  }

  mutating func skip(run: String, step: String, reason: String) -> [Effect] {
    guard !reason.isEmpty else {
      shell.overlay?.fail("Skipping \(step) takes a reason.")
      return []
    }
    return want(.skip(step, reason: reason), at: Instant(milliseconds: 0), closing: true)
  }

  /// Does it on the run, or begins the run first.
  private mutating func want(
    _ intent: PlaybookScreen.Intent, at now: Instant, closing: Bool = false
  ) -> [Effect] {
    guard let open = playbook.open, let document = playbook.document else { return [] }
    if let run = open.run {
      let effects = perform(intent, run: run, closing: closing)
      playbook.advance(past: intent.step, world)
      return effects
    }
    if closing { shell.overlay = nil }
    playbook.intents.append(intent)
    playbook.advance(past: intent.step, world)
    guard !world.saving.contains(PlaybookScreen.starting) else { return [] }
    let act = StartRun(
      document, system: open.system.isEmpty ? nil : open.system, section: open.section,
      sha256: world.guide(open.system)?.digests[document.name] ?? document.digest,
      variables: playbook.defaults(world), incident: open.incident, routine: open.routine)
    return perform(act, on: PlaybookScreen.starting, done: "", next: .run)
  }

  private mutating func perform(_ intent: PlaybookScreen.Intent, run: String, closing: Bool) -> [Effect] {
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
    }
  }

  /// The run is there: what was wanted of it is done.
  mutating func runStarted(_ events: [Event], at now: Instant) -> [Effect] {
    guard let fact = events.compactMap({ $0.fact(RunStarted.self) }).first else { return [] }
    let intents = playbook.intents
    playbook.intents = []
    if playbook.open?.playbook == fact.playbook { playbook.open?.run = fact.run }
    shell.say("begun \(fact.playbook) as \(fact.run)", at: now, tone: .done)
    return intents.flatMap { perform($0, run: fact.run, closing: false) }
  }

  mutating func untick(run: String, step: String, done: String) -> [Effect] {
    let act = UntickStep(run: run, step: step, reason: "undone", isOnlyOwn: true)
    let effects = perform(act, on: PlaybookScreen.savingKey(step), done: done)
    if playbook.open?.run == run {
      playbook.steps.select(step, in: playbook.flat.map(\.number), height: 1000)
    }
    return effects
  }

  mutating func finishRun() -> [Effect] {
    guard let run = playbook.open?.run else { return [] }
    let act = FinishRun(run: run, evidence: evidence(of: run))
    return perform(act, on: run, done: "\(run) is finished")
  }

  // MARK: - Copying

  var copyables: [StepView.Copyable] {
    guard let step = playbook.selectedStep else { return [] }
    let view = playbook.view(of: step, world)
    return view.commands.isEmpty ? view.snippets : view.commands
  }

  /// Copies the step's next command exactly as it would run; asks first for what is missing.
  mutating func copyCommand(at now: Instant) -> [Effect] {
    let all = copyables
    guard !all.isEmpty else { return [] }
    let index = playbook.command % all.count
    switch all[index].resolved {
    case .success(let text):
      playbook.command = (index + 1) % all.count
      let which = all.count > 1 ? " \(index + 1) of \(all.count)" : ""
      let shown = Inert.terminal(text.shown).truncatedMiddle(to: 60)
      shell.say("copied\(which): \(shown)", at: now, tone: .done)
      return [.copy(text.exact.revealed())]
    case .failure(let why):
      let names = why.missing + why.undecided
      guard !names.isEmpty else {
        shell.say(why.description, at: now, tone: .failed)
        return []
      }
      return openVariables(only: names, undecided: Set(why.undecided), copying: true)
    }
  }

  /// What the playbook asks for.
  var questions: [Variable] {
    playbook.document?.questions(of: playbook.flat, with: playbook.declared(world)) ?? []
  }

  mutating func openVariables(
    only names: [String]? = nil, undecided: Set<String> = [], copying: Bool = false
  ) -> [Effect] {
    let known = playbook.values(world)
    let all = questions
    let wanted = names.map { $0.map { name in all.first { $0.name == name } ?? Variable(name) } } ?? all
    let fields = wanted.map { variable in
      let value =
        known[variable.name].map(\.shown) ?? variable.defaultValue
        ?? (undecided.contains(variable.name) ? variable.name : "")
      let note =
        undecided.contains(variable.name)
        ? "this word looks like a place for a value; left as it is, it stands for itself"
        : variable.pattern.map { "it must match \($0)" } ?? ""
      let secret = variable.isSecret ? "kept in this session only, never written down" : ""
      if !variable.choices.isEmpty {
        return Form.Field(
          variable.name, variable.prompt, options: variable.choices,
          selected: variable.choices.firstIndex(of: value) ?? 0, note: secret)
      }
      return Form.Field(
        variable.name, variable.prompt, text: variable.isSecret ? "" : value,
        note: [note, secret].filter { !$0.isEmpty }.joined(separator: "; "))
    }
    return open(
      .form(
        Form(
          .variables(copying: copying ? playbook.selectedStep?.number : nil),
          title: "values for \(playbook.document?.title ?? "")", verb: copying ? "use and copy" : "use",
          fields: fields)))
  }

  mutating func submitVariables(_ form: Form, _ copying: String?, at now: Instant) -> [Effect] {
    let variables = questions
    let known = playbook.values(world)
    var changed: [(Variable, String)] = []
    for field in form.fields {
      let variable = variables.first { $0.name == field.id } ?? Variable(field.id)
      let value = field.value.trimmed
      guard !value.isEmpty, known[field.id] != .plain(value) else { continue }
      if let objection = variable.objection(to: value) {
        shell.overlay?.fail(objection)
        return []
      }
      changed.append((variable, value))
    }
    shell.overlay = nil
    var effects: [Effect] = []
    for (variable, value) in changed {
      if variable.isSecret {
        playbook.secrets[variable.name] = Secret(value)
      } else {
        playbook.given[variable.name] = value
      }
      // Who only reads may still fill in a command to copy; the journal does not learn of it.
      guard let run = playbook.open?.run, !world.options.readOnly else { continue }
      let act = SetVariable(
        run: run, name: variable.name, content: variable.isSecret ? .secret : .plain(value),
        variable: variable)
      effects += perform(act, on: run, done: "\(variable.name) is set")
    }
    if copying != nil { effects += copyCommand(at: now) }
    return effects
  }
}

extension PlaybookScreen.Intent {
  var step: String {
    switch self {
    case .tick(let step), .skip(let step, _), .inapplicable(let step): step
    }
  }
}
