import Comms
import Desk
import Incidents
import Journal
import Systems
import Transfer
import Values
import Watch

/// Tells which clocks of tickets run out, once each: the journal remembers what was told, so that neither a takeover nor
/// a death in the middle loses or doubles any.
struct TicketReminders {
  /// A ticket of which nobody may be told now, as it was then.
  private struct Waiting {
    let row: IndexRow<Ticket>
    let until: Instant?
  }

  /// Does acts in one commit; nil when the journal could not take them.
  typealias Write = ([any Act]) -> [Result<[Event], any Error>]?

  private let parts: DeliveryRunner.Parts
  private let origin: String
  private var waiting: [String: Waiting] = [:]
  private var zones: [String: Zone?] = [:]
  /// When to look next.
  private(set) var due = Clock.steady()

  /// At the latest.
  private static let interval = Span.minutes(1)
  /// At the earliest, however often somebody writes.
  private static let pause = Span.seconds(1)
  /// Tickets a commit: everybody else waits for one of these.
  private static let together = 200
  /// Tickets a round.
  private static let most = 10_000

  init(_ parts: DeliveryRunner.Parts) {
    self.parts = parts
    origin = (try? parts.journal.head().origin) ?? ""
  }

  /// Something may have been written.
  mutating func hasten() { due = min(due, Clock.steady() + Self.pause) }

  mutating func look(write: Write) {
    due = Clock.steady() + Self.interval
    let now = Clock.now()
    guard let (reminders, upcoming) = try? find(at: now) else { return }
    if let upcoming { due = min(due, Clock.steady() + max(Self.pause, upcoming - now)) }
    guard !reminders.isEmpty else { return }
    let bySystem = Dictionary(grouping: reminders) { $0.first?.system ?? "" }
    for (system, reminders) in bySystem.sorted(by: { $0.key < $1.key }) {
      guard tell(reminders, of: system, at: now, write) else { return }
    }
  }

  // MARK: What is due

  /// What is to be told, by ticket, what is due first in front; and when more will be.
  private mutating func find(at now: Instant) throws -> ([[TicketReminder]], upcoming: Instant?) {
    func query(_ comparison: IndexComparison, _ limit: Int) -> IndexQuery<Ticket> {
      IndexQuery(
        .and([.isOpen(true), .compare(.remind, comparison, .integer(now.milliseconds))]),
        order: [.ascending(.remind)], limit: limit, columns: [.remind, .severity])
    }
    let rows = try parts.journal.rows(query(.lessOrEqual, .max)).rows
    let keys = Set(rows.map(\.key))
    waiting = waiting.filter { keys.contains($0.key) }
    let asked = rows.filter { row in
      guard let known = waiting[row.key], known.row == row else { return true }
      return known.until.map { $0 <= now } ?? false
    }
    var found: [[TicketReminder]] = []
    for row in asked.prefix(Self.most) {
      guard let ticket = try parts.journal.entity(Ticket.self, key: row.key) else { continue }
      let (reminders, later) = ticket.reminders(at: now, zones: zones(of: ticket.plan))
      if reminders.isEmpty {
        waiting[row.key] = Waiting(row: row, until: later)
      } else {
        waiting[row.key] = nil
        found.append(reminders)
      }
    }
    let next = try parts.journal.rows(query(.greater, 1)).rows.first?.integer(.remind)
    let opening = waiting.values.compactMap(\.until).min()
    return (found, [next.map { Instant(milliseconds: $0) }, opening].compactMap { $0 }.min())
  }

  private mutating func zones(of plan: ClockPlan?) -> [String: Zone] {
    var found: [String: Zone] = [:]
    for name in plan?.zones ?? [] {
      if zones[name] == nil { zones[name] = .some(ZoneReader.zone(name)) }
      found[name] = zones[name] ?? nil
    }
    return found
  }

  // MARK: Telling

  /// False when the journal could not take it.
  private func tell(
    _ groups: [[TicketReminder]], of system: String, at now: Instant, _ write: Write
  ) -> Bool {
    let parcels = parcels(of: groups.flatMap { $0 }, of: system, at: now)
    let counted = groups.count > ReminderPlan.mostApart ? Set(groups.compactMap { $0.first?.ticket }) : []
    for start in stride(from: 0, to: groups.count, by: Self.together) {
      let some = groups[start..<min(start + Self.together, groups.count)].flatMap { $0 }
      let act = RemindTickets(
        reminders: some, parcels: parcels, areCounted: counted,
        zones: zones.compactMapValues { $0 })
      if write([act]) == nil { return false }
    }
    return true
  }

  /// Nothing where the folder is not under watch, not trusted or simulated, and where no delivery has `on`.
  private func parcels(
    of reminders: [TicketReminder], of system: String, at now: Instant
  ) -> [(parcel: Parcel, tickets: Set<String>)] {
    guard let known = parts.folders.folder(of: system), !known.source.isBundled,
      TrustCheck.mayRunCommands(of: known.folder, at: known.source.path, in: parts.journal)
    else { return [] }
    let plan = ReminderPlan(system: system, pagers: known.folder.pagers, origin: origin)
    return plan.pages(of: reminders, at: now).compactMap { page in
      // What a destination does not take at all, such as too long a subject, is still in the record.
      (try? known.folder.parcel(of: page.message, to: page.to)).map { ($0, page.tickets) }
    }
  }
}
