import Incidents
import Values

/// What earlier drafts of an incident give to the next.
extension [Draft] {
  /// What was answered in them, so that nobody is asked twice: the latest answer to each variable.
  ///
  /// - Parameter incident: nil remembers nothing: announcements have nothing in common.
  package func answers(in incident: String?) -> [String: String] {
    guard let incident else { return [:] }
    let drafts = filter { $0.incident == incident && $0.saved != nil }
      .sorted { ($0.saved?.at ?? .distantPast, $0.key) < ($1.saved?.at ?? .distantPast, $1.key) }
    var answers: [String: String] = [:]
    for draft in drafts {
      for (name, value) in draft.fields where !Draft.isOwn(field: name) { answers[name] = value }
    }
    return answers
  }

  /// The update that readers of an audience saw last; nil when none went out.
  package func lastSent(to audience: String, in incident: String?) -> Draft? {
    filter { $0.sent != nil && $0.incident == incident && $0.audience == audience }
      .max { ($0.sent?.at ?? .distantPast) < ($1.sent?.at ?? .distantPast) }
  }
}

extension Draft {
  /// Names the promise among a draft's stored answers.
  package static let promiseField = "next_update_at"

  /// Name what the template gave, among a draft's stored answers: what a person changed of it is told from that.
  package static let givenTextField = "template_text"
  package static let givenSubjectField = "template_subject"

  /// Whether a stored answer is of that draft alone, and not remembered for the next.
  package static func isOwn(field: String) -> Bool {
    [promiseField, givenTextField, givenSubjectField].contains(field)
  }

  /// The promise that the draft is being written with; what its text names, once it names one, is what counts.
  package var intendedPromise: Instant? { fields[Self.promiseField].flatMap { Instant(rfc3339: $0) } }

  /// Subject and text to begin the next update with: what went out last, with the time of the next update set
  /// anew. A template is for the first at its stage; later ones change what people wrote themselves.
  ///
  /// - Parameters:
  ///   - next: nil takes the old promise out.
  ///   - incident: where its title has changed since, a subject with the old one gets the new one.
  ///   - given: the same template filled now. Lines that are still as it had filled them then, such as how long it has
  ///     lasted, become what it says now.
  package func continued(
    promising next: Instant?, of incident: Incident?, at now: Instant, given: FilledTemplate? = nil
  ) -> (subject: String, text: String) {
    var text = text
    var subject = subject
    if let incident, let old = saved.map({ incident.title(at: $0.at) }), old != incident.title,
      !old.allSatisfy(\.isWhitespace)
    {
      subject = subject.replacing(old, with: incident.title)
    }
    if let given {
      if let old = fields[Self.givenTextField] {
        text = LineMerge.merged(base: old, mine: text, new: given.text)
      }
      if fields[Self.givenSubjectField] == self.subject, Unfilled.names(in: given.subject).isEmpty {
        subject = given.subject
      }
    }
    return (
      subject,
      next.map { PromiseText.replacing(in: text, with: $0, at: now) } ?? PromiseText.removing(from: text)
    )
  }
}

extension Instant {
  fileprivate static var distantPast: Instant { Instant(milliseconds: .min) }
}
