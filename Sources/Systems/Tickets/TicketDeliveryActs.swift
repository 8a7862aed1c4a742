import Comms
import Desk
import Incidents
import Values

/// The engine says what came of telling another house, and the ticket what that house has now: in one commit.
package struct FinishTicketDelivery: Act {
  package var finish: FinishDelivery

  package init(_ finish: FinishDelivery) {
    self.finish = finish
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    var decision = try finish.decide(by: actor, at: now, in: record)
    guard let sent = decision.append.lazy.compactMap({ $0.fact as? DeliverySent }).first,
      let delivery = try record.entity(DeliveryRecord.self, finish.delivery),
      let key = delivery.ticket, let ticket = try record.entity(Ticket.self, key),
      let external = ticket.external
    else { return decision }
    if external.id.isEmpty, let id = sent.remoteID {
      let fact = TicketSynced(source: external.source, external: id, remoteDigest: "", conflicts: nil)
      decision.append.append(Entry(fact, at: now, ticket: key))
      return decision
    }
    let debt = ticket.owed.first { $0.id == delivery.sendKey }
    let mark = MarkTicketSent(
      key, debt: delivery.sendKey, what: debt?.what ?? "", value: debt?.value, remoteID: sent.remoteID)
    decision.append += try mark.decide(by: actor, at: now, in: record).append
    return decision
  }
}

/// Begins to make a ticket in another house of one that was opened here: from now on that house is owed what is
/// written on it.
package struct QueueTicketCreation: Act {
  package var parcel: Parcel
  /// As it was looked at: one that is another by now waits for the next look.
  package var ticket: Ticket
  package var source: String
  /// What people wrote and changed before; see ``Ticket/debts(of:events:to:)``.
  package var debts: [TicketDebt]

  package init(_ parcel: Parcel, of ticket: Ticket, in source: String, owing debts: [TicketDebt] = []) {
    self.parcel = parcel
    self.ticket = ticket
    self.source = source
    self.debts = debts
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let key = ticket.key
    guard let known = try record.entity(Ticket.self, key), known.external == nil, known == ticket else {
      return Decision()
    }
    var decision = try QueueDelivery([parcel]).decide(by: actor, at: now, in: record)
    let fact = TicketSynced(
      source: source, external: "", remoteDigest: "", conflicts: nil, owed: debts.isEmpty ? nil : debts)
    decision.append.append(Entry(fact, at: now, ticket: key))
    return decision
  }
}

/// Writes to the customer, and has it taken there by mail: in one commit.
package struct ReplyToTicket: Act {
  package var comment: CommentTicket
  package var parcels: [Parcel]

  package init(_ comment: CommentTicket, parcels: [Parcel]) {
    self.comment = comment
    self.parcels = parcels
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard comment.isPublic || parcels.isEmpty else {
      throw Refusal("An internal comment goes to nobody outside.")
    }
    guard parcels.allSatisfy({ $0.ticket == comment.ticket }) else {
      throw Refusal("What is to go out was made from another ticket; make it again.")
    }
    var decision = try comment.decide(by: actor, at: now, in: record)
    let queued = try QueueDelivery(parcels).decide(by: actor, at: now, in: record)
    decision.append += queued.append
    decision.send += queued.send
    return decision
  }
}
