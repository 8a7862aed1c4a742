import Desk
import Incidents
import Playbooks
import Retro
import Terminal
import Values
import Watch

@testable import Console

/// Plays a console: presses keys, lets a journal in memory decide its acts, and gives it the answers.
struct Player {
  var console: Console
  var journal: TestJournal
  var now = Fixture.now
  var focus: String?
  /// Everything that was asked for, in order, as short words.
  private(set) var asked: [String] = []
  private(set) var copied: [String] = []
  /// Commands whose start was committed, in order.
  private(set) var orders: [CommandOrder] = []
  /// Files that were written, by name.
  private(set) var saved: [String: String] = [:]
  /// What they have written so far.
  private var written: [String: CommandOutput] = [:]
  /// What journals keep of what commands wrote, by digest.
  var blobs: [String: [UInt8]] = [:]
  /// Acts wait here while this is set.
  var isJournalSlow = false
  private(set) var waiting: [(Int, any Act)] = []
  /// Acts are answered before the ledger tells of them; ``publish()`` catches up.
  var isLedgerSlow = false

  init(
    size: Size = Size(width: 120, height: 40),
    snapshots: [SystemSnapshot] = [Fixture.ensei, Fixture.nova, Fixture.jamble],
    journal: TestJournal? = nil, readOnly: Bool = false, guides: [Guide] = [Fixture.enseiGuide],
    options change: (inout Console.Options) -> Void = { _ in }
  ) throws {
    var options = Console.Options(handle: "ops1", readOnly: readOnly)
    options.graph = .braille
    options.directory = "/srv/runbooks"
    options.process = Fixture.process
    options.folders = ["ensei-packs": Console.FolderPlace(path: Fixture.enseiPath)]
    change(&options)
    console = Console(options: options, folders: [], size: size)
    console.world.guides = guides
    self.journal = try journal ?? Fixture.journal()
    receive(.zone(offsetSeconds: 7200, abbreviation: "CEST"))
    receive(.engine(EngineStatus(role: .engine, epoch: 1, pid: 4711, heard: now)))
    for snapshot in snapshots { receive(.snapshot(snapshot)) }
    publish()
    asked = []
  }

  mutating func receive(_ input: Console.Input) {
    for effect in console.receive(input, at: now) { handle(effect) }
  }

  /// Texts of playbooks by digest, and folders that somebody trusts.
  var texts = ["aa11": Fixture.playbookText]
  var trusted = [Fixture.enseiPath: Fixture.enseiDigest]

  mutating func publish() {
    var ledger = journal.ledger(focus: focus, texts: texts)
    ledger.trusted = trusted
    receive(.ledger(ledger))
    answerDesk()
    answerEvents()
  }

  /// Which of the journal's events the console looks at.
  private var events: EventQuestion?
  /// Every question about events so far.
  private(set) var eventsAsked: [EventQuestion] = []

  private mutating func answerEvents() {
    guard let events else { return }
    var reading = EventReading(events, at: now)
    // Another question ends it.
    while !reading.isDone, self.events == events {
      guard let page = try? reading.step(journal) else { continue }
      receive(.events(page))
    }
  }

  /// Errands of screen 7 wait here while this is set.
  var isRetroSlow = false
  private(set) var errands: [(Int, RetroErrand)] = []
  /// Every one that was asked for.
  private(set) var errandsAsked: [RetroErrand] = []

  /// Answers the oldest errand that waits.
  mutating func answer(_ result: Result<RetroNews, ActFailure>) {
    guard !errands.isEmpty else { return }
    let (number, _) = errands.removeFirst()
    receive(.retro(number, result))
  }

  private mutating func answerRetro(_ number: Int, _ errand: RetroErrand) {
    guard !isRetroSlow else {
      errands.append((number, errand))
      return
    }
    switch errand {
    case .statistics(let period):
      let figures = journal.statistics(from: period.length.map { now - $0 }, until: now)
      receive(.retro(number, .success(.statistics(figures))))
    case .preview(let key):
      receive(.retro(number, .success(.preview(journal.report(of: key, at: now)?.markdown ?? ""))))
    case .compare(let left, let right):
      guard let a = journal.report(of: left, at: now), let b = journal.report(of: right, at: now) else {
        return
      }
      let comparison = IncidentComparison(
        a, runs: journal.runs(of: left), b, runs: journal.runs(of: right))
      receive(.retro(number, .success(.compared(comparison))))
    case .backtest(let wish):
      receive(.retro(number, .failure(ActFailure("\(wish.incident) has no series."))))
    case .verify:
      let sentence = "The chain is unbroken: \(journal.events.count) events, head 9f3a61c2."
      receive(.retro(number, .success(.verified(sentence, isIntact: true))))
    }
  }

  /// What the console wants to know of the tickets.
  private var question: DeskQuestion?

  /// What was answered last, and how many events there were.
  private var answered: (page: DeskPage, events: Int)?

  private mutating func answerDesk() {
    let last = answered.flatMap { $0.events == journal.events.count ? $0.page : nil }
    guard let question, let page = try? journal.page(question, at: now, keeping: last) else { return }
    answered = (page, journal.events.count)
    receive(.desk(page))
  }

  private mutating func handle(_ effect: Console.Effect) {
    switch effect {
    case .perform(let number, let act):
      asked.append("\(Swift.type(of: act))")
      if isJournalSlow { waiting.append((number, act)) } else { commit(number, act) }
    case .attach(let number, let act):
      asked.append("AttachEvidence with its file")
      commit(number, act)
    case .focus(let incident):
      focus = incident
      publish()
    case .probe(let system, let endpoint): asked.append("probe \(system) \(endpoint)")
    case .query(_, _, let expression, _, _, _): asked.append("query \(expression)")
    case .desk(let question):
      self.question = question
      answerDesk()
    case .events(let question):
      events = question
      if let question { eventsAsked.append(question) }
      answerEvents()
    case .retro(let number, let errand):
      errandsAsked.append(errand)
      answerRetro(number, errand)
    case .copy(let text):
      asked.append("copy")
      copied.append(text)
    case .edit: asked.append("edit")
    case .trace(let number, let system, let endpoint): asked.append("trace \(number) \(system) \(endpoint)")
    case .keepUnsent(let key, let text): asked.append(text.isEmpty ? "forget \(key)" : "keep \(key)")
    case .export(let number, let wish):
      let more = [
        wish.template == "midwatch" ? "" : " \(wish.template)", wish.outward == nil ? "" : " external",
      ]
      asked.append("export \(wish.incidents.joined(separator: " ")) \(wish.format)\(more.joined())")
      receive(.exported(number, .success("/tmp/\(wish.file)")))
    case .save(let number, let name, let text):
      asked.append("save \(name)")
      saved[name] = text
      receive(.exported(number, .success("/tmp/\(name)")))
    case .run(let order):
      orders.append(order)
      asked.append("run \(order.plan.text.shown)")
    case .runInTerminal(let order):
      orders.append(order)
      asked.append("run in terminal \(order.plan.text.shown)")
    case .cancel(let command):
      asked.append("cancel \(orders.first { $0.id == command }?.plan.text.shown ?? command)")
    case .readOutput(let sha256):
      asked.append("read \(sha256.prefix(8))")
      receive(.output(sha256, blobs[sha256].map { .success($0) } ?? .failure(ActFailure("It is gone."))))
    case .notify(let message): asked.append("notify \(message.title): \(message.text)")
    case .bell: asked.append("bell")
    case .suspend: asked.append("suspend")
    case .quit: asked.append("quit")
    case .redraw: asked.append("redraw")
    }
  }

  private mutating func commit(_ number: Int, _ act: any Act) {
    do {
      let events = try journal.perform(act, by: "ops1", at: now)
      if !isLedgerSlow { publish() }
      receive(.acted(number, .success(events)))
    } catch {
      receive(.acted(number, .failure(ActFailure("\(error)"))))
    }
  }

  /// Lets the waiting acts be committed.
  mutating func flush() {
    let acts = waiting
    waiting = []
    for (number, act) in acts { commit(number, act) }
  }

  /// Fails the waiting acts.
  mutating func fail(_ sentence: String) {
    let acts = waiting
    waiting = []
    for (number, _) in acts { receive(.acted(number, .failure(ActFailure(sentence)))) }
  }

  /// Presses keys by their names: `a`, `Enter`, `Space`, `Tab`, `Esc`.
  mutating func press(_ names: String...) {
    for name in names { receive(.key(Self.key(name))) }
  }

  mutating func type(_ text: String) {
    for character in text { receive(.key(.character(character))) }
  }

  mutating func wait(_ span: Span) { now = now + span }

  static func key(_ name: String) -> Key {
    switch name {
    case "Enter": .enter
    case "Esc": .escape
    case "Tab": .tab
    case "Space": .character(" ")
    case "Down": .down
    case "Up": .up
    case "Left": .left
    case "Right": .right
    case "PgDn": .pageDown
    case "PgUp": .pageUp
    case "S-Tab": .backtab
    case "^U": .ctrl("u")
    case "^C": .ctrl("c")
    default: .character(name.first ?? " ")
    }
  }

  var frame: Frame { console.view(at: now) }
  var text: String { frame.text }

  mutating func forget() { asked = [] }
}

/// What a runner would tell.
extension Player {
  /// The last command that was started says something and goes on.
  mutating func write(_ text: String, errors: String = "") {
    guard let order = orders.last else { return }
    var news = CommandNews(id: order.id, output: output(of: order), heard: now)
    _ = news.output.receive(Array(text.utf8), isError: false)
    _ = news.output.receive(Array(errors.utf8), isError: true)
    written[order.id] = news.output
    receive(.command(news))
  }

  /// The last command that was started ends.
  mutating func end(
    _ order: CommandOrder? = nil, exit: Int? = 0, signal: String? = nil, cause: CommandFinished.Cause? = nil,
    after took: Span = .milliseconds(3100), tries: Int? = nil, directory: String? = nil,
    kept: [String: String] = [:], file: String? = nil
  ) {
    guard let order = order ?? orders.last else { return }
    var output = output(of: order)
    _ = output.finish()
    var report = CommandReport(id: order.id)
    (report.exit, report.signal, report.cause, report.took) = (exit, signal, cause, took)
    let verdict = exit.map { order.plan.judge($0) }
    report.succeeded = cause == nil && (verdict?.succeeded ?? false)
    report.meaning = verdict?.meaning
    report.lines = output.lines
    report.isTruncated = output.isTruncated || file != nil
    report.file = file
    (report.tries, report.directory, report.kept) = (tries, directory, kept)
    if order.mode != .terminal {
      report.digest = "88c1" + order.id.suffix(4)
      if order.plan.keepsOutput {
        report.output = Array(output.text.utf8)
        report.sha256 = report.digest
        blobs[report.digest ?? ""] = report.output
      }
    }
    var news = CommandNews(id: order.id, output: output, heard: now)
    news.report = report
    receive(.command(news))
  }

  private func output(of order: CommandOrder) -> CommandOutput { written[order.id] ?? CommandOutput() }
}
