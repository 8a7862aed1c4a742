import Alerting
import Glibc
import Incidents
import Journal
import Metrics
import Systems
import Transfer
import Values
import Watch

/// The engine's thread: feeds the pure engine and performs what it wants.
final class EngineLoop {
  private(set) var parts: Engine.Parts
  let ears: Engine.Ears
  let orders: Mailbox<Engine.Order>
  private let actor = Identity.engine()
  var watch: Watch
  private(set) var courier: Courier?
  private var queries: QueryRunner?
  private var remotes: RemoteCourier?
  /// Sends what was queued; only whoever has the engine lock does.
  private(set) var outbox: DeliveryRunner?
  /// Keeps tickets of other houses and ours alike.
  private(set) var tickets: TicketRunner?
  let deliveryFolders = DeliveryFolders()
  /// Of the folders as they were last read, by path.
  var marks: [String: String] = [:]
  /// Of the files that hold secrets or are bodies, by the path of the folder that takes them from there.
  var outsideMarks: [String: String] = [:]
  /// Folders under watch, by path, and whether they were trusted when they were read.
  var loaded: [String: (folder: SystemFolder, isTrusted: Bool)] = [:]
  /// Readings of secrets under way, by path.
  var readings: [String: SecretReading] = [:]
  var journalVersion: Int?
  /// What is due in incidents, as of ``journalVersion``.
  var alarm = DeadlineAlarm()
  /// As of which deliveries were looked at.
  var deliveriesVersion: Int?
  var lapses = Lapses()
  var stepDeadlines = StepDeadlines()
  var nextLook = Uptime(milliseconds: 0)
  private var nextSave = Uptime(milliseconds: 0)
  let keeper: SampleKeeper?
  private(set) lazy var evidence = EvidenceReader { [orders] system, found in
    orders.post(.input(.evidence(system: system, found)))
  }
  var nextEvidence = Uptime(milliseconds: 0)
  /// Copies series behind incidents; looks when the journal changed, and now and then.
  private(set) var copier: SeriesCopier?
  var seriesVersion: Int?
  var nextSeries = Uptime(milliseconds: 0)
  private var isStopping = false
  private(set) var queue = WriteQueue()
  private var failures = KeptFailures()
  private let results: ResultKeeper?

  /// How often folders and the journal are looked at, and how often samples are saved.
  static let looking = Span.seconds(1)
  private static let saving = Span.minutes(1)
  /// Turns are at least this far apart: where little happens, and where much does.
  private static let pause = (calm: Span.milliseconds(25), busy: Span.milliseconds(100))
  /// So much heard in one turn is much.
  private static let much = 4
  private var isBusy = false
  private var lastTurn = Uptime(milliseconds: 0)

  init(_ parts: Engine.Parts, ears: Engine.Ears, orders: Mailbox<Engine.Order>) {
    self.parts = parts
    watch = Watch(origin: (try? parts.journal.head().origin) ?? "")
    self.ears = ears
    keeper = parts.samples.map(SampleKeeper.init)
    results = parts.samples.map { store in ResultKeeper(store) { orders.post(.remembered($0)) } }
    self.orders = orders
  }

  func run() {
    let orders = orders
    courier = Courier(version: parts.version, pushes: parts.pushes) { system, trace in
      orders.post(.failed(system: system, trace))
    } deliver: { system, observation in
      orders.post(.input(.observed(system: system, observation)))
    }
    remotes = RemoteCourier(version: parts.version) { system, call, answer in
      let jitter = Double.random(in: 0...1)
      orders.post(.input(.answered(system: system, call: call, answer, jitter: jitter)))
    }
    let answer = ears.answer
    queries = QueryRunner { answer($0) }
    copier = SeriesCopier(
      parts.journal, ask: { orders.post(.seriesWanted($0)) }, tell: { orders.post(.seriesCopied($0)) })
    loadAll(at: Clock.now())
    let outward = DeliveryRunner.Parts(
      journal: parts.journal, scribe: parts.scribe, epoch: parts.epoch, version: parts.version,
      folders: deliveryFolders, policy: parts.retries, superseded: { orders.post(.superseded($0)) })
    outbox = DeliveryRunner(outward)
    tickets = TicketRunner(outward)
    tickets?.look()
    nextSave = Clock.steady() + Self.saving
    while !isStopping {
      gather()
      let due = min(watch.nextDeadline ?? nextLook, nextLook, nextSave, nextRing)
      _ = orders.wait(timeout: max(.zero, due - Clock.steady()))
      lastTurn = Clock.steady()
      let waiting = orders.drain()
      isBusy = waiting.count >= Self.much
      heed(waiting)
      turn()
      ring(at: Clock.now())
      let now = Clock.steady()
      if nextLook <= now {
        look(at: Clock.now())
        results?.keep(failures.takeChanged())
      }
      if nextSave <= now { save() }
    }
    for reading in readings.values { reading.cancel() }
    tickets?.stop()
    outbox?.stop()
    courier?.stop()
    remotes?.stop()
    queries?.stop()
    evidence.stop()
    copier?.stop()
    // The scribe writes what waits before it ends.
    for act in queue.drain() {
      parts.scribe.perform(act, by: actor, at: Clock.now(), epoch: parts.epoch)
    }
    save()
    keeper?.stop()
    results?.keep(failures.takeChanged())
    results?.stop()
  }

  /// Waits until the last turn is ``pause`` ago: where hundreds of answers come in a second, many are heard, and many
  /// polls sent, each time the threads are woken. A poll among twenty costs the transfers a fifth less than one among
  /// five.
  private func gather() {
    let early = lastTurn + (isBusy ? Self.pause.busy : Self.pause.calm) - Clock.steady()
    if early > .zero { poll(nil, 0, Int32(clamping: early.milliseconds)) }
  }

  /// Lets the engine do what is due, and measures an evaluation.
  private func turn() {
    let began = Clock.seconds()
    let moment = Clock.moment()
    let effects = watch.receive(.tick, at: moment)
    if case .evaluated(let system, let group) = effects.last {
      _ = watch.receive(
        .took(system: system, group: group, seconds: Clock.seconds() - began), at: moment)
    }
    perform(effects, at: moment.wall)
  }

  /// Tells the engine something, now.
  func tell(_ input: WatchInput) {
    let moment = Clock.moment()
    perform(watch.receive(input, at: moment), at: moment.wall)
  }

  /// Tells the engine what came together, now.
  private func tell(_ inputs: [WatchInput]) {
    guard !inputs.isEmpty else { return }
    let moment = Clock.moment()
    perform(watch.receive(inputs, at: moment), at: moment.wall)
  }

  private func heed(_ waiting: [Engine.Order]) {
    var inputs: [WatchInput] = []
    for order in waiting {
      if case .input(let input) = order {
        if case .observed(let system, let observation) = input { results?.note(observation, of: system) }
        inputs.append(input)
        continue
      }
      if case .failed(let system, let trace) = order {
        failures.keep(trace, of: system)
        continue
      }
      tell(inputs)
      inputs = []
      let now = Clock.now()
      switch order {
      case .input, .failed: break
      case .remembered(let traces): for (system, traces) in traces { failures.restore(traces, of: system) }
      case .traced(let id, let system, let trace):
        let before = failures.failures(of: trace.endpoint, in: system)
        ears.traced(TraceAnswer(id: id, trace: trace, failures: before))
      case .figures(let id): ears.figures(id, Self.measured(watch.figures(at: now)))
      case .secrets(let path, let digest, let found): takeSecrets(found, of: path, digest: digest, at: now)
      case .reload(let sources):
        let known = Set(parts.sources.map(\.path))
        parts.sources += sources.filter { !known.contains($0.path) }
        marks = [:]
        look(at: now)
      case .written(let trouble): settle(trouble, at: now)
      case .seriesWanted(let systems): copySeries(of: systems, at: now)
      case .seriesCopied(let act): record(act, at: now)
      case .superseded(let sentence):
        isStopping = true
        _ = queue.drain()
        ears.fell(sentence)
      case .stop: isStopping = true
      }
    }
    tell(inputs)
  }

  func perform(_ effects: [WatchEffect], at now: Instant) {
    var polls: [Poll] = []
    for effect in effects {
      switch effect {
      case .poll(let poll): polls.append(poll)
      case .trace(let id, let system, let endpoint):
        let orders = orders
        courier?.trace(endpoint, of: system, at: now) {
          orders.post(.traced(id: id, system: system, $0))
        }
      case .refuseTrace(let id, let sentence): ears.traced(TraceAnswer(id: id, refused: sentence))
      case .call(let system, let call): remotes?.send(call, of: system)
      case .endSilence(let key): record(EndSilence(key), at: now)
      case .answer(let id, let chart): ears.answer(.init(id: id, chart: chart, refused: nil))
      case .record(let transitions): record(transitions, at: now)
      case .recordMaintenance(let act): record(act, at: now)
      case .tick(let act): record(act, at: now)
      case .publish(let snapshot): ears.snapshot(snapshot)
      case .notice(let sentence): ears.notice(sentence)
      case .evaluated: break
      case .ask(let id, let query): queries?.run(id: id, query)
      case .refuse(let id, let sentence): ears.answer(.init(id: id, chart: nil, refused: sentence))
      }
    }
    courier?.send(polls, at: now)
  }

  // MARK: The journal

  /// Writes `act` after all before it, or with them; what the journal cannot take is tried again each second.
  func record(_ act: any Act, at now: Instant) {
    queue.add(act)
    writeNext(at: now)
  }

  func writeNext(at now: Instant) {
    let acts = queue.take()
    guard !acts.isEmpty else { return }
    let orders = orders
    parts.scribe.perform(acts, by: actor, at: now, epoch: parts.epoch) { results in
      // A refusal is an answer: the act is not to be written.
      let errors = results.compactMap { result -> JournalError? in
        if case .failure(let error as JournalError) = result { error } else { nil }
      }
      if let superseded = errors.first(where: { $0.kind == .superseded }) {
        orders.post(.superseded(superseded.sentence))
      } else {
        orders.post(.written(trouble: errors.first?.sentence))
      }
    }
  }

  private func settle(_ trouble: String?, at now: Instant) {
    if queue.settle(trouble: trouble) { ears.trouble(trouble) }
    if trouble == nil { writeNext(at: now) }
  }

  // MARK: Samples

  private func save() {
    nextSave = Clock.steady() + Self.saving
    guard let keeper else { return }
    let now = Clock.now()
    for name in watch.systemNames {
      guard let saved = watch.saved(name) else { continue }
      keeper.save(.init(system: name, saved: saved, at: now))
    }
  }

  /// With what the kernel says of this process.
  private static func measured(_ figures: EngineFigures) -> EngineFigures {
    var figures = figures
    figures.resident = Clock.residentBytes
    figures.processor = Clock.processorSeconds
    return figures
  }
}
