import ArgumentParser
import Comms
import Host
import Incidents
import Journal
import Values

struct UpdateDeliveries: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliveries",
    abstract: "List what goes out, and how each ended; what waits for a person first.",
    discussion: """
      With --retry one that failed, or of which nobody knows whether it arrived, is tried again; with --close it is \
      closed, because it was taken there by hand or need not go.
      """)

  @OptionGroup var options: UpdateOptions
  @Flag(help: "Those that arrived or were closed, too.") var all = false
  @Option(help: ArgumentHelp("Try this one again.", valueName: "delivery")) var retry: String?
  @Option(help: ArgumentHelp("Close this one.", valueName: "delivery")) var close: String?
  @Option(help: "Why it is closed.") var reason: String?
  @Option(
    help: ArgumentHelp(
      "With --close: what the destination calls the incident, so that what follows changes that one.",
      valueName: "id"))
  var called: String?

  private struct Document: Encodable {
    struct Row: Encodable {
      let delivery: String
      let state: DeliveryRecord.State
      let system: String
      let to: String
      let kind: String
      let destination: String
      let draft: String?
      let incident: String?
      let queued: Instant?
      let by: String
      let changed: Instant?
      let tries: Int
      let retryAt: Instant?
      let waitsForPerson: Bool
      let receipt: String?
      let reason: String?
      let remoteId: String?
      let knowsItsKey: Bool
      let payloadSha256: String
    }

    var schema = "midwatch.deliveries/1"
    let deliveries: [Row]
  }

  func validate() throws {
    if retry != nil, close != nil { throw ValidationError("A delivery is tried again, or closed.") }
    if called != nil, close == nil { throw ValidationError("--called stands with --close.") }
  }

  func run() throws {
    try Standard.telling {
      let isActing = retry != nil || close != nil
      let journal = try options.state.open(readOnly: !isActing)
      let now = Clock.now()
      if let retry { try journal.perform(RetryDelivery(retry), by: try options.state.actor(), at: now) }
      if let close {
        let act = SettleDelivery(close, reason: reason, remoteID: called)
        try journal.perform(act, by: try options.state.actor(), at: now)
      }
      let named = retry ?? close
      let records = try journal.entities(DeliveryRecord.self)
        .filter { one in
          one.queuedAt != nil && (named.map { $0 == one.key } ?? (all || one.isOpen))
        }
      let rows = (records.filter(\.waitsForPerson) + records.filter { !$0.waitsForPerson }).map(Self.row)
      if options.format == .json { return try Standard.json(Document(deliveries: rows)) }
      guard !rows.isEmpty else {
        return Standard.out(all ? "Nothing was queued." : "Nothing waits to go out.")
      }
      Standard.out(
        Columns.text(
          rows.map { row in
            [
              row.delivery, Self.word(row), row.kind, row.destination, row.changed?.dateClockUTC ?? "",
              row.tries > 0 ? "\(row.tries) \(row.tries == 1 ? "try" : "tries")" : "",
              row.receipt ?? row.reason ?? "",
            ]
          }))
    }
  }

  private static func word(_ row: Document.Row) -> String {
    switch row.state {
    case .queued: "queued"
    case .claimed: "being sent"
    case .sent: "sent"
    case .failed: row.retryAt.map { "failed, again at \($0.clockUTC)" } ?? "failed"
    case .unknown: "outcome unknown"
    case .copied: "closed by hand"
    }
  }

  private static func row(_ record: DeliveryRecord) -> Document.Row {
    Document.Row(
      delivery: record.key, state: record.state, system: record.system, to: record.to, kind: record.kind,
      destination: record.destination, draft: record.draft, incident: record.incident,
      queued: record.queuedAt,
      by: record.queuedBy, changed: record.changedAt, tries: record.tries, retryAt: record.retryAt,
      waitsForPerson: record.waitsForPerson, receipt: record.receipt, reason: record.reason,
      remoteId: record.remoteID, knowsItsKey: record.knowsItsKey, payloadSha256: record.payloadDigest)
  }
}
