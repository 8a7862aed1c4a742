import Comms
import Incidents
import Journal
import Playbooks
import Retro
import Values

/// Reads a period's statistics out of a journal, one incident, run and event at a time.
package enum StatisticsReader {
  /// Which incidents count.
  package struct Filter: Sendable {
    /// Incidents that started at or after; nil is from the beginning.
    package var since: Instant?
    package var until: Instant
    package var system: String?
    package var severity: Severity?

    package init(since: Instant? = nil, until: Instant, system: String? = nil, severity: Severity? = nil) {
      self.since = since
      self.until = until
      self.system = system
      self.severity = severity
    }

    fileprivate func takes(_ incident: Incident) -> Bool {
      (severity.map { $0 == incident.severity } ?? true)
        && (system.map { incident.systems.contains($0) } ?? true)
    }
  }

  /// With a system its alerts, its budgets and its incidents' runs alone count; with a severity alerts and budgets are
  /// left out, for they have none of that kind.
  ///
  /// - Parameter series: what was counted for objectives.
  package static func statistics(
    _ filter: Filter, from journal: Journal, series: [BudgetSeries] = []
  ) throws -> RetroStatistics {
    var gathering = StatisticsGathering(from: filter.since, until: filter.until)
    var taken: Set<String> = []
    try journal.visit(Incident.self) { incident in
      gathering.addSpan(of: incident)
      guard gathering.takes(incident), filter.takes(incident) else { return }
      taken.insert(incident.key)
      gathering.add(incident, events: try events(of: incident, in: journal))
    }
    try journal.visit(Run.self) { run in
      guard let began = run.startedAt, began <= filter.until, filter.since.map({ began >= $0 }) ?? true
      else { return }
      let isNarrow = filter.system != nil || filter.severity != nil
      if run.incident.map(taken.contains) ?? !isNarrow { gathering.add(run) }
    }
    if filter.severity == nil {
      let query = EventQuery(
        kinds: [AlertFired.kind, AlertAcknowledged.kind, AlertResolved.kind],
        systems: filter.system.map { [$0] } ?? [], from: filter.since,
        until: filter.until + .milliseconds(1))
      try journal.visit(query) { gathering.receive($0) }
      for one in series where filter.system.map({ $0 == one.system }) ?? true { gathering.add(one) }
    }
    return gathering.statistics
  }

  /// Those by which it is measured, in the order in which they happened.
  private static func events(of incident: Incident, in journal: Journal) throws -> [Event] {
    var events = try journal.events(
      matching: EventQuery(
        incident: incident.key,
        kinds: [
          AlertAcknowledged.kind, IncidentRoleTaken.kind, IncidentStatusChanged.kind, UpdateSent.kind,
        ]))
    if let started = incident.started, !incident.systems.isEmpty {
      let transitions = try journal.events(
        matching: EventQuery(
          kinds: [AlertFired.kind, AlertAcknowledged.kind], systems: Set(incident.systems),
          from: started - TimelineQuery.before, until: incident.closed.map { $0 + .milliseconds(1) }))
      events += transitions.filter { $0.incident == nil }
    }
    return events.sorted { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) }
  }
}
