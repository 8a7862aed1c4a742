import Comms
import Incidents
import Terminal
import Values

/// The update in hand: a draft as it is being worked on, whether or not the journal has it yet.
struct Sheet: Sendable {
  /// Set once it was saved.
  var draft: String?
  /// What the text in hand was made from.
  var revision = 0
  let incident: String?
  let system: String
  let template: String?
  let audience: String
  let stage: Stage
  var answers: [String: String]
  var nextUpdate: Instant?
  /// Who gets a copy each; empty where it goes to all alike.
  var recipients: [Recipient] = []
  var subject: TextField
  var text: TextArea
  /// The text as the template gave it, to know whether a person has changed it; nil where nobody knows any more.
  var rendered: String?
  var isEdited: Bool { text.text != rendered }
  /// Differs from what was saved last.
  var isDirty = true

  /// Under which ``Console/Effect/keepUnsent(key:text:)`` keeps it.
  var key: String { draft ?? "new:\(incident ?? "-"):\(template ?? audience)" }

  /// Subject, blank line, text: what an editor and the table of unsent texts hold.
  var whole: String {
    get { "Subject: \(subject.text)\n\n\(text.text)" }
    set {
      let lines = newValue.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(
        String.init)
      guard let first = lines.first, first.lowercased().hasPrefix("subject:") else {
        text.text = newValue
        return
      }
      subject.text = String(first.dropFirst("subject:".count)).trimmed
      var rest = lines.dropFirst()
      if rest.first?.trimmed.isEmpty == true { rest = rest.dropFirst() }
      while rest.last?.trimmed.isEmpty == true { rest = rest.dropLast() }
      text.text = rest.joined(separator: "\n")
    }
  }

  /// Names the promise among a draft's stored answers.
  static let promise = Draft.promiseField

  /// What goes out: one text, or one for each recipient.
  struct Copy {
    let recipient: String?
    let subject: String
    let text: String
  }

  var copies: [Copy] {
    guard !recipients.isEmpty else { return [Copy(recipient: nil, subject: subject.text, text: text.text)] }
    return recipients.map {
      Copy(recipient: $0.name, subject: $0.filling(subject.text), text: $0.filling(text.text))
    }
  }

  /// Fields that are still to be filled, in any of the copies.
  var unfilled: [String] {
    var seen: Set<String> = []
    return copies.flatMap { Unfilled.names(in: $0.subject) + Unfilled.names(in: $0.text) }
      .filter { seen.insert($0).inserted }
  }

  /// What is stored with the draft.
  var fields: [String: String] {
    var all = answers
    all[Self.promise] = nextUpdate?.rfc3339
    return all
  }

  /// A new one.
  init(
    incident: String?, system: String, template: String?, audience: String, stage: Stage, nextUpdate: Instant?
  ) {
    self.incident = incident
    self.system = system
    self.template = template
    self.audience = audience
    self.stage = stage
    self.nextUpdate = nextUpdate
    answers = [:]
    subject = TextField()
    text = TextArea()
    rendered = ""
  }

  /// One that was saved.
  init(_ draft: Draft, system: String) {
    self.draft = draft.key
    revision = draft.revision
    incident = draft.incident
    self.system = system
    template = draft.template
    audience = draft.audience
    stage = draft.stage
    answers = draft.fields.filter { $0.key != Self.promise }
    recipients = draft.recipients
    nextUpdate = draft.fields[Self.promise].flatMap { Instant(rfc3339: $0) }
    subject = TextField(draft.subject)
    text = TextArea(draft.text)
    // Whatever was written in it, by whomever, stays.
    rendered = nil
    isDirty = false
  }
}
