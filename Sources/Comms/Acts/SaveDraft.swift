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
  /// Whose folder it is written with; nil keeps what the draft has.
  package var system: String?
  /// Who gets a copy each; nil keeps what the draft has.
  package var recipients: [Recipient]?

  package init(
    draft: String? = nil, revision: Int? = nil, incident: String?, template: String?, audience: String,
    stage: Stage, fields: [String: String] = [:], subject: String, text: String, system: String? = nil,
    recipients: [Recipient]? = nil
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
    self.system = system
    self.recipients = recipients
  }

  /// Appends nothing when nothing changed.
  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard !audience.allSatisfy(\.isWhitespace) else { throw Refusal("A draft needs an audience.") }
    var about = incident
    var whom = recipients
    var folder = system
    if let draft {
      let state = try record.openDraft(draft)
      if let revision, revision != state.revision, let saved = state.saved {
        throw Refusal(
          "\(saved.by) saved \(draft) at \(saved.at.minuteUTC); open it again, your text is kept.")
      }
      about = state.incident
      whom = whom ?? state.recipients
      folder = folder ?? state.system
      let isSame =
        state.template == template && state.audience == audience && state.stage == stage
        && state.fields == fields && state.subject == subject && state.text == text
        && whom == state.recipients && folder == state.system
      if isSame { return Decision() }
    } else if let incident {
      guard let state = try record.entity(Incident.self, incident), state.declaredAt != nil else {
        throw Refusal("There is no incident \(Inert.terminal(incident)).")
      }
    }
    if let twice = (whom ?? []).map(\.name).firstRepeated {
      throw Refusal("\(Inert.terminal(twice)) is named twice; each recipient gets one copy.")
    }
    let name = try draft ?? "D-\(record.next("D"))"
    let fact = DraftSaved(
      draft: name, template: template, audience: audience, stage: stage, fields: fields, subject: subject,
      text: text, system: folder, recipients: whom.flatMap { $0.isEmpty ? nil : $0 })
    return Decision(append: [Entry(fact, at: now, incident: about)])
  }
}

extension [String] {
  /// The first that was there before.
  fileprivate var firstRepeated: String? {
    var seen: Set<String> = []
    return first { !seen.insert($0).inserted }
  }
}
