import Incidents
import Values

/// Stops a ticket's clocks for something that neither support nor the customer can hasten.
package struct PauseTicket: Act {
  package static let thirdParty = "third_party"

  package var ticket: String
  package var reason: String
  package var hand: DeskHand

  package init(_ ticket: String, reason: String, hand: DeskHand) {
    self.ticket = ticket
    self.reason = reason
    self.hand = hand
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.unmergedTicket(ticket)
    guard state.state.isOpen else {
      throw Refusal("\(ticket) is \(state.state.rawValue); its clocks stand still.")
    }
    guard state.plan?.pauses.contains(Self.thirdParty) ?? false else {
      throw Refusal(
        "The clocks of \(ticket) go on while a third party works; its folder names no such pause.")
    }
    guard reason.hasWords else { throw Refusal("Say for whom \(ticket) waits.") }
    guard !state.holds.contains(Self.thirdParty) else {
      throw Refusal("\(ticket) waits for a third party already.")
    }
    let fact = TicketPaused(why: Self.thirdParty, reason: reason)
    return Decision(
      append: try state.settled([Entry(fact, at: now, ticket: ticket)], zones: hand.zones, by: actor, at: now)
    )
  }
}

/// Lets a ticket's clocks go on.
package struct ResumeTicket: Act {
  package var ticket: String
  package var reason: String?
  package var hand: DeskHand

  package init(_ ticket: String, reason: String? = nil, hand: DeskHand) {
    self.ticket = ticket
    self.reason = reason
    self.hand = hand
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.unmergedTicket(ticket)
    guard state.holds.contains(PauseTicket.thirdParty) else {
      throw Refusal("\(ticket) waits for no third party.")
    }
    let fact = TicketResumed(why: PauseTicket.thirdParty, reason: reason.words)
    return Decision(
      append: try state.settled([Entry(fact, at: now, ticket: ticket)], zones: hand.zones, by: actor, at: now)
    )
  }
}

/// Says that mitigation has begun: the clock that Nova's document starts with every S1.
package struct BeginMitigation: Act {
  package var ticket: String
  package var hand: DeskHand

  package init(_ ticket: String, hand: DeskHand) {
    self.ticket = ticket
    self.hand = hand
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.unmergedTicket(ticket)
    guard state.state.isOpen else { throw Refusal("\(ticket) is \(state.state.rawValue).") }
    guard state.met["mitigate"] == nil else { throw Refusal("Mitigation of \(ticket) has begun already.") }
    let fact = TicketClockMet(clock: "mitigate")
    return Decision(
      append: try state.settled([Entry(fact, at: now, ticket: ticket)], zones: hand.zones, by: actor, at: now)
    )
  }
}
