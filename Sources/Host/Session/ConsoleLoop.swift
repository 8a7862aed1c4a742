import Console
import Glibc
import Incidents
import Journal
import Playbooks
import Retro
import Systems
import Terminal
import Transfer
import Values
import Watch

/// The console on the main thread: asleep until a key, a signal, a message or a deadline, drawing only
/// when something changed, and waiting for nobody.
package final class ConsoleLoop {
  /// What comes from the other threads.
  package enum Message: Sendable {
    case input(Console.Input)
    /// The journal could not be read; a sentence.
    case trouble(String)
    /// There is news of commands on the board.
    case commands
    /// The desktop's clipboard did not take a text; the terminal's may.
    case copy(String)
  }

  private let mailbox: Mailbox<Message>
  private let driver: TerminalDriver
  private let actor: Actor
  private let journal: Journal
  private let scribe: Scribe
  private let succession: Succession
  private let ledger: LedgerReader
  private let desk: DeskReader
  private let events: EventReader
  private let retro: RetroDesk
  private let unsent: UnsentKeeper
  private let commands: CommandDesk
  private let notifier: DesktopNotifier
  private let clipboard: ClipboardTool?
  private let files: FileDesk
  /// Files that are being written.
  private var writing: Set<Int> = []
  private var console: Console
  private var isLeaving = false
  private var isDirty = true
  private var zone: Int?
  /// What has to wait until the terminal is ours again; nil while it is.
  private var postponed: [Console.Effect]?

  package struct Parts {
    package var mailbox: Mailbox<Message>
    package var driver: TerminalDriver
    package var actor: Actor
    package var journal: Journal
    package var scribe: Scribe
    package var succession: Succession
    package var ledger: LedgerReader
    package var desk: DeskReader
    package var events: EventReader
    package var retro: RetroDesk
    package var commands: CommandDesk
    package var notifier: DesktopNotifier

    package init(
      mailbox: Mailbox<Message>, driver: TerminalDriver, actor: Actor, journal: Journal, scribe: Scribe,
      succession: Succession, ledger: LedgerReader, desk: DeskReader, events: EventReader,
      retro: RetroDesk, commands: CommandDesk,
      notifier: DesktopNotifier = DesktopNotifier(environment: [:])
    ) {
      self.mailbox = mailbox
      self.driver = driver
      self.actor = actor
      self.journal = journal
      self.scribe = scribe
      self.succession = succession
      self.ledger = ledger
      self.desk = desk
      self.events = events
      self.retro = retro
      self.commands = commands
      self.notifier = notifier
    }
  }

  package init(_ parts: Parts, console: Console) {
    mailbox = parts.mailbox
    driver = parts.driver
    actor = parts.actor
    journal = parts.journal
    scribe = parts.scribe
    succession = parts.succession
    ledger = parts.ledger
    desk = parts.desk
    events = parts.events
    retro = parts.retro
    unsent = UnsentKeeper(parts.journal)
    commands = parts.commands
    notifier = parts.notifier
    let mailbox = parts.mailbox
    clipboard = ClipboardTool(environment: Editor.environment) { text, _ in mailbox.post(.copy(text)) }
    files = FileDesk { id, result in
      mailbox.post(.input(.exported(id, result.mapError { ActFailure(Sentence.of($0)) })))
    }
    self.console = console
  }

  /// Until the responder quits or the process is asked to end.
  package func run() {
    for (key, text) in unsent.kept { take(.unsent(key: key, text: text)) }
    while !isLeaving {
      tellZone()
      if isDirty {
        isDirty = false
        driver.draw(console.view(at: Clock.now()))
      }
      sleep()
      for key in driver.readKeys() { handle(key) }
      takeMessages()
      unsent.flush(at: Clock.now())
      if driver.terminationSignal != nil { isLeaving = true }
    }
    finishWriting()
    unsent.stop()
    // What still runs ends with us, and how it ended is written down before we go.
    commands.runner.stop()
    takeMessages()
  }

  /// Waits for files that were asked for, but not for a disk that takes too long: a file is whole or not there.
  private func finishWriting() {
    let end = Clock.steady() + .seconds(3)
    while !writing.isEmpty, Clock.steady() < end {
      _ = mailbox.wait(timeout: end - Clock.steady())
      takeMessages()
    }
  }

  private func takeMessages() {
    for message in mailbox.drain() {
      switch message {
      case .input(let input):
        if case .exported(let id, _) = input { writing.remove(id) }
        take(input)
      case .trouble(let sentence): take(.unread(sentence))
      case .commands: for news in commands.board.take() { take(.command(news)) }
      case .copy(let text): copyByTerminal(text)
      }
    }
  }

  /// In poll(2) on keys, signals and the mailbox, until the console's next deadline at most.
  private func sleep() {
    let now = Clock.now()
    let deadlines = [console.nextDeadline(after: now), unsent.deadline].compactMap { $0 }
    let timeout = deadlines.min().map { max(0, ($0 - now).milliseconds) } ?? 60_000
    var watched = [driver.inputDescriptor, driver.signalDescriptor, mailbox.fileDescriptor].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let ready = poll(&watched, nfds_t(watched.count), Int32(clamping: min(timeout, 60_000)))
    if ready == 0 { take(.tick) }
    // A terminal that hung up is always readable: leave, instead of spinning.
    if watched.first.map({ $0.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 }) == true {
      isLeaving = true
    }
  }

  private func handle(_ key: Key) {
    if case .resize(let size) = key { return take(.resized(size)) }
    take(.key(key))
  }

  private func take(_ input: Console.Input) {
    isDirty = true
    for effect in console.receive(input, at: Clock.now()) { perform(effect) }
  }

  private func perform(_ effect: Console.Effect) {
    let mailbox = mailbox
    switch effect {
    case .runInTerminal, .edit, .suspend:
      // Somebody else has the terminal.
      if postponed != nil { postponed?.append(effect) } else { performWithTerminal(effect) }
    case .perform(let id, let act):
      scribe.performWithZones(act, by: actor, at: Clock.now()) { result in
        mailbox.post(.input(.acted(id, result.mapError { ActFailure(Sentence.of($0)) })))
      }
    case .attach(let id, let act):
      let (scribe, actor) = (scribe, actor)
      commands.complete(act) { act in
        scribe.perform(act, by: actor, at: Clock.now()) { result in
          mailbox.post(.input(.acted(id, result.mapError { ActFailure(Sentence.of($0)) })))
        }
      }
    case .probe(let system, let endpoint): succession.send(.probe(system: system, endpoint: endpoint))
    case .trace(let id, let system, let endpoint):
      succession.send(.trace(id: id, system: system, endpoint: endpoint))
    case .query(let id, let system, let expression, let start, let end, let step):
      succession.send(
        .query(id: id, system: system, expression: expression, start: start, end: end, step: step))
    case .focus(let incident): ledger.focus(incident)
    case .desk(let question): desk.ask(question)
    case .events(let question): events.ask(question)
    case .retro(let id, let errand): retro.run(id, errand)
    case .copy(let text): copy(text)
    case .keepUnsent(let key, let text): unsent.keep(text, under: key, at: Clock.now())
    case .export(let id, let wish): export(id, wish)
    case .save(let id, let name, let text): save(id, name, text)
    case .run(let order): commands.runner.run(order)
    case .cancel(let id): commands.runner.cancel(id)
    case .readOutput(let sha256): ledger.read(output: sha256)
    case .notify(let message): notifier.show(message, on: driver)
    case .bell: driver.bell()
    case .quit: isLeaving = true
    case .redraw: driver.repaint()
    }
  }

  private func performWithTerminal(_ effect: Console.Effect) {
    switch effect {
    case .runInTerminal(let order): runInTerminal(order)
    case .edit(let id, let text): edit(id, text)
    case .suspend:
      driver.stop()
      take(.resized(driver.size))
    default: break
    }
  }

  /// Everything but drawing goes on while the command has the terminal.
  private func runInTerminal(_ order: CommandOrder) {
    postponed = []
    driver.suspend()
    let report = commands.runInTerminal(order, watching: [mailbox.fileDescriptor, driver.signalDescriptor]) {
      takeMessages()
      unsent.flush(at: Clock.now())
      driver.noticeSignals()
      if driver.terminationSignal != nil { isLeaving = true }
      return !isLeaving
    }
    driver.resume()
    take(.resized(driver.size))
    var news = CommandNews(id: order.id, output: CommandOutput(), heard: Clock.now())
    news.report = report
    take(.command(news))
    let waiting = postponed ?? []
    postponed = nil
    for effect in waiting { perform(effect) }
  }

  private func copy(_ text: String) {
    if let clipboard { clipboard.copy(text) } else { copyByTerminal(text) }
  }

  private func copyByTerminal(_ text: String) {
    if let refusal = driver.copyOSC52(text) { take(.notice(refusal)) }
  }

  private func edit(_ id: Int, _ text: String) {
    driver.suspend()
    let result = Editor.edit(text, environment: Editor.environment)
    driver.resume()
    take(.resized(driver.size))
    switch result {
    case .success(let edited): take(.edited(id, edited))
    case .failure(let refusal):
      take(.edited(id, nil))
      take(.notice(refusal.sentence))
    }
  }

  private func export(_ id: Int, _ wish: ExportWish) {
    let (journal, actor) = (journal, actor)
    write(id) { try WishedExport.write(wish, from: journal, by: actor, at: Clock.now()) }
  }

  private func save(_ id: Int, _ name: String, _ text: String) {
    let path = "\(Places.parent(of: journal.path))/\(name)"
    write(id) {
      try Exporter.write(Array(text.utf8), to: path)
      return path
    }
  }

  private func write(_ id: Int, _ make: @escaping @Sendable () throws -> String) {
    writing.insert(id)
    files.run(id, make)
  }

  private func tellZone() {
    let now = Clock.now()
    let current = Clock.zone(at: now)
    guard zone != current.offset else { return }
    zone = current.offset
    take(.zone(offsetSeconds: current.offset, abbreviation: current.name))
  }
}
