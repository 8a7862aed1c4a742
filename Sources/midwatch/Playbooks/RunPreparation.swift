import Foundation
import Glibc
import Host
import Incidents
import Journal
import Playbooks
import Systems
import Values

/// What precedes the first question: the run is begun or taken up, what nobody waits for is given up, and values are set.
struct RunPreparation {
  /// All that is needed to go through the run.
  struct Ready {
    var run: Run
    var document: PlaybookDocument
    var options: PlainRun.Options
    var secrets: [String: Secret]
  }

  private let subject: RunSubject
  private let verb: PlaybookRun
  private let journal: Journal
  private let actor: Actor

  init(_ subject: RunSubject, _ verb: PlaybookRun, _ journal: Journal, _ actor: Actor) {
    self.subject = subject
    self.verb = verb
    self.journal = journal
    self.actor = actor
  }

  func make() throws -> Ready {
    var document = subject.document
    try checkStart()
    var run = try subject.existing ?? begin()
    if let incident = verb.incident, run.incident != incident {
      throw Refusal(
        "\(run.key) belongs to \(run.incident ?? "no incident"), not to \(Inert.terminal(incident)).")
    }
    if subject.existing != nil {
      try giveUpLost(run)
      if let edited = subject.edited, verb.move {
        let from = run.snapshot ?? ""
        let act = MoveRun(run, from: document, from, to: edited, sha256: edited.digest)
        try journal.perform(act, by: actor, at: Clock.now())
        document = edited
      }
      try change(run)
    }
    let secrets = subject.secrets(from: verb.options.environment, in: journal)
    try note(secrets, in: run)
    run = try journal.entity(Run.self, key: run.key) ?? run
    return Ready(run: run, document: document, options: options(for: run, document), secrets: secrets)
  }

  /// Before anything is written: the step to begin with is there.
  private func checkStart() throws {
    let document = verb.move ? subject.edited ?? subject.document : subject.document
    let steps = document.steps(under: subject.anchor).map(\.number)
    guard let step = verb.startAt, !steps.contains(step) else { return }
    throw Refusal(
      "\(document.name) has no step \(Inert.terminal(step)) here; it has \(steps.joined(separator: " ")).")
  }

  private func begin() throws -> Run {
    let environment = subject.environmentValues(from: verb.options.environment, in: journal)
    for sentence in environment.refused.sorted(by: { $0.key < $1.key }).map(\.value) {
      Standard.error(sentence)
    }
    let values = try subject.values(
      given: verb.given, incident: verb.incident, environment: environment, in: journal)
    let document = subject.document
    let act = StartRun(
      document, system: subject.system, section: subject.anchor, sha256: document.digest, variables: values,
      environment: subject.environment?.name, incident: verb.incident)
    let events = try journal.perform(act, by: actor, at: Clock.now())
    guard let key = events.compactMap({ $0.fact(RunStarted.self)?.run }).first,
      let run = try journal.entity(Run.self, key: key)
    else { throw Refusal("The run could not be begun.") }
    return run
  }

  /// Commands whose process nobody waits for: their end is unknown, and none is run again by itself.
  private func giveUpLost(_ run: Run) throws {
    for act in CommandWatch.losses(of: [run]) {
      do {
        try journal.perform(act, by: actor, at: Clock.now())
      } catch let refusal as Refusal {
        // Another console has seen it as well.
        Standard.error(refusal.sentence)
      }
    }
  }

  /// Values of `--set` for a run that has begun.
  private func change(_ run: Run) throws {
    _ = try subject.values(given: verb.given, incident: nil, in: journal)
    for (name, value) in verb.given.sorted(by: { $0.key < $1.key }) where run.values[name]?.value != value {
      let act = SetVariable(
        run: run.key, name: name, content: .plain(value), reason: "given with --set",
        variable: subject.declaration(of: name))
      try journal.perform(act, by: actor, at: Clock.now())
    }
  }

  /// The journal learns which secrets there are, and nothing of them.
  private func note(_ secrets: [String: Secret], in run: Run) throws {
    for name in secrets.keys.sorted() where run.values[name]?.isSecret != true {
      let act = SetVariable(
        run: run.key, name: name, content: .secret, reason: "from the environment",
        variable: subject.declaration(of: name))
      try journal.perform(act, by: actor, at: Clock.now())
    }
  }

  private func options(for run: Run, _ document: PlaybookDocument) -> PlainRun.Options {
    let lost = run.executions.filter { if case .unknown? = $0.end { true } else { false } }
    return PlainRun.Options(
      whyNoCommands: whyNoCommands(document), directory: FileManager.default.currentDirectoryPath,
      target: subject.target, variables: subject.variables, startAt: verb.startAt,
      orphans: ProcessTable.orphans(of: Set(lost.map(\.id))),
      hasTerminal: isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1)
  }

  private func whyNoCommands(_ document: PlaybookDocument) -> String? {
    if let environment = subject.environment, environment.state == .reference {
      return
        "\(environment.name) is there for reference, so that its commands are not run: copy what is shown."
    }
    if verb.mayNotExecute { return "No command is run here: copy what is shown, and tick." }
    if subject.edited != nil, document.digest == subject.document.digest {
      return
        "\(document.file) was edited since this run began, so that its commands are not run; --move goes over to it."
    }
    guard !subject.isFile else { return nil }
    guard let book = subject.book else {
      let system = subject.system ?? "it"
      return
        "The folder of \(Inert.terminal(system)) is not here, so that nobody can tell whether it is trusted: "
        + "copy what is shown, and tick."
    }
    return subject.isTrusted(in: journal)
      ? nil
      : "\(book.folder.name) is not trusted as it is now, so that its commands are not run: "
        + "`midwatch trust \(book.source.path)` shows what it wants."
  }
}
