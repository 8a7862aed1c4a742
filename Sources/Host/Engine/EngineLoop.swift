import Alerting
import Incidents
import Journal
import Metrics
import Systems
import Transfer
import Values
import Watch

/// The engine's thread: feeds the pure engine and performs what it wants.
final class EngineLoop {
  let parts: Engine.Parts
  private let ears: Engine.Ears
  let orders: Mailbox<Engine.Order>
  private let actor = Identity.engine()
  var watch = Watch()
  private var courier: Courier?
  private var queries: QueryRunner?
  /// Of the folders as they were last read, by path.
  var marks: [String: String] = [:]
  /// Folders under watch, by path, and whether they were trusted when they were read.
  var loaded: [String: (folder: SystemFolder, isTrusted: Bool)] = [:]
  /// Readings of secrets under way, by path.
  var readings: [String: SecretReading] = [:]
  var journalVersion: Int?
  var lapses = Lapses()
  var nextLook = Instant(milliseconds: 0)
  private var nextSave = Instant(milliseconds: 0)
  private var savedUntil: [String: Instant] = [:]
  private var isStopping = false
  private(set) var queue = WriteQueue()

  /// How often folders and the journal are looked at, and how often samples are saved.
  static let looking = Span.seconds(1)
  private static let saving = Span.minutes(1)

  init(_ parts: Engine.Parts, ears: Engine.Ears, orders: Mailbox<Engine.Order>) {
    self.parts = parts
    self.ears = ears
    self.orders = orders
  }

  func run() {
    let orders = orders
    courier = Courier(version: parts.version) { system, observation in
      orders.post(.input(.observed(system: system, observation)))
    }
    let answer = ears.answer
    queries = QueryRunner { answer($0) }
    loadAll(at: Clock.now())
    nextSave = Clock.now() + Self.saving
    while !isStopping {
      let now = Clock.now()
      let due = [watch.nextDeadline, nextLook, nextSave].compactMap { $0 }.min() ?? now + Self.looking
      _ = orders.wait(timeout: max(.zero, due - now))
      heed(orders.drain())
      let later = Clock.now()
      perform(watch.receive(.tick, at: later), at: later)
      if nextLook <= later { look(at: later) }
      if nextSave <= later { save(at: later) }
    }
    for reading in readings.values { reading.cancel() }
    courier?.stop()
    queries?.stop()
    // The scribe writes what waits before it ends.
    for act in queue.drain() {
      parts.scribe.perform(act, by: actor, at: Clock.now(), epoch: parts.epoch)
    }
    save(at: Clock.now())
  }

  private func heed(_ waiting: [Engine.Order]) {
    for order in waiting {
      let now = Clock.now()
      switch order {
      case .input(let input): perform(watch.receive(input, at: now), at: now)
      case .secrets(let path, let digest, let found): takeSecrets(found, of: path, digest: digest, at: now)
      case .reload:
        marks = [:]
        nextLook = now
      case .written(let trouble): settle(trouble, at: now)
      case .superseded(let sentence):
        isStopping = true
        _ = queue.drain()
        ears.fell(sentence)
      case .stop: isStopping = true
      }
    }
  }

  func perform(_ effects: [WatchEffect], at now: Instant) {
    for effect in effects {
      switch effect {
      case .poll(let system, let endpoint, let request):
        courier?.poll(endpoint, of: system, with: request, at: now)
      case .record(let transitions): record(transitions, at: now)
      case .recordMaintenance(let act): record(act, at: now)
      case .publish(let snapshot): ears.snapshot(snapshot)
      case .ask(let id, let query): queries?.run(id: id, query)
      case .refuse(let id, let sentence): ears.answer(.init(id: id, chart: nil, refused: sentence))
      }
    }
  }

  // MARK: The journal

  /// Writes `act` once all before it are written; what the journal cannot take is tried again each second.
  func record(_ act: any Act, at now: Instant) {
    queue.add(act)
    writeNext(at: now)
  }

  func writeNext(at now: Instant) {
    guard let act = queue.take() else { return }
    let orders = orders
    parts.scribe.perform(act, by: actor, at: now, epoch: parts.epoch) { result in
      switch result {
      case .failure(let error as JournalError) where error.kind == .superseded:
        orders.post(.superseded(error.sentence))
      case .failure(let error as JournalError): orders.post(.written(trouble: error.sentence))
      // A refusal is an answer: the act is not to be written.
      case .success, .failure: orders.post(.written(trouble: nil))
      }
    }
  }

  private func settle(_ trouble: String?, at now: Instant) {
    if queue.settle(trouble: trouble) { ears.trouble(trouble) }
    if trouble == nil { writeNext(at: now) }
  }

  // MARK: Samples

  private func save(at now: Instant) {
    nextSave = now + Self.saving
    guard let samples = parts.samples else { return }
    for name in watch.systemNames {
      let since = savedUntil[name] ?? Instant(milliseconds: 0)
      guard let saved = watch.saved(name, since: since) else { continue }
      // Losing it costs history, nothing else; so a failure only means to try again in a minute.
      if (try? SavedSamples.save(saved, of: name, to: samples, since: since, at: now)) != nil {
        savedUntil[name] = now
      }
    }
  }
}
