import Incidents
import Values

/// Says anew what stands about a ticket; what is nil stays. A new severity counts from the ticket's start with
/// every pause that it had.
package struct ChangeTicket: Act {
  package var ticket: String
  package var subject: String?
  package var severity: Severity?
  package var priority: TicketPriority?
  /// A handle; empty gives it back.
  package var assignee: String?
  package var tags: [String]?
  package var tenant: String?
  package var reason: String?
  package var hand: DeskHand

  package init(_ ticket: String, hand: DeskHand) {
    self.ticket = ticket
    self.hand = hand
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.unmergedTicket(ticket)
    var changed = TicketChanged()
    if let subject, subject != state.subject {
      guard subject.hasWords, subject.count <= OpenTicket.longestSubject,
        !subject.contains(where: \.isNewline)
      else { throw Refusal("A subject is one line of at most \(OpenTicket.longestSubject) characters.") }
      changed.subject = subject
    }
    if let severity, severity != state.severity {
      changed.severity = severity
      changed.outsideRoles = try hand.outside(.severity)
    }
    if let priority, priority != state.priority { changed.priority = priority }
    if let assignee, assignee != state.assignee ?? "" {
      guard assignee.isEmpty || Actor.isHandle(assignee) else { throw TicketRules.noHandle(assignee) }
      changed.assignee = assignee
      changed.outsideRoles = try hand.outside(.assign) ?? changed.outsideRoles
    }
    if let tags {
      let wanted = try TicketRules.tags(tags)
      if wanted != state.tags { changed.tags = wanted }
    }
    if let tenant, tenant != state.tenant ?? "" { changed.tenant = tenant }
    guard changed != TicketChanged(outsideRoles: changed.outsideRoles) else {
      throw Refusal("\(ticket) is like that already.")
    }
    changed.reason = reason.words
    let entries = [Entry(changed, at: now, ticket: ticket)]
    return Decision(append: try state.settled(entries, zones: hand.zones, by: actor, at: now))
  }
}

extension TicketChanged {
  init(outsideRoles: Bool?) {
    self.init()
    self.outsideRoles = outsideRoles
  }
}
