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
  /// Tickets as they were when there was nothing more to queue for them.
  private var known: [String: [Int64?]] = [:]

  private static let most = 5000

  /// Nil where the folder tells nobody.
  package init?(_ folder: SystemFolder, in journal: Journal) {
    guard let parcels = TicketParcels(folder) else { return nil }
    self.parcels = parcels
    self.journal = journal
    system = folder.name
  }

  /// Returns how many were queued, and why some were not, as sentences.
  package mutating func queue(write: TicketRound.Write) throws -> (count: Int, refused: [String]) {
    var count = 0
    var refused: [String] = []
    func perform(_ acts: [any Act]) -> Bool {
      guard let results = write(acts) else { return false }
      for result in results {
        switch result {
        case .success(let events): count += events.count { $0.kind == DeliveryQueued.kind }
        case .failure(let error): refused.append(Sentence.of(error))
        }
      }
      return true
    }
    for row in try owing() {
      let mark = [row.integer(.owed), row.integer(.touched), row.integer(.conflicts)]
      guard known[row.key] != mark else { continue }
      let (acts, refusals) = try acts(for: row.key)
      refused += refusals
      guard perform(acts) else { break }
      known[row.key] = mark
    }
    if parcels.makesTickets { _ = perform(try creations()) }
    return (count, refused)
  }

  private func owing() throws -> [IndexRow<Ticket>] {
    let owes = IndexCondition<Ticket.Column>.compare(.owed, .greater, .integer(0))
    return try journal.rows(
      IndexQuery(.and([owes, .equal(.system, system)]), order: [.descending(.owed)], limit: Self.most)
    ).rows
  }

  private func acts(for key: String) throws -> ([any Act], [String]) {
    guard let ticket = try journal.entity(Ticket.self, key: key), ticket.external?.source == parcels.name
    else { return ([], []) }
    var acts: [any Act] = []
    var refused: [String] = []
    for debt in ticket.unsent where ticket.conflicts[debt.what] == nil {
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

  /// Requests that were opened here, and on which nobody has written: that house does not know them.
  private func creations() throws -> [any Act] {
    let ours = IndexCondition<Ticket.Column>.and([
      .equal(.system, system), .isNull(.external), .isOpen(true), .equal(.comments, .integer(1)),
    ])
    let origin = try journal.head().origin
    return try journal.entities(IndexQuery<Ticket>(ours, order: [.descending(.number)], limit: 100))
      .compactMap {
        ticket in
        guard let parcel = try parcels.creation(of: ticket, origin: origin) else { return nil }
        return QueueTicketCreation(parcel, of: ticket.key, in: parcels.name)
      }
  }
}
