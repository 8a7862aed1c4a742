import Incidents
import Playbooks
import Values

/// Takes a period in piece by piece, and keeps of each incident, run and firing only what the statistics need.
package struct StatisticsGathering {
  package let from: Instant?
  package let until: Instant
  private var times: [IncidentTimes] = []
  private var open = OpenSpans()
  private var cadence = CadenceKept()
  private var cadences: [String: CadenceKept] = [:]
  private var alerts = AlertTally()
  private var steps = StepTally()
  private var spans: [String: [(key: String, span: IncidentSpan)]] = [:]
  private var series: [BudgetSeries] = []

  /// - Parameter from: incidents that started earlier are left out; nil is from the beginning.
  package init(from: Instant?, until: Instant) {
    self.from = from
    self.until = until
  }

  /// Whether the incident is of this period; one that was merged counts with the other.
  package func takes(_ incident: Incident) -> Bool {
    guard let started = incident.started, incident.merger == nil else { return false }
    return started <= until && from.map { started >= $0 } ?? true
  }

  /// - Parameter events: the incident's own, and its systems' transitions, in the order in which they happened.
  package mutating func add(_ incident: Incident, events: [Event]) {
    guard takes(incident) else { return }
    let updates = SentUpdate.all(in: events)
    let missed = incident.missedPromises(until: until).count
    cadence.add(updates, missed: missed)
    var own = CadenceKept()
    own.add(updates, missed: missed)
    if own.promised > 0 { cadences[incident.key] = own }
    if let one = IncidentTimes(incident, keyTimes: KeyTime.all(of: incident, events: events)) {
      times.append(one)
    }
  }

  /// To be told of every incident, also of those that count in another period: alerts of this one belong to them, too.
  package mutating func addSpan(of incident: Incident) {
    open.add(incident)
    // What was merged is told with the other.
    guard incident.merger == nil, let span = IncidentSpan(incident) else { return }
    for system in incident.systems { spans[system, default: []].append((incident.key, span)) }
  }

  /// What was counted for an objective, also before and after the period.
  package mutating func add(_ series: BudgetSeries) {
    self.series.append(series)
  }

  package mutating func add(_ run: Run) {
    steps.add(run)
  }

  /// Transitions and acknowledgements of alerts, in the order in which they happened.
  package mutating func receive(_ event: Event) {
    alerts.receive(event)
  }

  package var statistics: RetroStatistics {
    RetroStatistics(
      from: from, until: until, times, cadence: cadence, cadences: cadences,
      alerts: alerts.rows(open: open), steps: steps.rows, budgets: budgets)
  }

  private var budgets: [BudgetSpent] {
    series.compactMap { one in
      BudgetSpent(one, from: from, until: until, incidents: spans[one.system] ?? [])
    }.sorted { ($1.spent, $0.system, $0.title) < ($0.spent, $1.system, $1.title) }
  }
}
