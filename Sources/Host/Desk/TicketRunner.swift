import Desk
import Incidents
import Journal
import Systems
import Transfer
import Values
import Watch

/// Keeps tickets and those of other houses alike, for the one process that holds the engine lock: reads each house as
/// often as its folder says, and queues what people wrote here. A house that hangs holds up itself alone. Tells which
/// clocks run out.
final class TicketRunner: Sendable {
  fileprivate enum Message: Sendable {
    case look
    case finished(system: String, TicketRound.Report)
    case stop
  }

  private let messages = Mailbox<Message>()
  private let worker: Worker?

  init(_ parts: DeliveryRunner.Parts) {
    let messages = messages
    worker = Worker(name: "tickets") { TicketLoop(parts, messages).run() }
  }

  deinit { stop() }

  /// Something may have been written, or a folder is another.
  func look() { messages.post(.look) }

  /// Ends what is under way, and waits for it.
  func stop() {
    messages.post(.stop)
    worker?.join()
  }
}

/// The runner's thread.
private final class TicketLoop {
  private struct House {
    let digest: String
    let folder: SystemFolder
    let path: String
    let isTrusted: Bool
    var due: Uptime
    var failures = 0
    var debts: TicketDebts?
    /// What the last whole round could not take in; nil before the first, when nobody knows whether what was told
    /// before is over.
    var refused: [String]?
    /// What was told; nil before the first time.
    var told: [String]?

    var problems: [String] { (refused ?? []) + (debts?.refusals ?? []) }
  }

  private let parts: DeliveryRunner.Parts
  private let messages: Mailbox<TicketRunner.Message>
  private let carrier: DeliveryCarrier
  private var houses: [String: House] = [:]
  private var rounds: [String: Worker] = [:]
  private var reminders: TicketReminders
  private var isStopping = false

  /// Between two rounds that fail, at most; a folder that asks less often is asked as it says.
  private static let longest = Span.minutes(10)

  init(_ parts: DeliveryRunner.Parts, _ messages: Mailbox<TicketRunner.Message>) {
    self.parts = parts
    self.messages = messages
    carrier = DeliveryCarrier(version: parts.version)
    reminders = TicketReminders(parts)
  }

  func run() {
    while !isStopping {
      let now = Clock.steady()
      let free = houses.filter { rounds[$0.key] == nil && $0.value.isTrusted }
      for (system, house) in free where house.due <= now { begin(house, system) }
      if reminders.due <= now { reminders.look(write: Self.write(parts)) }
      let next = free.keys.compactMap { rounds[$0] == nil ? houses[$0]?.due : nil } + [reminders.due]
      _ = messages.wait(timeout: next.min().map { max(.zero, $0 - Clock.steady()) })
      for message in messages.drain() {
        switch message {
        case .look:
          look()
          reminders.hasten()
        case .finished(let system, let report): finish(system, report)
        case .stop: isStopping = true
        }
      }
    }
    carrier.stop()
    for round in rounds.values { round.join() }
  }

  private func look() {
    for known in parts.folders.all {
      let folder = known.folder
      guard folder.tickets?.source != nil, !known.source.isBundled else {
        houses.removeValue(forKey: folder.name)
        continue
      }
      let isTrusted = TrustCheck.mayRunCommands(of: folder, at: known.source.path, in: parts.journal)
      let old = houses[folder.name]
      if old?.digest != folder.digest || old?.isTrusted != isTrusted {
        houses[folder.name] = House(
          digest: folder.digest, folder: folder, path: known.source.path, isTrusted: isTrusted,
          due: Clock.steady(),
          debts: TicketDebts(folder, in: parts.journal))
      }
      guard isTrusted else { continue }
      // What cannot be read now is looked at again with the next event.
      _ = try? houses[folder.name]?.debts?.queue(write: Self.write(parts))
      if let house = houses[folder.name], house.told != house.problems { tell(house, folder) }
    }
  }

  /// What could not be taken in, or told: once, again when it is another, and when it is over.
  private func tell(_ house: House, _ folder: SystemFolder) {
    guard let source = folder.tickets?.source, house.refused != nil else { return }
    let act = TellTicketTrouble(house.problems, of: folder.name, from: source.shown)
    guard Self.write(parts)([act]) != nil else { return }
    houses[folder.name]?.told = house.problems
  }

  private func begin(_ house: House, _ system: String) {
    let (parts, carrier, messages) = (parts, carrier, messages)
    let (folder, path) = (house.folder, house.path)
    houses[system]?.due = Clock.steady() + (folder.tickets?.source?.every ?? Self.longest)
    guard let round = TicketRound(folder, at: path) else { return }
    let write = Self.write(parts)
    rounds[system] = Worker(name: "tickets") {
      messages.post(.finished(system: system, round.run(by: carrier, write: write)))
    }
  }

  private func finish(_ system: String, _ report: TicketRound.Report) {
    rounds.removeValue(forKey: system)?.join()
    guard let house = houses[system], let source = house.folder.tickets?.source, !isStopping else { return }
    if report.failure == nil {
      houses[system]?.failures = 0
      houses[system]?.refused = report.problems
      houses[system]?.due = Clock.steady() + source.every
    } else {
      let doublings = Int64(1) << Int64(min(house.failures, 12))
      houses[system]?.failures += 1
      houses[system]?.due =
        Clock.steady() + max(source.every, min(.seconds(2) * doublings, Self.longest))
    }
    // Said once: the record leaves out what it knows already.
    let remote = RemoteChanged(
      system: system, remote: "tickets", server: source.shown,
      state: report.failure == nil ? RemoteChanged.reachable : RemoteChanged.failing,
      reason: report.failure.map { "The house of \(system)'s tickets cannot be read: \($0)." })
    _ = Self.write(parts)([RecordTransitions(remotes: [remote], at: Clock.now())])
    if let house = houses[system], house.told != house.problems { tell(house, house.folder) }
  }

  private static func write(_ parts: DeliveryRunner.Parts) -> TicketRound.Write {
    { acts in
      guard !acts.isEmpty else { return [] }
      let done = Mailbox<[Result<[Event], any Error>]>()
      parts.scribe.perform(acts, by: Identity.engine(), at: Clock.now(), epoch: parts.epoch) { done.post($0) }
      while true {
        _ = done.wait(timeout: nil)
        guard let results = done.drain().first else { continue }
        let errors = results.compactMap { result -> JournalError? in
          if case .failure(let error as JournalError) = result { error } else { nil }
        }
        if let superseded = errors.first(where: { $0.kind == .superseded }) {
          parts.superseded(superseded.sentence)
        }
        return errors.isEmpty ? results : nil
      }
    }
  }
}
