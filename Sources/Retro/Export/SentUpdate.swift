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
  package var updates: [SentUpdate] { SentUpdate.all(in: events(UpdateSent.kind)) }

  /// ``Incidents/Incident/missedPromises(until:)``, the earliest first.
  package var missedPromises: [Instant] { incident.missedPromises(until: made) }
}

extension Incident {
  /// The times that its readers were promised an update for and at which none came to them, one for each audience;
  /// the earliest first.
  ///
  /// A promise outlives Resolved, as it does on every screen: only an update to its audience keeps it. One that was
  /// dismissed before its time is owed to nobody, one of a merged incident is the other's.
  func missedPromises(until now: Instant) -> [Instant] {
    deadlines.filter { one in
      one.isPromised && one.due < now && one.met == nil && !one.isReleased
    }.map(\.due)
  }

  /// What became of a promise that no later update to its audience answered.
  func fate(ofPromise due: Instant, to audience: String?, at now: Instant) -> String {
    if merger != nil { return "owed by the incident that it was merged into" }
    let deadline = deadlines.first { $0.isPromised && $0.due == due && $0.who == audience }
    if let deadline, deadline.isReleased { return "dismissed before" }
    if deadline?.met != nil { return "settled by hand" }
    return due < now ? "missed: none came" : "not due yet"
  }
}

extension Deadline {
  /// Dismissed before its time came.
  fileprivate var isReleased: Bool { mark?.dismissed.map { $0 <= due } ?? false }
}
