import Comms
import Incidents
import Playbooks
import Values

/// What whoever takes an incident over has to know, the most pressing first: read off the same events that
/// everybody sees, so that nothing depends on what the one who leaves remembers.
package struct HandOver: Sendable {
  /// Where the journal stood.
  package typealias Head = RecordStamp

  /// What is known of an incident beside itself; what is of other incidents is left out.
  package struct Sources: Sendable {
    package var runs: [Run] = []
    package var drafts: [Draft] = []
    package var deliveries: [DeliveryRecord] = []
    package var alerts: [Alert] = []
    package var silences: [Silence] = []
    /// The incident's own, and its systems' transitions; in any order.
    package var events: [Event] = []

    package init() {}
  }

  package let incident: Incident
  package let made: Instant
  package let head: Head?
  /// Roles that its systems know, in their order.
  let knownRoles: [String]
  let runs: [Run]
  let drafts: [Draft]
  /// Those that have not arrived.
  let deliveries: [DeliveryRecord]
  let alerts: [Alert]
  let silences: [Silence]
  let events: [Event]

  package init(
    _ incident: Incident, from sources: Sources, roles: [String] = [], head: Head?, made: Instant
  ) {
    self.incident = incident
    self.made = made
    self.head = head
    knownRoles = roles
    runs = sources.runs.filter { $0.incident == incident.key }
    drafts = sources.drafts.filter { $0.incident == incident.key }
    deliveries = sources.deliveries.filter { $0.incident == incident.key && $0.isOpen }
    alerts = sources.alerts.filter { $0.isFiring && incident.systems.contains($0.identity?.system ?? "") }
    silences = sources.silences.filter { silence in
      silence.isActive(at: made) && incident.systems.contains(silence.fact?.system ?? "")
    }
    events = sources.events.sorted { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) }
  }
}
