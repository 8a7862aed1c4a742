import Foundation
import Host
import Incidents
import Journal
import Serving
import Systems
import Transfer
import Values
import Watch

/// One agent from start to end: it polls, evaluates and records while it holds the engine lock, and waits for
/// its turn while another process does.
final class AgentSession {
  /// What it is to do, and how it is asked and told.
  struct Parts {
    var state: StateOptions
    var sources: [SystemSource]
    /// The folders as they are now, for a reload.
    var rescan: () throws -> [SystemSource]
    var output: AgentOutput
    var notifier: ServiceNotifier?
    /// Where pages are served; nil: nowhere.
    var address: SocketAddress?
  }

  private enum Message: Sendable {
    case news(Succession.News)
    case signal(AgentSignals.Wish)
    case asked(AgentListener.Question)
  }

  /// What somebody waits for the engine's figures for.
  private enum Awaited {
    /// A sign of life for systemd.
    case life
    case reload
    case page
  }

  /// How often the journal is looked at for new transitions.
  private static let looking = Span.seconds(1)

  private let parts: Parts
  private var output: AgentOutput { parts.output }
  private let mailbox = Mailbox<Message>()
  private let journal: Journal
  private let scribe: Scribe
  private let succession: Succession
  private var listener: AgentListener?
  private var awaited: [Int: Awaited] = [:]
  private var nextNumber = 0
  private var nextLife: Uptime?
  private var status: EngineStatus?
  private var isReady = false
  private var seen: Int64
  private var version: Int?
  private var isEnding = false
  private var reminders = CountedReminders()

  init(_ parts: Parts) throws {
    self.parts = parts
    let mailbox = mailbox
    AgentSignals.hear { mailbox.post(.signal($0)) }
    journal = try parts.state.open()
    if let notice = journal.notice { parts.output.state("notice", notice, at: Clock.now()) }
    seen = try journal.head().count
    scribe = Scribe(journal)
    succession = Succession(
      journal: journal, scribe: scribe, sources: parts.sources, version: Version.text, mayPoll: true,
      isScreen: false
    ) { mailbox.post(.news($0)) }
    if parts.notifier?.watchdog != nil { nextLife = Clock.steady() }
  }

  /// Returns when `length` is over, or a signal asked for it.
  func run(for length: Span?) throws {
    defer { end() }
    try listen()
    let end = length.map { Clock.steady() + $0 }
    while !isEnding {
      let now = Clock.steady()
      let left = end.map { $0 - now } ?? Self.looking
      guard left > .zero else { return }
      let life = nextLife.map { max(.zero, $0 - now) } ?? Self.looking
      _ = mailbox.wait(timeout: min(Self.looking, left, life))
      for message in mailbox.drain() { heed(message) }
      giveSignOfLife()
      if let line = reminders.line(at: Clock.steady()) { output.line(line) }
      let found = try? journal.dataVersion()
      guard found == nil || found != version else { continue }
      version = found
      tellTransitions()
    }
  }

  private func listen() throws {
    guard let address = parts.address else { return }
    let mailbox = mailbox
    do {
      let listener = try AgentListener(at: address, pushes: succession.pushes) { mailbox.post(.asked($0)) }
      self.listener = listener
      let reach = address.isLoopback ? "" : ", where everybody who reaches this machine can read and push"
      output.state("listening", "listening on http://\(listener.address)\(reach)", at: Clock.now())
    } catch let failure as SocketFailure {
      throw Refusal("\(failure.description.prefix(1).uppercased())\(failure.description.dropFirst()).")
    }
  }

  private func end() {
    parts.notifier?.stopping()
    listener?.stop()
    succession.stop()
    scribe.stop()
    journal.checkpoint()
    // What was written on the way out belongs to what it did.
    tellTransitions()
    if let line = reminders.line(at: nil) { output.line(line) }
    output.state("stopped", "stopped", at: Clock.now())
  }

  private func heed(_ message: Message) {
    switch message {
    case .signal(.end): isEnding = true
    case .signal(.reload): reload()
    case .asked(let question): listener?.ask(question, as: askFigures(for: .page))
    case .news(.status(let status)): take(status)
    case .news(.notice(let sentence)): output.state("notice", sentence, at: Clock.now())
    case .news(.figures(let number, let figures)): take(figures, of: number)
    case .news(.snapshot), .news(.answer), .news(.traced): break
    }
  }

  // MARK: Figures

  private func askFigures(for what: Awaited) -> Int {
    nextNumber += 1
    awaited[nextNumber] = what
    succession.askFigures(nextNumber)
    return nextNumber
  }

  private func take(_ figures: EngineFigures?, of number: Int) {
    switch awaited.removeValue(forKey: number) {
    case .life: parts.notifier?.alive()
    case .reload:
      parts.notifier?.ready(sentence)
      output.state("notice", "reloaded", at: Clock.now())
    case .page: listener?.answer(number, figures, status ?? EngineStatus(role: .none), surroundings)
    case nil: break
    }
  }

  /// The engine itself has to answer for it: one that hangs is for systemd to end.
  private func giveSignOfLife() {
    guard let every = parts.notifier?.watchdog, let due = nextLife, due <= Clock.steady() else { return }
    nextLife = Clock.steady() + every
    _ = askFigures(for: .life)
  }

  private func surroundings() -> AgentMetrics.Surroundings {
    var surroundings = AgentMetrics.Surroundings()
    surroundings.version = Version.text
    surroundings.isEngine = status?.role == .engine
    surroundings.epoch = status?.epoch ?? 0
    surroundings.events = try? journal.head().count
    surroundings.outbox = (try? journal.outboxCounts()) ?? []
    surroundings.process = .now()
    surroundings.pushes = succession.pushes.counts
    return surroundings
  }

  // MARK: Reloading

  private func reload() {
    parts.notifier?.reloading()
    output.state("reloading", "reloading folders and secrets", at: Clock.now())
    do {
      succession.reload(try parts.rescan())
    } catch {
      output.state("notice", Sentence.of(error), at: Clock.now())
      succession.reload()
    }
    _ = askFigures(for: .reload)
  }

  // MARK: What it tells

  private func tellTransitions() {
    let events = (try? journal.events(after: seen)) ?? []
    if output.format == .table { reminders.take(events) }
    for event in events {
      seen = event.seq
      switch output.format {
      case .table: if let line = TransitionLine.text(event) { output.line(line) }
      case .json: if let document = TransitionLine.Document(event) { output.print(document) }
      }
    }
  }

  /// Says who polls, when that changed.
  private func take(_ status: EngineStatus) {
    let said = self.status
    self.status = status
    let now = Clock.now()
    if said?.role != status.role || said?.epoch != status.epoch || said?.pid != status.pid {
      let word = status.role == .engine ? "polling" : "waiting"
      output.state(word, sentence, epoch: status.role == .none ? nil : status.epoch, pid: status.pid, at: now)
      if status.role != .none, !isReady {
        isReady = true
        parts.notifier?.ready(sentence)
      } else {
        parts.notifier?.status(sentence)
      }
    }
    if let trouble = status.trouble, trouble != said?.trouble {
      output.state("trouble", trouble, at: now)
      parts.notifier?.status(trouble)
    }
    if status.trouble == nil, said?.trouble != nil {
      output.state("notice", "the journal takes what is recorded again", at: now)
      parts.notifier?.status(sentence)
    }
  }

  /// What it does.
  private var sentence: String {
    let systems = "\(parts.sources.count) \(parts.sources.count == 1 ? "system" : "systems")"
    switch status?.role {
    case .engine: return "polling \(systems) as epoch \(status?.epoch ?? 0)"
    case .viewer:
      let holder = status?.pid.map { "process \($0)" } ?? "another process"
      return "\(holder) holds the engine lock; waiting to take over"
    case .none?, nil: return "nobody polls yet"
    }
  }
}
