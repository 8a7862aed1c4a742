import Comms
import Incidents
import Values

/// What readers outside may know of an incident's events: a list of what goes out, field by field, so that whatever
/// is not on it stays, the kinds of tomorrow too.
struct OutwardEvents {
  /// Audiences outside the house, in lower case.
  let audiences: Set<String>
  let redaction: Redaction
  private(set) var counts: [String: Int] = [:]

  /// Sections that are written for readers outside, too.
  static let parts: Set<String> = ["summary", "root_cause", "x_external_message"]

  /// Who did it, for readers outside.
  static let actor = Actor(handle: "responder", host: "", uid: 0)

  init(audiences: Set<String>, redaction: Redaction) {
    self.audiences = audiences
    self.redaction = redaction
  }

  mutating func count(_ what: String, _ number: Int = 1) {
    if number > 0 { counts[what, default: 0] += number }
  }

  /// An event as it goes out; nil for what does not.
  ///
  /// - Parameter number: takes the place of its id and of its number in the journal.
  mutating func event(_ event: Event, as incident: String, number: Int) -> Event? {
    guard let body = body(of: event).flatMap({ try? FactCoding.encode($0) }) else { return nil }
    return Event(
      origin: "", seq: Int64(number), id: String(number), kind: event.kind, version: event.version,
      occurred: event.occurred, ended: event.ended, recorded: event.occurred, actor: Self.actor,
      incident: incident, ticket: nil, body: body)
  }

  private mutating func body(of event: Event) -> (any Encodable)? {
    if let fact = event.fact(IncidentDeclared.self) {
      return OutwardBody.Declared(
        severity: fact.severity, title: taking(fact.title), impact: fact.impact.map { taking($0) },
        started: fact.started)
    }
    if let fact = event.fact(IncidentDescribed.self) {
      guard fact.title != nil || fact.impact != nil || fact.started != nil else { return left(event) }
      return OutwardBody.Described(
        title: fact.title.map { taking($0) }, impact: fact.impact.map { taking($0) }, started: fact.started)
    }
    if let fact = event.fact(IncidentStatusChanged.self) {
      count("reasons of changes", fact.reason == nil ? 0 : 1)
      count("follow-ups", fact.followUps?.count ?? 0)
      return OutwardBody.Status(to: fact.to, from: fact.from, dataLost: fact.dataLost.map { taking($0) })
    }
    if let fact = event.fact(IncidentSeverityChanged.self) {
      count("reasons of changes", fact.reason == nil ? 0 : 1)
      return OutwardBody.Severed(to: fact.to)
    }
    if let fact = event.fact(UpdateSent.self) { return update(fact) }
    if let fact = event.fact(RetroWritten.self), Self.parts.contains(fact.section) {
      return OutwardBody.Written(section: fact.section, text: taking(fact.text))
    }
    return left(event)
  }

  /// As it was sent: its readers have it already.
  private mutating func update(_ fact: UpdateSent) -> (any Encodable)? {
    guard audiences.contains(fact.audience.lowercased()) else {
      count("updates to other audiences")
      return nil
    }
    count("copies of updates for single readers", fact.copies?.count ?? 0)
    count("destinations of updates", fact.destinations.count)
    return OutwardBody.Sent(
      audience: fact.audience, stage: fact.stage, subject: fact.subject, text: fact.text,
      nextUpdate: fact.nextUpdate, how: fact.how)
  }

  private mutating func left(_ event: Event) -> (any Encodable)? {
    count(Removal.words(for: event.kind))
    return nil
  }

  private mutating func taking(_ text: String) -> String {
    let (text, found) = redaction.taking(text)
    for (matter, number) in found { count(Removal.words(for: matter), number) }
    return text
  }
}
