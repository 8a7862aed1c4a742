import Incidents
import Values

/// Keeps a text: a new draft, or the next state of one.
package struct SaveDraft: Act {
  /// `D-3`; nil begins a new one.
  package var draft: String?
  /// ``Draft/revision`` that the text was made from: another one in the record means that somebody else
  /// saved meanwhile. Nil does not ask.
  package var revision: Int?
  package var incident: String?
  package var template: String?
  package var audience: String
  package var stage: Stage
  package var fields: [String: String]
  package var subject: String
  package var text: String

  package init(
    draft: String? = nil, revision: Int? = nil, incident: String?, template: String?, audience: String,
    stage: Stage, fields: [String: String] = [:], subject: String, text: String
  ) {
    self.draft = draft
    self.revision = revision
    self.incident = incident
    self.template = template
    self.audience = audience
    self.stage = stage
    self.fields = fields
    self.subject = subject
    self.text = text
  }

  /// Appends nothing when nothing changed.
  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard !audience.allSatisfy(\.isWhitespace) else { throw Refusal("A draft needs an audience.") }
    var about = incident
    if let draft {
      let state = try record.openDraft(draft)
      if let revision, revision != state.revision, let saved = state.saved {
        throw Refusal(
          "\(saved.by) saved \(draft) at \(saved.at.minuteUTC); open it again, your text is kept.")
      }
      about = state.incident
      let isSame =
        state.template == template && state.audience == audience && state.stage == stage
        && state.fields == fields && state.subject == subject && state.text == text
      if isSame { return Decision() }
    } else if let incident {
      guard let state = try record.entity(Incident.self, incident), state.declaredAt != nil else {
        throw Refusal("There is no incident \(Inert.terminal(incident)).")
      }
    }
    let name = try draft ?? "D-\(record.next("D"))"
    let fact = DraftSaved(
      draft: name, template: template, audience: audience, stage: stage, fields: fields, subject: subject,
      text: text)
    return Decision(append: [Entry(fact, at: now, incident: about)])
  }
}
