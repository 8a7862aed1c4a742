import Desk
import Incidents
import Values

/// A support request that an incident explains, with what was written on it.
package struct AffectedTicket: Equatable, Sendable {
  package let ticket: Ticket
  /// The request itself, then every comment, oldest first.
  package let conversation: [RetroMessage]

  /// - Parameter events: all of the ticket's, in any order.
  package init(_ key: String, events: [Event]) {
    let events = events.sorted { $0.seq < $1.seq }
    var ticket = Ticket(key: key)
    for event in events { ticket.apply(event) }
    self.ticket = ticket
    let retracted = Set(events.compactMap { $0.fact(EventRetracted.self)?.target })
    conversation = events.filter { !retracted.contains($0.id) }
      .sorted { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) }.compactMap(Self.message)
  }

  private static func message(_ event: Event) -> RetroMessage? {
    if let fact = event.fact(TicketOpened.self) {
      return RetroMessage(at: event.occurred, who: fact.requester, isPublic: true, text: fact.text)
    }
    if let fact = event.fact(TicketCommented.self) {
      return RetroMessage(
        at: event.occurred, who: fact.customer ?? fact.author ?? event.actor.handle, isPublic: fact.isPublic,
        text: fact.text)
    }
    guard event.body == nil, event.kind == TicketOpened.kind || event.kind == TicketCommented.kind else {
      return nil
    }
    return RetroMessage(
      at: event.occurred, who: event.actor.handle, isPublic: false, text: "(this text was erased)")
  }
}
