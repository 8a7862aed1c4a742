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
  /// Roles whose approval its destinations ask for.
  package var approvals: [String]

  /// - Parameter head: count and head of the journal, `1042·9f3a61c2`.
  package init(
    _ draft: String, revision: Int, destinations: [String], nextUpdate: Instant?, head: String,
    how: UpdateSent.Means = .hand, check: DraftCheck = DraftCheck(), despite: String? = nil,
    needsApproval: Bool = false, approvals: [String] = []
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
    self.approvals = approvals
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openDraft(draft)
    if let saved = state.saved, state.revision != revision {
      throw Refusal("\(saved.by) changed \(draft) at \(saved.at.minuteUTC); read it again before it goes.")
    }
    try refuseUnready(state)
    // What the text names is what readers wait for.
    let promise = check.promisesNone ? nil : nextUpdate ?? check.promise(of: state, at: now)
    if let promise, promise <= now {
      throw Refusal(
        "The next update is promised for \(promise.minuteUTC(at: now)), which is past; name a later time.")
    }
    try refuseUnapproved(state)
    let errors = try errors(of: state, promise: promise, at: now, in: record)
    let isDespite = despite.map { !$0.allSatisfy(\.isWhitespace) } ?? false
    if let first = errors.first(where: { $0.isBinding || !isDespite }) {
      let remedy = first.isBinding ? "Correct \(draft)." : "Correct \(draft), or send it with a reason."
      throw Refusal("\(first.sentence) \(remedy)")
    }
    let copies = state.copies.compactMap { copy in
      copy.recipient.map { UpdateSent.Copy(recipient: $0, subject: copy.subject, text: copy.text) }
    }
    let fact = UpdateSent(
      draft: draft, audience: state.audience, stage: state.stage, subject: state.subject, text: state.text,
      destinations: destinations, nextUpdate: promise, head: head, how: how,
      despite: errors.isEmpty ? nil : despite, copies: copies.isEmpty ? nil : copies)
    return Decision(append: [Entry(fact, at: now, incident: state.incident)])
  }

  private func refuseUnready(_ state: Draft) throws {
    let unfilled = state.unfilled
    guard unfilled.isEmpty else {
      throw Refusal("\(draft) still has \(unfilled.map { "{{\($0)}}" }.joined(separator: ", ")) unfilled.")
    }
    guard !state.text.allSatisfy(\.isWhitespace) else { throw Refusal("\(draft) is empty.") }
  }

  private func refuseUnapproved(_ state: Draft) throws {
    if needsApproval, state.approvals.isEmpty {
      throw Refusal("\(draft) waits for an approval of its text.")
    }
    for role in approvals where !state.isApproved(as: role) {
      let who = state.incident == nil ? "somebody other than who wrote it" : "the \(Inert.terminal(role))"
      throw Refusal(
        "\(draft) waits for the approval of its text by \(who): `midwatch update approve \(draft)`.")
    }
  }

  /// What the check says against each copy, each once.
  private func errors(
    of state: Draft, promise: Instant?, at now: Instant, in record: some Record
  ) throws -> [Finding] {
    var check = check
    check.now = now
    check.written = state.saved?.at
    check.hasClock = state.incident != nil
    if let key = state.incident { check.dataLost = try record.entity(Incident.self, key)?.dataLost }
    var found: [Finding] = []
    for copy in state.copies {
      let findings = check.findings(
        subject: copy.subject, text: copy.text, audience: state.audience, stage: state.stage,
        nextUpdate: promise)
      found += findings.filter { one in one.mark == .error && !found.contains { $0.sentence == one.sentence }
      }
    }
    return found
  }
}
