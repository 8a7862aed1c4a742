import Incidents
import Playbooks
import Values

/// What a period's incidents come to: every measure with its points, cadence, alerts and steps.
package struct RetroStatistics: Equatable, Sendable {
  package static let schema = "midwatch.retro_stats/1"

  /// One measure over the incidents of a group.
  package struct Row: Equatable, Sendable {
    package let measure: Measure
    /// The key times between which it lies.
    package let from: String
    package let to: String
    package let distribution: Distribution
  }

  /// Incidents that are measured together.
  package struct Group: Equatable, Sendable {
    /// Nil: of all systems.
    package let system: String?
    /// Nil: of all severities.
    package let severity: Severity?
    package let incidents: Int
    package let rows: [Row]
  }

  package let from: Instant?
  package let until: Instant
  package let incidents: [IncidentTimes]
  /// All of them first, then each severity, then each system, then each severity of each system.
  package let groups: [Group]
  package let cadence: CadenceKept
  /// The same of each incident that promised something.
  package let cadences: [String: CadenceKept]
  package let alerts: [AlertQuality]
  package let steps: [StepQuality]
  /// Of the objectives whose series are kept, the one that spent most first.
  package let budgets: [BudgetSpent]
  /// Times in the wrong order, as sentences.
  package let disorder: [String]

  /// - Parameters:
  ///   - from: incidents that started earlier are left out; nil is from the beginning.
  ///   - transitions: of alerts, in the order in which they happened.
  package init(
    _ reports: [IncidentReport], runs: [Run], transitions: [Event], from: Instant? = nil, until: Instant
  ) {
    var gathering = StatisticsGathering(from: from, until: until)
    for report in reports {
      gathering.addSpan(of: report.incident)
      gathering.add(report.incident, events: report.events)
    }
    for run in runs { gathering.add(run) }
    for event in transitions { gathering.receive(event) }
    self = gathering.statistics
  }

  init(
    from: Instant?, until: Instant, _ times: [IncidentTimes], cadence: CadenceKept,
    cadences: [String: CadenceKept], alerts: [AlertQuality], steps: [StepQuality], budgets: [BudgetSpent] = []
  ) {
    let times = times.sorted { ($0.started, $0.incident) < ($1.started, $1.incident) }
    self.from = from
    self.until = until
    incidents = times
    groups = Self.groups(times)
    self.cadence = cadence
    self.alerts = alerts
    self.steps = steps
    self.budgets = budgets
    self.cadences = cadences
    disorder = times.flatMap(\.disorder)
  }

  private static func groups(_ times: [IncidentTimes]) -> [Group] {
    let severities = Severity.allCases.filter { severity in times.contains { $0.severity == severity } }
    let systems = Set(times.flatMap(\.systems)).sorted()
    var groups = [group(nil, nil, times)]
    if severities.count > 1 { groups += severities.map { group(nil, $0, times) } }
    if systems.count > 1 { groups += systems.map { group($0, nil, times) } }
    if severities.count > 1, systems.count > 1 {
      groups += systems.flatMap { system in severities.map { group(system, $0, times) } }
    }
    return groups.filter { $0.incidents > 0 }
  }

  private static func group(_ system: String?, _ severity: Severity?, _ times: [IncidentTimes]) -> Group {
    let own = times.filter { time in
      (system.map { time.systems.contains($0) } ?? true) && (severity.map { $0 == time.severity } ?? true)
    }
    let rows = Measure.allCases.compactMap { measure in
      Distribution(own.compactMap { $0.times[measure] }).map {
        Row(measure: measure, from: measure.ends.from, to: measure.ends.to, distribution: $0)
      }
    }
    return Group(system: system, severity: severity, incidents: own.count, rows: rows)
  }
}
