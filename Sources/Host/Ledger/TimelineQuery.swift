import Incidents
import Journal
import Playbooks
import Values

/// The events of one incident's timeline: its own, what was written in incidents that were merged into it, and
/// its systems' transitions from half an hour before its start until it is closed (DESIGN section 11).
///
/// Its systems are those that it names now: one that was added brings its transitions from before, too.
package enum TimelineQuery {
  package static let before = Span.minutes(30)

  /// Oldest first, by when they happened.
  package static func events(of incident: Incident, in journal: Journal) throws -> [Event] {
    var events = try journal.events(matching: EventQuery(incident: incident.key))
    var seen: Set<String> = [incident.key]
    // Of several incidents they are in no order yet.
    let absorbed = try written(in: incident.absorbed, seen: &seen, journal)
    events = merged(events, absorbed.sorted { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) })
    if let started = incident.started, !incident.systems.isEmpty {
      let transitions = try journal.events(
        matching: EventQuery(
          kinds: transitionKinds, systems: Set(incident.systems), from: started - before,
          until: incident.closed.map { $0 + .milliseconds(1) }))
      events = merged(events, transitions.filter { $0.incident == nil })
    }
    return events
  }

  /// Two lists in the order of a journal as one. O(n): sorting all of a long incident takes longer than reading it.
  private static func merged(_ left: [Event], _ right: [Event]) -> [Event] {
    guard !left.isEmpty, !right.isEmpty else { return left + right }
    var all: [Event] = []
    all.reserveCapacity(left.count + right.count)
    var (one, other) = (0, 0)
    while one < left.count, other < right.count {
      // Their times alone: a copy of both costs more than the comparison.
      let (a, b) = (left[one].occurred, right[other].occurred)
      if a < b || a == b && left[one].seq <= right[other].seq {
        all.append(left[one])
        one += 1
      } else {
        all.append(right[other])
        other += 1
      }
    }
    return all + left[one...] + right[other...]
  }

  /// What people wrote in these incidents and in those that were merged into them before, with what was said
  /// of it later.
  private static func written(
    in keys: [String], seen: inout Set<String>, _ journal: Journal
  ) throws -> [Event] {
    var events: [Event] = []
    for key in keys where seen.insert(key).inserted {
      let all = try journal.events(
        matching: EventQuery(incident: key, kinds: writtenKinds.union(markKinds)))
      let written = Set(all.filter { writtenKinds.contains($0.kind) }.map(\.id))
      events += all.filter { event in
        writtenKinds.contains(event.kind) || target(of: event).map(written.contains) ?? false
      }
      let further = try journal.entity(Incident.self, key: key)?.absorbed ?? []
      events += try self.written(in: further, seen: &seen, journal)
    }
    return events
  }

  private static func target(of event: Event) -> String? {
    event.fact(EventPinned.self)?.target ?? event.fact(EventAmended.self)?.target
      ?? event.fact(EventRetracted.self)?.target
  }

  private static let writtenKinds: Set<String> = [
    NoteAdded.kind, IncidentDecided.kind, EvidenceAttached.kind,
  ]

  private static let markKinds: Set<String> = [EventPinned.kind, EventAmended.kind, EventRetracted.kind]

  private static let transitionKinds: Set<String> = [
    AlertFired.kind, AlertResolved.kind, AlertAcknowledged.kind, AlertUnacknowledged.kind,
    EndpointChanged.kind, RemoteChanged.kind, OccasionTold.kind,
    SilenceSet.kind, SilenceExtended.kind, SilenceEnded.kind, MaintenanceBegan.kind, MaintenanceEnded.kind,
  ]
}
