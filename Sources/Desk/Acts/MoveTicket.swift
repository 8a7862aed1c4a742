import Incidents
import Values

/// Sets a ticket's state by hand, as ``TicketTransitions`` allows.
package struct MoveTicket: Act {
  package var ticket: String
  package var state: TicketState
  /// Asked for when it reopens or overrides.
  package var reason: String?
  /// Against the table.
  package var isOverride: Bool
  package var hand: DeskHand

  package init(
    _ ticket: String, to state: TicketState, reason: String? = nil, isOverride: Bool = false, hand: DeskHand
  ) {
    self.ticket = ticket
    self.state = state
    self.reason = reason
    self.isOverride = isOverride
    self.hand = hand
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let old = try record.unmergedTicket(ticket)
    var changed = TicketChanged()
    changed.state = state
    changed.reason = reason.words
    if state == .closed { changed.outsideRoles = try hand.outside(.close) }
    switch TicketTransitions.answer(TicketTurn(to: state), in: old.state) {
    case .moves: break
    case .reopens:
      guard changed.reason != nil else {
        throw Refusal("\(ticket) is \(old.state.rawValue); say why it is open again.")
      }
    case .overrides:
      guard isOverride else {
        throw Refusal(
          "\(ticket) goes from \(old.state.rawValue) to \(state.rawValue) by \(state.usualWay); "
            + "override it with a reason if it must be."
        )
      }
      guard changed.reason != nil else {
        throw Refusal("An override needs a reason; say why \(ticket) is \(state.rawValue).")
      }
      changed.outsideRoles = try hand.outside(.override) ?? changed.outsideRoles
      changed.override = true
    case .already, .stays, .closed:
      throw Refusal("\(ticket) is \(old.state.rawValue) already.")
    }
    var entries = [Entry(changed, at: now, ticket: ticket)]
    entries += try old.holding(as: state, at: now, in: record)
    return Decision(append: try old.settled(entries, zones: hand.zones, by: actor, at: now))
  }
}

extension TicketState {
  /// What moves a ticket there by itself.
  var usualWay: String {
    switch self {
    case .open: "being taken in"
    case .pendingSupport: "the customer's reply"
    case .pendingUser: "a public reply"
    case .resolved, .closed: "being worked on"
    }
  }
}
