import Incidents
import Values

extension DeliveryMessage {
  /// What a draft says to one destination.
  ///
  /// - Parameters:
  ///   - copy: of the draft; its own text, or that of one recipient.
  ///   - origin: of the journal, so that two journals' drafts of the same number are two.
  ///   - place: ``DeliveryRecord/place`` of the destination.
  ///   - earlier: drafts of the same incident; those that went to the same place are told again where a
  ///     destination is written anew.
  ///   - remoteID: what the destination called the incident before.
  package init(
    _ draft: Draft, copy: DraftCopy, incident: Incident?, system: String, origin: String, place: String,
    earlier: [Draft], remoteID: String?, promise: Instant?, at now: Instant
  ) {
    let recipient = copy.recipient.map { "-\($0)" } ?? ""
    let before = earlier.filter { one in
      one.sent != nil && one.key != draft.key && one.incident == draft.incident && draft.incident != nil
        && one.destinations.contains(place)
    }.sorted { ($0.sent?.at.milliseconds ?? 0) < ($1.sent?.at.milliseconds ?? 0) }
    let told = before.map {
      Earlier(at: $0.sent?.at ?? now, stage: $0.stage, subject: $0.subject, text: $0.text)
    }
    self.init(
      key: "\(origin.prefix(12))-\(draft.key)\(recipient)", occasion: .update, system: system,
      incident: draft.incident, title: incident?.title ?? copy.subject, severity: incident?.severity,
      stage: draft.stage, audience: draft.audience, subject: copy.subject, text: copy.text,
      impact: incident?.impact, affected: incident?.affected ?? [], started: incident?.started,
      nextUpdate: promise, window: Self.window(draft.stage, fields: draft.fields, at: now),
      at: now, remoteID: remoteID,
      earlier: told, recipient: copy.recipient, origin: incident?.origin,
      name: Self.name(of: incident, earlier: told, subject: copy.subject, at: now))
  }

  /// The subject of the first update since the incident's title changed last; nil when it has not since the first
  /// went out.
  ///
  /// The title itself goes nowhere: what readers see is what somebody wrote and checked for them.
  package static func name(
    of incident: Incident?, earlier: [Earlier], subject: String, at now: Instant
  ) -> String? {
    guard let incident, let first = earlier.first else { return nil }
    var title = incident.title(at: first.at)
    var name: String?
    for (at, subject) in earlier.dropFirst().map({ ($0.at, $0.subject) }) + [(now, subject)]
    where incident.title(at: at) != title {
      title = incident.title(at: at)
      name = subject
    }
    return name
  }

  /// Of announced maintenance, from its fields `from` and `until`, where both are instants.
  package static func window(_ stage: Stage, fields: [String: String], at now: Instant) -> Window? {
    func instant(_ field: String) -> Instant? {
      fields[field].flatMap { (try? PromiseText("Next update: \($0)").instant(at: now)) ?? nil }
    }
    guard stage == .maintenance, let from = instant("from"), let until = instant("until"), from < until
    else { return nil }
    return Window(from: from, until: until)
  }
}
