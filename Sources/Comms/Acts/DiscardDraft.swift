import Incidents
import Values

/// Gives a draft up.
package struct DiscardDraft: Act {
  package var draft: String
  package var reason: String?

  package init(_ draft: String, reason: String? = nil) {
    self.draft = draft
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openDraft(draft)
    let fact = DraftDiscarded(draft: draft, reason: reason)
    return Decision(append: [Entry(fact, at: now, incident: state.incident)])
  }
}
