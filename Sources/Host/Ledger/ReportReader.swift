import Desk
import Foundation
import Incidents
import Journal
import Playbooks
import Retro
import Values

/// Reads from the journal all that an export says of one incident.
package enum ReportReader {
  /// - Throws: the journal's own failures.
  package static func report(of incident: Incident, in journal: Journal, at now: Instant) throws
    -> IncidentReport
  {
    let head = try journal.head()
    let events = try TimelineQuery.events(of: incident, in: journal)
    let runs = try incident.runs.compactMap { try journal.entity(Run.self, key: $0) }
    var wanted = Set(runs.flatMap { RunReport.wanted(of: $0) })
    wanted.formUnion(AttachedEvidence.all(in: events).filter { $0.retracted == nil }.map(\.fact.blob.sha256))
    var texts: [String: String] = [:]
    for digest in wanted {
      texts[digest] = try journal.blob(sha256: digest).map { String(decoding: $0, as: UTF8.self) }
    }
    let tickets = try journal.rows(CustomerImpact.query(of: incident.key)).rows.map { row in
      AffectedTicket(row.key, events: try journal.events(matching: EventQuery(ticket: row.key)))
    }
    let series = try EvidenceReading.charts(of: incident, events: events, in: journal, at: now)
    return IncidentReport(
      incident, events: events, texts: texts, runs: runs, tickets: tickets, charts: series.charts,
      chartRemarks: series.remarks,
      stamp: .init(journal: head.name, origin: head.origin, count: head.count, head: head.hash),
      zone: zone(of: events, of: incident, at: now), made: now)
  }

  /// The local zone from the first event to the last, with the changes that fell between.
  private static func zone(of events: [Event], of incident: Incident, at now: Instant) -> IncidentReport.Zone
  {
    let first = min(events.first?.occurred ?? now, incident.started ?? now)
    let last = max(events.last?.occurred ?? first, first)
    let began = Clock.zone(at: first)
    var changes: [IncidentReport.Zone.Change] = []
    var (at, name) = (first, began)
    while at < last, changes.count < longest {
      let next = min(at + .days(1), last)
      let then = Clock.zone(at: next)
      if then.offset != name.offset || then.name != name.name {
        changes.append(
          .init(at: change(after: at, until: next, to: then), offset: then.offset, name: then.name))
        name = then
      }
      at = next
    }
    return .init(offset: began.offset, name: began.name, changes: changes)
  }

  /// More changes of clocks than these are not looked for.
  private static let longest = 20

  /// The first whole second at which clocks show what they show at `end`.
  private static func change(
    after start: Instant, until end: Instant, to then: (offset: Int, name: String)
  ) -> Instant {
    var low = start.milliseconds.floorDivided(by: 1000)
    var high = end.milliseconds.floorDivided(by: 1000) + 1
    while high - low > 1 {
      let middle = low + (high - low) / 2
      let zone = Clock.zone(at: Instant(milliseconds: middle * 1000))
      if zone.offset == then.offset, zone.name == then.name { high = middle } else { low = middle }
    }
    return Instant(milliseconds: high * 1000)
  }
}
