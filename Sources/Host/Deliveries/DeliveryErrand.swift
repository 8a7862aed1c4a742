import Comms
import Incidents
import Journal
import Systems
import Transfer
import Values

/// One try of one delivery, from reading its address to writing down what came of it. Blocks its thread.
struct DeliveryErrand {
  private let record: DeliveryRecord
  private let parts: DeliveryRunner.Parts
  private let carrier: DeliveryCarrier

  private typealias Way = (delivery: Delivery, secrets: [String: Secret], folder: String)

  init(_ record: DeliveryRecord, _ parts: DeliveryRunner.Parts, _ carrier: DeliveryCarrier) {
    self.record = record
    self.parts = parts
    self.carrier = carrier
  }

  /// Whether it was sent.
  func run() -> Bool {
    guard let kind = DeliveryKinds.known(record.kind) else {
      return finish(
        .failed(reason: "This midwatch knows no deliveries of the kind \(Inert.terminal(record.kind))."))
    }
    let way: Way
    switch find() {
    case .failure(let stop): return finish(stop.verdict)
    case .success(let found): way = found
    }
    if kind.replaces, let newer = newer() {
      return finish(
        .failed(
          reason:
            "\(Inert.terminal(newer.draft ?? newer.key)) went there since, and this would put "
            + "it back to what was so "
            + "before; close it."))
    }
    // The claim is on the disk before anything of it leaves.
    guard write(ClaimDelivery(record.key, epoch: parts.epoch)) else { return false }
    let verdict: DeliveryVerdict
    switch payload() {
    case .failure(let stop): verdict = stop.verdict
    case .success(let payload):
      do throws(DeliveryObstacle) {
        let answer = try carrier.carry(
          payload, by: way.delivery, secrets: way.secrets, folder: way.folder, isAnother: record.claims > 0)
        verdict = kind.verdict(on: answer, of: payload)
      } catch {
        verdict = .failed(reason: error.sentence)
      }
    }
    return finish(verdict)
  }

  private struct Stop: Error {
    let verdict: DeliveryVerdict

    init(_ reason: String) { verdict = .failed(reason: reason) }
    init(again reason: String) { verdict = .again(reason: reason, after: nil) }
  }

  /// The way there as the folder says it now: its secrets are read here, and nowhere else.
  private func find() -> Result<Way, Stop> {
    let (system, to) = (Inert.terminal(record.system), Inert.terminal(record.to))
    guard let known = parts.folders.folder(of: record.system) else {
      return .failure(Stop(again: "The engine does not watch \(system), whose folder says where \(to) is."))
    }
    let folder = known.folder
    guard !known.source.isBundled else {
      return .failure(Stop("\(system) is a simulated system: nothing of it goes out."))
    }
    guard TrustCheck.mayRunCommands(of: folder, at: known.source.path, in: parts.journal) else {
      return .failure(
        Stop(
          "\(system) is not trusted as it is now: `midwatch trust "
            + "\(Inert.terminal(known.source.path))` shows why."
        ))
    }
    guard let delivery = folder.outlet(record.to) else {
      return .failure(
        Stop("\(system) has no delivery \(to) any more; take it there by hand, or name it again."))
    }
    guard delivery.kind == record.kind else {
      return .failure(
        Stop(
          "\(to) is of the kind \(delivery.kind) now, and this was made for \(record.kind); "
            + "take it there by hand."
        ))
    }
    guard !delivery.isOff else { return .failure(Stop("\(to) is off: it has no address.")) }
    let used = Set(delivery.secretNames)
    let sources = folder.secrets.filter { used.contains($0.name) }
    var secrets = Dictionary(
      sources.compactMap { source in source.value.map { (source.name, $0) } }, uniquingKeysWith: { $1 })
    let carrier = carrier
    let found = SecretReader(folder: known.source.path) { carrier.isStopped }.read(sources)
    secrets.merge(found.values) { $1 }
    let missing = used.filter { secrets[$0] == nil }.sorted()
    guard missing.isEmpty else {
      let why = found.problems.first.map { ": \($0.what)" } ?? ""
      return .failure(
        Stop(
          again: "\(missing.map(Inert.terminal).joined(separator: " and ")) of \(system) has no value\(why).")
      )
    }
    return .success((delivery, secrets, known.source.path))
  }

  /// What was sent to the same place about the same thing although it was queued later; looked for only where this one
  /// has stopped before, for otherwise nothing passes it.
  private func newer() -> DeliveryRecord? {
    guard record.changedAt != record.queuedAt, let about = record.about,
      let all = try? parts.journal.entities(DeliveryRecord.self),
      let index = all.firstIndex(where: { $0.key == record.key })
    else { return nil }
    return all[(index + 1)...].last { $0.place == record.place && $0.about == about && $0.state == .sent }
  }

  /// As it was shown, and to the byte; only the destination's own name for the incident is put in where an answer since
  /// has told it.
  private func payload() -> Result<DeliveryPayload, Stop> {
    do {
      let item = try parts.journal.outboxItem(destination: record.place, key: record.sendKey)
      guard let item, item.state == .claimed, let payload = DeliveryPayload(stored: item.outgoing.payload)
      else {
        return .failure(Stop("Its text was erased before it went out."))
      }
      guard payload.later != nil, let incident = record.incident,
        let id = try parts.journal.entities(DeliveryRecord.self).remoteID(of: incident, at: record.place)
      else { return .success(payload) }
      guard let known = payload.following(id) else {
        return .failure(
          Stop(
            "\"\(Inert.terminal(id))\" cannot be what \(Inert.terminal(record.to)) calls it; "
              + "tell it there by hand."
          ))
      }
      return .success(known)
    } catch {
      return .failure(Stop(again: "The journal cannot be read: \(Sentence.of(error))"))
    }
  }

  // MARK: The journal

  private func finish(_ verdict: DeliveryVerdict) -> Bool {
    let act = FinishDelivery(record.key, epoch: parts.epoch, verdict, policy: parts.policy)
    let isWritten =
      record.to == TicketSource.outlet ? write(FinishTicketDelivery(act)) : write(act)
    if case .sent = verdict { return isWritten }
    return false
  }

  /// Between two tries of what the journal could not take.
  private static let pause = Span.seconds(1)

  /// Blocks until the journal has taken it or refused it: what is known of a delivery must not be lost for a full disk.
  ///
  /// - Returns: false when it was refused, or can no longer be written.
  private func write(_ act: any Act) -> Bool {
    while true {
      switch Self.perform([act], parts) {
      case .success(let results): return results.allSatisfy { $0 }
      case .failure(let error) where error.kind == .superseded || carrier.isStopped: return false
      case .failure: _ = Mailbox<Never>().wait(timeout: Self.pause)
      }
    }
  }

  /// Several, once. False when the journal could not take them.
  static func write(_ acts: [any Act], _ parts: DeliveryRunner.Parts) -> Bool {
    if case .success = perform(acts, parts) { true } else { false }
  }

  /// Whether each was done rather than refused; or why the journal took none.
  private static func perform(_ acts: [any Act], _ parts: DeliveryRunner.Parts) -> Result<
    [Bool], JournalError
  > {
    let done = Mailbox<[Result<[Event], any Error>]>()
    parts.scribe.perform(acts, by: Identity.engine(), at: Clock.now(), epoch: parts.epoch) { done.post($0) }
    var results: [Result<[Event], any Error>]?
    while results == nil {
      _ = done.wait(timeout: nil)
      results = done.drain().first
    }
    var outcome: [Bool] = []
    for result in results ?? [] {
      switch result {
      case .success: outcome.append(true)
      case .failure(let error as JournalError):
        if error.kind == .superseded { parts.superseded(error.sentence) }
        return .failure(error)
      case .failure: outcome.append(false)
      }
    }
    return .success(outcome)
  }
}
