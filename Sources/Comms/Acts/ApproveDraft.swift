import Incidents
import Values

/// Stands for a draft's text as it is.
package struct ApproveDraft: Act {
  package var draft: String
  /// ``Draft/revision`` that was read: approving another text than the one on the screen must not happen.
  package var revision: Int
  /// SHA-256 of subject, newline, text; lower-case hex.
  package var textDigest: String

  package init(_ draft: String, revision: Int, textDigest: String) {
    self.draft = draft
    self.revision = revision
    self.textDigest = textDigest
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openDraft(draft)
    if let saved = state.saved, state.revision != revision {
      throw Refusal("\(saved.by) changed \(draft) at \(saved.at.minuteUTC); read it again.")
    }
    if let approved = state.approved {
      throw Refusal("\(draft) was approved by \(approved.by) at \(approved.at.minuteUTC).")
    }
    let fact = DraftApproved(draft: draft, textDigest: textDigest)
    return Decision(append: [Entry(fact, at: now, incident: state.incident)])
  }
}
