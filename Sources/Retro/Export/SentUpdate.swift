import Comms
import Incidents
import Values

/// An update as it went out, and whether the promise before it was kept.
package struct SentUpdate: Codable, Equatable, Sendable {
  package let at: Instant
  package let audience: String?
  package let stage: Stage?
  package let subject: String?
  package let text: String
  package let destinations: [String]
  /// What it promised.
  package let nextUpdate: Instant?
  /// How late it was, measured by the promise of the update before to the same audience; nil when that promised nothing.
  package let lateBy: Span?
  package let by: String
}

extension SentUpdate {
  /// - Parameter events: in the order in which they happened.
  static func all(in events: [Event]) -> [SentUpdate] {
    var promised: [String: Instant] = [:]
    return events.compactMap { event -> SentUpdate? in
      guard let fact = event.fact(UpdateSent.self) else { return nil }
      defer { promised[fact.audience] = fact.nextUpdate }
      return SentUpdate(
        at: event.occurred, audience: fact.audience, stage: fact.stage, subject: fact.subject,
        text: fact.text,
        destinations: fact.destinations, nextUpdate: fact.nextUpdate,
        lateBy: promised[fact.audience].map { max(.zero, event.occurred - $0) }, by: event.actor.handle)
    }
  }
}

extension IncidentReport {
  package var updates: [SentUpdate] { SentUpdate.all(in: events) }

  /// ``SentUpdate/missedPromise(of:after:until:)``.
  package var missedPromise: Instant? { SentUpdate.missedPromise(of: incident, after: updates, until: made) }
}

extension SentUpdate {
  /// The time that the last update promised the next for, when none came before the incident was resolved or,
  /// while it is not, before `now`.
  static func missedPromise(of incident: Incident, after updates: [SentUpdate], until now: Instant)
    -> Instant?
  {
    updates.last?.nextUpdate.flatMap { $0 < incident.resolved ?? now ? $0 : nil }
  }
}
