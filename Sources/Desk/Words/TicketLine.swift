import Incidents
import Values

/// One line of what happened to a ticket: what somebody wrote, or what changed.
package struct TicketLine: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case customer
    /// Support, and the customer reads it.
    case reply
    /// Support, and the customer does not read it.
    case `internal`
    case change
  }

  /// The event's number and id.
  package let seq: Int64
  package let id: String
  /// Whose it is: of a ticket that others were merged into, theirs too.
  package let ticket: String
  package let kind: Kind
  /// When it happened, and when it was written down.
  package let at: Instant
  package let recorded: Instant
  /// A handle, or the customer's name.
  package let by: String
  /// As it was written; lines as they are. Of a change one line.
  package let text: String
  package let attachments: [AttachmentPath]

  /// Nil for an event that is none of a ticket's, or that nobody needs to read.
  package init?(_ event: Event) {
    guard let ticket = event.ticket else { return nil }
    self.ticket = ticket
    seq = event.seq
    id = event.id
    at = event.fact(TicketCommented.self)?.written ?? event.occurred
    recorded = event.recorded
    if let fact = event.fact(TicketOpened.self) {
      kind = .customer
      by = fact.requester
      text = fact.text
      attachments = fact.attachments ?? []
    } else if let fact = event.fact(TicketCommented.self) {
      kind = fact.customer != nil ? .customer : fact.isPublic ? .reply : .internal
      by = fact.customer ?? fact.author ?? event.actor.handle
      text = fact.text
      attachments = fact.attachments ?? []
    } else {
      guard let words = Self.change(event) else { return nil }
      kind = .change
      by = event.actor.handle
      text = words
      attachments = []
    }
  }

  private static func change(_ event: Event) -> String? {
    if event.body == nil { return event.kind.hasPrefix("ticket.") ? "erased" : nil }
    if let fact = event.fact(TicketChanged.self) { return fact.words }
    if let fact = event.fact(TicketPaused.self) {
      return "clocks stand still for \(fact.why)" + reason(fact.reason)
    }
    if let fact = event.fact(TicketResumed.self) {
      return "clocks go on after \(fact.why)" + reason(fact.reason)
    }
    if let fact = event.fact(TicketClockMet.self) {
      return fact.clock == TicketClock.mitigate.rawValue ? "mitigation begun" : "\(fact.clock) met"
    }
    if let fact = event.fact(TicketReminded.self) {
      let to = fact.to ?? []
      return fact.words + (to.isEmpty ? "" : "; told \(to.joined(separator: ", "))")
    }
    if let fact = event.fact(TicketLinked.self) { return "linked to \(fact.to)" }
    if let fact = event.fact(TicketUnlinked.self) {
      return "no longer linked to \(fact.to)" + reason(fact.reason)
    }
    if let fact = event.fact(TicketMerged.self) {
      return fact.incoming == true ? "\(fact.to) was merged into this" : "merged into \(fact.to)"
    }
    if let fact = event.fact(TicketUnmerged.self) {
      return (fact.incoming == true ? "\(fact.to) is its own again" : "its own again, no longer \(fact.to)")
        + reason(fact.reason)
    }
    if let fact = event.fact(TicketSplit.self) { return "\(fact.to) was split off: \(fact.subject)" }
    if let fact = event.fact(TicketSynced.self), let conflicts = fact.conflicts, !conflicts.isEmpty {
      return "\(fact.source) says otherwise of \(conflicts.keys.sorted().joined(separator: ", "))"
    }
    return nil
  }

  fileprivate static func reason(_ reason: String?) -> String { reason.words.map { ": \($0)" } ?? "" }
}

extension TicketChanged {
  /// What is new, in one line.
  package var words: String {
    var parts: [String] = []
    if let state { parts.append(override == true ? "\(state.rawValue), against the rules" : state.rawValue) }
    if let severity { parts.append(severity.rawValue) }
    if let priority { parts.append("priority \(priority.rawValue)") }
    if let assignee { parts.append(assignee.isEmpty ? "given back" : "assigned to \(assignee)") }
    if let tags { parts.append(tags.isEmpty ? "no tags" : "tags \(tags.joined(separator: ", "))") }
    if let tenant { parts.append(tenant.isEmpty ? "no tenant" : "tenant \(tenant)") }
    if let subject { parts.append("subject \"\(subject)\"") }
    return parts.joined(separator: ", ") + TicketLine.reason(reason)
  }
}
