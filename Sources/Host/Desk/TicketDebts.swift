import Comms
import Desk
import Incidents
import Journal
import Systems
import Values

/// What people wrote and changed on tickets of other houses, on its way into the outbox. Asked again it queues nothing
/// twice: each act has a delivery of its own name.
package struct TicketDebts {
  private let parcels: TicketParcels
  private let system: String
  private let journal: Journal
  /// Everything up to that event was looked at; nil before the first look.
  private var seen: Int64?
  /// Tickets to look at again: the journal did not take what they owe.
  private var waiting: Set<String> = []
  /// What cannot be told, by ticket.
  private var refused: [String: [String]] = [:]

  /// So many are read at once.
  private static let together = 1000
  /// So many are written at once.
  private static let atOnce = 64

  /// Nil where the folder tells nobody.
  package init?(_ folder: SystemFolder, in journal: Journal) {
    guard let parcels = TicketParcels(folder) else { return nil }
    self.parcels = parcels
    self.journal = journal
    system = folder.name
  }

  /// Why something is not told, as sentences, in the order of the tickets' names.
  package var refusals: [String] { refused.sorted { $0.key < $1.key }.flatMap(\.value) }

  /// Returns how many were queued, and why some were not, as sentences.
  package mutating func queue(write: TicketRound.Write) throws -> (count: Int, refused: [String]) {
    var count = 0
    let head = try journal.head().count
    if let seen {
      waiting.formUnion(try touched(after: seen))
    } else {
      waiting.formUnion(try owing())
    }
    // What happens from here on is looked at the next time.
    seen = head
    for key in waiting.sorted(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) {
      let (acts, problems) = try acts(for: key)
      guard let done = perform(acts, write, &count) else { return (count, refusals) }
      note(problems + done.compactMap(\.self), of: key)
      waiting.remove(key)
    }
    if parcels.makesTickets { try create(write, &count) }
    return (count, refusals)
  }

  private mutating func note(_ problems: [String], of key: String) {
    refused[key] = problems.isEmpty ? nil : problems
  }

  /// Of each act why it was refused; nil when the journal takes nothing.
  private func perform(_ acts: [any Act], _ write: TicketRound.Write, _ count: inout Int) -> [String?]? {
    guard !acts.isEmpty else { return [] }
    guard let results = write(acts) else { return nil }
    var refused: [String?] = []
    for result in results {
      switch result {
      case .success(let events):
        count += events.count { $0.kind == DeliveryQueued.kind }
        refused.append(nil)
      case .failure(let error): refused.append(Sentence.of(error))
      }
    }
    return refused
  }

  // MARK: Tickets

  /// Everything that owes anything. What that house has no call for is owed for ever, so they may be many.
  private func owing() throws -> [String] {
    var keys: [String] = []
    let owes = IndexCondition<Ticket.Column>.compare(.owed, .greater, .integer(0))
    try pages(.and([owes, .equal(.system, system)])) { keys += $0.map(\.key) }
    return keys
  }

  private func touched(after seq: Int64) throws -> Set<String> {
    var keys: Set<String> = []
    var last = seq
    while true {
      let events = try journal.events(after: last, limit: Self.together)
      keys.formUnion(events.compactMap(\.ticket))
      guard let end = events.last, events.count == Self.together else { return keys }
      last = end.seq
    }
  }

  private func pages(
    _ condition: IndexCondition<Ticket.Column>, _ take: ([IndexRow<Ticket>]) throws -> Void
  ) throws {
    var last: Int64 = 0
    while true {
      let more = IndexCondition<Ticket.Column>.compare(.number, .greater, .integer(last))
      let rows = try journal.rows(
        IndexQuery<Ticket>(.and([condition, more]), order: [.ascending(.number)], limit: Self.together)
      ).rows
      try take(rows)
      guard rows.count == Self.together, let number = rows.last?.integer(.number) else { return }
      last = number
    }
  }

  private func acts(for key: String) throws -> ([any Act], [String]) {
    guard let ticket = try journal.entity(Ticket.self, key: key), ticket.system == system,
      ticket.external?.source == parcels.name
    else { return ([], []) }
    var acts: [any Act] = []
    var refused: [String] = []
    for debt in ticket.unsent where ticket.conflicts[debt.what] == nil && parcels.takes(debt) {
      let name = TicketParcels.delivery(of: debt.id, to: system)
      guard try journal.entity(DeliveryRecord.self, key: name) == nil else { continue }
      var comment: (text: String, by: String)?
      if debt.isComment, let event = try journal.event(id: debt.id) {
        comment = event.fact(TicketCommented.self).map { ($0.text, event.actor.handle) }
      }
      do throws(Refusal) {
        if let parcel = try parcels.parcel(of: debt, on: ticket, comment: comment) {
          acts.append(QueueDelivery([parcel]))
        }
      } catch {
        refused.append("\(key): \(error.sentence)")
      }
    }
    return (acts, refused)
  }

  // MARK: Requests that were opened here

  /// That house does not know them: each is made there, and then told what was written on it.
  private mutating func create(_ write: TicketRound.Write, _ count: inout Int) throws {
    let ours = IndexCondition<Ticket.Column>.and([
      .equal(.system, system), .isNull(.external), .isOpen(true),
    ])
    let origin = try journal.head().origin
    var keys: [String] = []
    try pages(ours) { keys += $0.map(\.key) }
    for first in stride(from: 0, to: keys.count, by: Self.atOnce) {
      var acts: [(key: String, act: any Act)] = []
      for key in keys[first..<min(first + Self.atOnce, keys.count)] {
        guard let ticket = try journal.entity(Ticket.self, key: key), ticket.external == nil else { continue }
        let events = try journal.events(matching: EventQuery(ticket: key))
        let debts = Ticket.debts(of: key, events: events, to: parcels.name)
        do throws(Refusal) {
          guard let parcel = try parcels.creation(of: ticket, origin: origin) else { continue }
          acts.append((key, QueueTicketCreation(parcel, of: ticket, in: parcels.name, owing: debts)))
        } catch {
          note(["\(key): \(error.sentence)"], of: key)
        }
      }
      guard let done = perform(acts.map(\.act), write, &count) else { return }
      for (act, problem) in zip(acts, done) { note(problem.map { [$0] } ?? [], of: act.key) }
    }
  }
}
