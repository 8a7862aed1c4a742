import Incidents
import Journal
import Values

/// The events of one incident's timeline: its own, and its systems' transitions from half an hour before
/// its start until it is resolved (DESIGN section 11).
package enum TimelineQuery {
  package static let before = Span.minutes(30)

  /// Oldest first, by when they happened.
  package static func events(of incident: Incident, in journal: Journal) throws -> [Event] {
    let own = try journal.events(matching: EventQuery(incident: incident.key))
    guard let started = incident.started else { return own }
    let transitions = try journal.events(
      matching: EventQuery(
        kinds: transitionKinds, systems: Set(incident.systems), from: started - before,
        until: incident.resolved.map { $0 + .milliseconds(1) }))
    let ours = transitions.filter { $0.incident == nil }
    return (own + ours).sorted { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) }
  }

  private static let transitionKinds: Set<String> = [
    AlertFired.kind, AlertResolved.kind, AlertAcknowledged.kind, AlertUnacknowledged.kind,
    EndpointChanged.kind,
    SilenceSet.kind, SilenceExtended.kind, SilenceEnded.kind, MaintenanceBegan.kind, MaintenanceEnded.kind,
  ]
}
