import Incidents
import Playbooks
import Values

/// Everything that an export says of one incident: the incident, its timeline, and which journal it was
/// read from, up to where.
package struct IncidentReport: Sendable {
  /// The journal as it was when the export was made; stamped into it, so that it can be held against the
  /// journal later.
  package struct Stamp: Codable, Equatable, Sendable {
    package let journal: String
    package let origin: String
    package let count: Int64
    package let head: String

    package init(journal: String, origin: String, count: Int64, head: String) {
      self.journal = journal
      self.origin = origin
      self.count = count
      self.head = head
    }
  }

  /// A local zone shown beside UTC: how far ahead it was, and its name.
  package struct Zone: Equatable, Sendable {
    package let offset: Int
    package let name: String

    package init(offset: Int, name: String) {
      self.offset = offset
      self.name = name
    }
  }

  package let incident: Incident
  package let events: [Event]
  package let timeline: Timeline
  package let stamp: Stamp
  package let zone: Zone
  package let made: Instant
  /// What somebody attached as evidence, and the texts by their digests; what is not there is not kept any more.
  package let evidence: [AttachedEvidence]
  let texts: [String: String]

  /// - Parameters:
  ///   - events: the incident's own, and its systems' transitions; in any order.
  ///   - texts: what evidence names, by digest.
  package init(
    _ incident: Incident, events: [Event], texts: [String: String] = [:], stamp: Stamp, zone: Zone,
    made: Instant
  ) {
    self.incident = incident
    self.texts = texts
    evidence = AttachedEvidence.all(in: events)
    self.events = events.sorted { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) }
    self.stamp = stamp
    self.zone = zone
    self.made = made
    timeline = Timeline(events)
  }
}
