import Comms
import Desk
import Incidents
import Values

/// What another house says of a ticket, and what that means for what lies in the outbox for it.
package struct SyncTicket: Act {
  package var take: TakeTicket
  /// Whose source it is.
  package var system: String

  /// A comment of which nobody knows whether it arrived is looked for in what was read so long after.
  package static let patience = Span.seconds(20)

  package init(_ take: TakeTicket, of system: String) {
    self.take = take
    self.system = system
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard let key = try record.keys(take.external.query()).first,
      let ticket = try record.entity(Ticket.self, key)
    else {
      if let adoption = try adoption(by: actor, at: now, in: record) { return adoption }
      return try take.decide(by: actor, at: now, in: record)
    }
    var deliveries: [String: DeliveryRecord] = [:]
    for debt in ticket.owed {
      let name = TicketParcels.delivery(of: debt.id, to: system)
      deliveries[debt.id] = try record.entity(DeliveryRecord.self, name)
    }
    var take = take
    take.isUnderway = deliveries.values.contains { $0.state == .claimed }
    var decision = try take.decide(by: actor, at: now, in: record)
    let synced = decision.append.compactMap { $0.fact as? TicketSynced }.last
    let named = Set((synced?.comments ?? [:]).values)
    let replaced = Set(decision.append.compactMap { $0.fact as? TicketChanged }.flatMap(\.fieldNames))
    for debt in ticket.owed {
      guard let delivery = deliveries[debt.id], delivery.isOpen, delivery.state != .claimed else { continue }
      if named.contains(debt.id) {
        try settle(delivery, "\(take.source) has it", &decision, actor, now, record)
      } else if actor.isEngine, replaced.contains(debt.what) {
        try settle(delivery, "\(take.source) says something newer", &decision, actor, now, record)
      } else if let theirs = synced?.conflicts?[debt.what] {
        let why = "\(debt.what) is \(Inert.terminal(theirs)) in \(take.source) now; somebody chooses"
        try settle(delivery, why, &decision, actor, now, record)
      } else if isMissing(debt, delivery) {
        let again = try RetryDelivery(delivery.key).decide(by: actor, at: now, in: record)
        decision.append += again.append
        decision.moves += again.moves
      }
    }
    return decision
  }

  /// Nobody knew whether it arrived, and that house, which lists what is written, does not have it.
  private func isMissing(_ debt: TicketDebt, _ delivery: DeliveryRecord) -> Bool {
    guard debt.isComment, delivery.state == .unknown, !take.incoming.comments.isEmpty,
      let since = delivery.changedAt, let read = take.readAt
    else { return false }
    return read - since >= Self.patience
  }

  private func settle(
    _ delivery: DeliveryRecord, _ reason: String, _ decision: inout Decision, _ actor: Actor, _ now: Instant,
    _ record: some Record
  ) throws {
    let settled = try SettleDelivery(delivery.key, reason: reason).decide(by: actor, at: now, in: record)
    decision.append += settled.append
    decision.moves += settled.moves
  }

  /// One of ours that was made there, before that house said what it calls it.
  private func adoption(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision? {
    let nameless = TicketOpened.External(source: take.source, id: "")
    let query = IndexQuery<Ticket>(
      .equal(.external, nameless.text), order: [.ascending(.number)], limit: 200)
    for key in try record.keys(query) {
      guard let ticket = try record.entity(Ticket.self, key), ticket.isSameRequest(as: take.incoming) else {
        continue
      }
      let fact = TicketSynced(
        source: take.source, external: take.incoming.id, remoteDigest: "", conflicts: nil)
      return Decision(append: [Entry(fact, at: now, ticket: key)])
    }
    return nil
  }
}
