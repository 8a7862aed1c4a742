import Incidents
import Values

/// Merges a ticket into another: nothing moves, both say so, and the one that goes is closed. The other one is
/// shown with both conversations, is linked to the incidents of both, and takes over what would be forgotten
/// otherwise: who waits, how bad it is, and since when.
package struct MergeTicket: Act {
  package var ticket: String
  package var into: String
  package var reason: String?
  package var hand: DeskHand

  package init(_ ticket: String, into: String, reason: String? = nil, hand: DeskHand) {
    self.ticket = ticket
    self.into = into
    self.reason = reason
    self.hand = hand
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.unmergedTicket(ticket)
    let other = try record.unmergedTicket(into)
    guard ticket != into else { throw Refusal("\(ticket) cannot be merged into itself.") }
    guard state.requester == other.requester || hand.isSure else {
      throw Refusal(
        "\(ticket) is \(Inert.terminal(state.requester))'s and \(into) is "
          + "\(Inert.terminal(other.requester))'s: merged, each conversation may be read by the "
          + "other; \(DeskHand.asking)."
      )
    }
    guard other.state.isOpen || !state.state.isOpen else {
      throw Refusal(
        "\(into) is \(other.state.rawValue), and \(ticket) is not; reopen \(into) first, or merge it into "
          + "\(ticket).")
    }
    let outside = try hand.outside(.merge)
    var entries = [
      Entry(
        TicketMerged(to: into, incoming: nil, subject: other.subject, outsideRoles: outside), at: now,
        ticket: ticket)
    ]
    if state.state != .closed {
      var changed = TicketChanged()
      changed.state = .closed
      changed.reason = reason.words ?? "merged into \(into)"
      entries.append(Entry(changed, at: now, ticket: ticket))
    }
    entries = try state.settled(entries, zones: hand.zones, by: actor, at: now)
    entries += try other.settled(
      other.taking(from: state, at: now, in: record), zones: hand.zones, by: actor, at: now)
    return Decision(append: entries)
  }
}

/// Takes a merge back: the ticket is open again, waits for support, and counts on from where it stood. The other one
/// gives back what it took over and nobody changed since.
package struct UnmergeTicket: Act {
  package var ticket: String
  package var reason: String
  package var hand: DeskHand

  package init(_ ticket: String, reason: String, hand: DeskHand) {
    self.ticket = ticket
    self.reason = reason
    self.hand = hand
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.ticket(ticket)
    guard let other = state.mergedInto else { throw Refusal("\(ticket) was not merged into another.") }
    guard reason.hasWords else { throw Refusal("Say why \(ticket) and \(other) are two after all.") }
    let outside = try hand.outside(.merge)
    var changed = TicketChanged()
    changed.state = .pendingSupport
    changed.reason = reason
    var own = [
      Entry(
        TicketUnmerged(to: other, incoming: nil, reason: reason, outsideRoles: outside), at: now,
        ticket: ticket),
      Entry(changed, at: now, ticket: ticket),
    ]
    own += try state.holding(as: .pendingSupport, at: now, in: record)
    var entries = try state.settled(own, zones: hand.zones, by: actor, at: now)
    guard let target = try record.entity(Ticket.self, other) else { return Decision(append: entries) }
    entries += try target.settled(
      target.givingBack(to: ticket, because: reason, at: now), zones: hand.zones, by: actor, at: now)
    return Decision(append: entries)
  }
}

/// Makes a ticket of its own out of part of one: the same requester, tenant and system, another question.
package struct SplitTicket: Act {
  package var ticket: String
  package var subject: String
  /// What goes with it, usually words of the customer.
  package var text: String
  package var hand: DeskHand

  package init(_ ticket: String, subject: String, text: String, hand: DeskHand) {
    self.ticket = ticket
    self.subject = subject
    self.text = text
    self.hand = hand
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.unmergedTicket(ticket)
    guard text.hasWords else { throw Refusal("Say what the new ticket asks.") }
    let outside = try hand.outside(.merge)
    var open = OpenTicket(
      subject: subject, text: text, requester: state.requester, plan: state.plan ?? ClockPlan(), hand: hand)
    open.system = state.system
    open.tenant = state.tenant
    open.severity = state.severity
    open.priority = state.priority
    open.assignee = state.assignee
    open.splitFrom = ticket
    var decision = try open.decide(by: actor, at: now, in: record)
    guard let new = decision.append.first?.ticket else { return Decision() }
    decision.append.append(
      Entry(TicketSplit(to: new, subject: subject, outsideRoles: outside), at: now, ticket: ticket))
    return decision
  }
}
