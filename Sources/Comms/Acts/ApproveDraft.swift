import Incidents
import Values

/// Stands for a draft's text as it is.
package struct ApproveDraft: Act {
  package var draft: String
  /// ``Draft/revision`` that was read: approving another text than the one on the screen must not happen.
  package var revision: Int
  /// SHA-256 of ``Draft/approvedBytes``; lower-case hex.
  package var textDigest: String
  /// The role as which it is asked for, by a destination; nil asks for none.
  package var role: String?

  package init(_ draft: String, revision: Int, textDigest: String, as role: String? = nil) {
    self.draft = draft
    self.revision = revision
    self.textDigest = textDigest
    self.role = role
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openDraft(draft)
    if let saved = state.saved, state.revision != revision {
      throw Refusal("\(saved.by) changed \(draft) at \(saved.at.minuteUTC); read it again.")
    }
    if let role, state.isApproved(as: role),
      let approval = state.approvals.first(where: { $0.roles.contains(role) }) ?? state.approvals.first
    {
      throw Refusal("\(draft) was approved by \(approval.by) at \(approval.at.minuteUTC).")
    }
    let unfilled = state.unfilled
    guard unfilled.isEmpty else {
      let names = unfilled.map { "{{\($0)}}" }.joined(separator: ", ")
      throw Refusal("\(draft) still has \(names) unfilled; nobody can stand for what is not written.")
    }
    let roles = try roles(of: actor, state, in: record)
    // Somebody with a role that nobody stood for yet adds to it; anybody else would say the same again.
    if role == nil, let approval = state.approvals.first,
      Set(roles).isSubset(of: state.approvals.flatMap(\.roles))
    {
      throw Refusal("\(draft) was approved by \(approval.by) at \(approval.at.minuteUTC).")
    }
    let fact = DraftApproved(draft: draft, textDigest: textDigest, roles: roles.isEmpty ? nil : roles)
    return Decision(append: [Entry(fact, at: now, incident: state.incident)])
  }

  /// The roles that the actor has in the incident; refuses when the one that is asked for is not among them,
  /// for such an approval would let nothing go.
  private func roles(of actor: Actor, _ state: Draft, in record: some Record) throws -> [String] {
    guard let key = state.incident else {
      if role != nil, state.saved?.by == actor.handle {
        throw Refusal(
          "\(actor.handle) wrote \(draft); what is about no incident is approved by somebody else.")
      }
      return []
    }
    let held = try record.entity(Incident.self, key)?.roles ?? [:]
    if let role, held[role] != actor.handle {
      let holder =
        held[role].map { "who is \($0)" } ?? "and nobody has that role: `midwatch incident role` gives it"
      throw Refusal("\(draft) needs the approval of the \(Inert.terminal(role)) of \(key), \(holder).")
    }
    return held.filter { $0.value == actor.handle }.keys.sorted()
  }
}
