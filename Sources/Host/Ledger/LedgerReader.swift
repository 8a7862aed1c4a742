import Comms
import Console
import Incidents
import Journal
import Playbooks
import Synchronization
import Transfer
import Values

/// Reads what a console shows of the journal, on a thread of its own, whenever somebody wrote to it.
package final class LedgerReader: Sendable {
  private enum Message: Sendable {
    case focus(String?)
    case output(String)
    case stop
  }

  private let messages = Mailbox<Message>()
  private let worker: Worker?

  /// How often the journal is looked at for other processes' commits: one pragma.
  private static let interval = Span.milliseconds(200)

  /// `tell` and `answer` run on the reader's thread.
  package init(
    _ journal: Journal, tell: @escaping @Sendable (Result<Ledger, any Error>) -> Void,
    answer: @escaping @Sendable (_ sha256: String, Result<[UInt8], any Error>) -> Void = { _, _ in }
  ) {
    let messages = messages
    worker = Worker(name: "ledger") {
      var focus: String?
      var seen: Int?
      var texts: [String: String] = [:]
      var unended: Set<String>?
      while true {
        var mustRead = false
        for message in messages.drain() {
          switch message {
          case .focus(let incident):
            mustRead = mustRead || focus != incident
            focus = incident
          case .output(let sha256): answer(sha256, Result { try Self.output(sha256, in: journal) })
          case .stop: return
          }
        }
        do {
          let version = try journal.dataVersion()
          if mustRead || version != seen {
            seen = version
            tell(.success(try Self.read(journal, focus: focus, texts: &texts, unended: &unended)))
          }
        } catch {
          tell(.failure(error))
        }
        _ = messages.wait(timeout: Self.interval)
      }
    }
  }

  /// Whose timeline is wanted.
  package func focus(_ incident: String?) { messages.post(.focus(incident)) }

  /// What a command wrote is wanted.
  package func read(output sha256: String) { messages.post(.output(sha256)) }

  package func stop() {
    messages.post(.stop)
    worker?.join()
  }

  /// Finished runs of which a command has not ended, as far as the journal knows: whoever had started it may be gone
  /// without a word, and then somebody has to say so.
  ///
  /// - Parameter known: runs that had such commands when they were read last; nil at first, when all that were finished
  ///   lately are looked at.
  private static func unended(_ known: Set<String>?, besides open: [Run], in journal: Journal) throws -> [Run]
  {
    let candidates: [Run]
    if let known {
      let keys = known.subtracting(open.map(\.key)).sorted()
      candidates = try keys.compactMap { try journal.entity(Run.self, key: $0) }
    } else {
      candidates = try journal.entities(Run.self, open: false, limit: recent)
    }
    return candidates.filter { !$0.isOpen && !$0.openExecutions.isEmpty }
  }

  private static func output(_ sha256: String, in journal: Journal) throws -> [UInt8] {
    guard let bytes = try journal.blob(sha256: sha256) else {
      throw Refusal("The journal does not have this output any more.")
    }
    return bytes
  }

  /// How many resolved incidents, sent updates and closed deliveries a console holds besides what is open.
  private static let recent = 200

  /// Everything once, with the timeline of one incident.
  package static func ledger(of journal: Journal, focus: String) throws -> Ledger {
    var texts: [String: String] = [:]
    var unended: Set<String>?
    return try read(journal, focus: focus, texts: &texts, unended: &unended)
  }

  private static func read(
    _ journal: Journal, focus: String?, texts: inout [String: String], unended: inout Set<String>?
  ) throws -> Ledger {
    var ledger = Ledger()
    let head = try journal.head()
    ledger.head = Ledger.Head(name: head.name, origin: head.origin, count: head.count, hash: head.hash)
    let open = try journal.entities(Incident.self, open: true)
    let closed = try journal.entities(Incident.self, open: false, limit: recent)
    let known = Set((open + closed).map(\.key))
    let unfinished = try DeadlineReading.unfinished(in: journal).filter { !known.contains($0.key) }
    ledger.incidents = open + closed.reversed() + unfinished.reversed()
    let focused = try focus.flatMap { key in
      try ledger.incident(key) ?? journal.entity(Incident.self, key: key)
    }
    let alerts =
      try journal.entities(Alert.self, open: true)
      + journal.entities(Alert.self, open: false, limit: Self.recent)
    ledger.alerts = Dictionary(alerts.map { ($0.key, $0) }) { first, _ in first }
    ledger.silences = try journal.entities(Silence.self, open: true)
    let runs = try journal.entities(Run.self, open: true)
    let bound = open.flatMap(\.runs) + (focused?.runs ?? [])
    let ended = try Self.unended(unended, besides: runs, in: journal)
    let missing = Set(bound).subtracting((runs + ended).map(\.key))
    ledger.runs = runs + ended + (try missing.sorted().compactMap { try journal.entity(Run.self, key: $0) })
    unended = Set(ledger.runs.filter { !$0.openExecutions.isEmpty }.map(\.key))
    let past = try journal.entities(Draft.self, open: false, limit: recent).filter { $0.sent != nil }
    ledger.drafts = try journal.entities(Draft.self, open: true) + past
    ledger.deliveries =
      try journal.entities(DeliveryRecord.self, open: true)
      + journal.entities(DeliveryRecord.self, open: false, limit: recent)
    for digest in Set(ledger.runs.compactMap(\.snapshot)) where texts[digest] == nil {
      texts[digest] = try journal.blob(sha256: digest).map { String(decoding: $0, as: UTF8.self) }
    }
    ledger.snapshots = texts
    ledger.trusted = try TrustCheck.trusted(in: journal)
    ledger.actions =
      try
      (journal.entities(ActionItem.self, open: true)
      + journal.entities(ActionItem.self, open: false, limit: recent)).sorted(by: ActionItem.comesFirst)
    if let focused {
      // One that is older than those that are held is looked at, too.
      if ledger.incident(focused.key) == nil, focused.declared != nil { ledger.incidents.append(focused) }
      ledger.written = try journal.entity(WrittenRetro.self, key: focused.key)
      ledger.timeline = try TimelineQuery.events(of: focused, in: journal)
      ledger.timelineOf = focused.key
    }
    return ledger
  }
}
