import Incidents
import Values

/// Says that a draft went out as it is, and when the next update comes.
package struct MarkSent: Act {
  package var draft: String
  /// ``Draft/revision`` that went out.
  package var revision: Int
  /// Where it went: names of deliveries, or where it was pasted.
  package var destinations: [String]
  package var nextUpdate: Instant?
  package var head: String
  package var how: UpdateSent.Means
  /// What the text is checked against.
  package var check: DraftCheck
  /// Why it goes out although the check finds errors; unfilled fields are never let through.
  package var despite: String?
  /// Whether somebody has to have approved the text.
  package var needsApproval: Bool

  /// - Parameter head: count and head of the journal, `1042·9f3a61c2`.
  package init(
    _ draft: String, revision: Int, destinations: [String], nextUpdate: Instant?, head: String,
    how: UpdateSent.Means = .hand, check: DraftCheck = DraftCheck(), despite: String? = nil,
    needsApproval: Bool = false
  ) {
    self.draft = draft
    self.revision = revision
    self.destinations = destinations
    self.nextUpdate = nextUpdate
    self.head = head
    self.how = how
    self.check = check
    self.despite = despite
    self.needsApproval = needsApproval
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openDraft(draft)
    if let saved = state.saved, state.revision != revision {
      throw Refusal("\(saved.by) changed \(draft) at \(saved.at.minuteUTC); read it again before it goes.")
    }
    let unfilled = state.unfilled
    guard unfilled.isEmpty else {
      throw Refusal("\(draft) still has \(unfilled.map { "{{\($0)}}" }.joined(separator: ", ")) unfilled.")
    }
    guard !state.text.allSatisfy(\.isWhitespace) else { throw Refusal("\(draft) is empty.") }
    if let nextUpdate, nextUpdate <= now {
      throw Refusal(
        "The next update is promised for \(nextUpdate.minuteUTC), which is past; name a later time.")
    }
    if needsApproval, state.approved == nil {
      throw Refusal("\(draft) waits for an approval of its text.")
    }
    let errors = check.findings(of: state, nextUpdate: nextUpdate).filter { $0.mark == .error }
    let isDespite = despite.map { !$0.allSatisfy(\.isWhitespace) } ?? false
    if let first = errors.first, !isDespite {
      throw Refusal("\(first.sentence) Correct \(draft), or send it with a reason.")
    }
    let fact = UpdateSent(
      draft: draft, audience: state.audience, stage: state.stage, subject: state.subject, text: state.text,
      destinations: destinations, nextUpdate: nextUpdate, head: head, how: how,
      despite: errors.isEmpty ? nil : despite)
    return Decision(append: [Entry(fact, at: now, incident: state.incident)])
  }
}
