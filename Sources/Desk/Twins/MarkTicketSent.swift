import Incidents
import Values

/// The other house has a change or a comment now, and maybe said what it calls it. The engine's word, in one commit
/// with the delivery's.
package struct MarkTicketSent: Act {
  package var ticket: String
  /// ``TicketDebt/id``.
  package var debt: String
  package var what: String
  /// What the field is there now.
  package var value: String?
  /// What that house calls the comment.
  package var remoteID: String?

  package init(_ ticket: String, debt: String, what: String, value: String?, remoteID: String?) {
    self.ticket = ticket
    self.debt = debt
    self.what = what
    self.value = value
    self.remoteID = remoteID
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.ticket(ticket)
    guard let external = state.external else { return Decision() }
    let isComment = what == TicketDebt.comment
    let fields = isComment ? nil : value.map { [what: $0] }
    var comments: [String: String]?
    if isComment, let remoteID, !state.commentIDs.contains(remoteID) { comments = [remoteID: debt] }
    let fact = TicketSynced(
      source: external.source, external: external.id, remoteDigest: "",
      conflicts: state.conflicts.isEmpty ? nil : state.conflicts, fields: fields, comments: comments,
      sent: [debt])
    return Decision(append: [Entry(fact, at: now, ticket: ticket)])
  }
}
