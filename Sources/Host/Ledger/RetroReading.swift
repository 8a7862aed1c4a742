import Incidents
import Journal
import Playbooks
import Retro
import Values

/// Reads retros and comparisons for screen 7.
package enum RetroReading {
  package static func comparison(
    of left: String, and right: String, in journal: Journal, at now: Instant
  ) throws -> IncidentComparison {
    let head = try journal.head()
    func read(_ key: String) throws -> (IncidentReport, [Run]) {
      guard let incident = try journal.entity(Incident.self, key: key), incident.declared != nil else {
        throw Refusal("There is no incident \(key).")
      }
      let runs = try incident.runs.compactMap { try journal.entity(Run.self, key: $0) }
      return (try report(of: incident, in: journal, head: head, at: now), runs)
    }
    let (a, ofA) = try read(left)
    let (b, ofB) = try read(right)
    return IncidentComparison(a, runs: ofA, b, runs: ofB)
  }

  /// The retro of an incident as it would be written now.
  package static func markdown(of key: String, in journal: Journal, at now: Instant) throws -> String {
    guard let incident = try journal.entity(Incident.self, key: key), incident.declared != nil else {
      throw Refusal("There is no incident \(key).")
    }
    return try report(of: incident, in: journal, head: journal.head(), at: now).markdown
  }

  private static func report(
    of incident: Incident, in journal: Journal, head: Head, at now: Instant
  ) throws -> IncidentReport {
    let zone = Clock.zone(at: incident.started ?? now)
    return IncidentReport(
      incident, events: try TimelineQuery.events(of: incident, in: journal),
      stamp: .init(journal: head.name, origin: head.origin, count: head.count, head: head.hash),
      zone: .init(offset: zone.offset, name: zone.name), made: now)
  }
}
