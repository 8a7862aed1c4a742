import Alerting
import Incidents
import Metrics
import PromQL
import Values

/// What rules would have done over a past: when each alert fires, by how much that differs from what it really did,
/// and how often it fires for nothing.
package struct Backtest: Equatable, Sendable {
  package static let schema = "midwatch.backtest/1"

  /// What is to be tried.
  package struct Request: Sendable {
    package var groups: [GroupDefinition]
    package var source: BacktestSource
    /// Between two evaluations of groups that name no interval.
    package var every: Span
    /// The incidents of the time; a firing that touches none of them is false.
    package var incidents: [PastIncident]
    /// The incident that the answer is about first, by its key.
    package var incident: String?
    /// Whose series they are; nil: whatever fired in an incident counts.
    package var system: String?
    package var sweeps: [Sweep.Request]
    /// Every group at ``every``, whatever it says, as unit tests have it.
    package var isFixed = false

    package init(
      groups: [GroupDefinition], source: BacktestSource, every: Span = .seconds(30),
      incidents: [PastIncident] = [], incident: String? = nil, system: String? = nil,
      sweeps: [Sweep.Request] = []
    ) {
      self.groups = groups
      self.source = source
      self.every = every
      self.incidents = incidents
      self.incident = incident
      self.system = system
      self.sweeps = sweeps
    }
  }

  /// How an alert would have met an incident.
  package struct Meeting: Equatable, Sendable {
    package let incident: String
    package let started: Instant
    /// When it would have fired first; nil: not at all.
    package let fires: Instant?
    /// When it really did.
    package let fired: Instant?

    /// Negative: earlier than it really did.
    package var thanFired: Span? { fires.flatMap { fires in fired.map { fires - $0 } } }
    /// Negative: before the incident started.
    package var thanStarted: Span? { fires.map { $0 - started } }
  }

  /// One alerting rule.
  package struct Row: Equatable, Sendable {
    package let group: String
    package let rule: String
    package let threshold: Threshold?
    package let unit: Figure.Unit
    package let tally: FiringTally
    /// One for each incident of the time, in their order.
    package let meetings: [Meeting]
    /// In the order of time.
    package let firings: [FiringSpan]
  }

  package let from: Instant
  package let until: Instant
  package let system: String?
  package let incidents: [PastIncident]
  package let incident: String?
  package let evaluations: Int
  /// In the order of the rules.
  package let rows: [Row]
  package let sweeps: [Sweep]
  package let failures: [ReplayFailure]
  /// What a reader has to know, as whole sentences.
  package let remarks: [String]

  /// The incident that it is about first.
  package var subject: PastIncident? { incidents.first { $0.key == incident } }

  /// Tries the rules; expensive, so never on a thread that somebody waits for.
  ///
  /// - Parameter isCancelled: asked now and then; true ends it with a refusal.
  package static func run(
    _ request: Request, isCancelled: () -> Bool = { false }
  ) throws(Refusal) -> Backtest {
    guard request.source.from <= request.source.until else {
      throw Refusal("There are no samples to try the rules on.")
    }
    let (source, groups) = request.source.prepared(for: request.groups)
    var replay = Replay(groups, over: source, every: request.every, isFixed: request.isFixed)
    try replay.run(isCancelled: isCancelled)
    var sweeps: [Sweep] = []
    for one in request.sweeps {
      sweeps.append(
        try Sweep.run(one, groups: groups, over: source, of: request, isCancelled: isCancelled))
    }
    var remarks = source.remarks + Self.bounded(Self.remarks(groups, source))
    if request.incidents.isEmpty {
      remarks.append("No incident of the journal lies in this time, so nothing says which firing is false.")
    }
    return Backtest(
      from: source.from, until: source.until, system: request.system, incidents: request.incidents,
      incident: request.incident, evaluations: replay.evaluations,
      rows: rows(groups, replay.firings, source, request), sweeps: sweeps, failures: replay.failures,
      remarks: remarks)
  }

  private static func rows(
    _ groups: [GroupDefinition], _ firings: [FiringSpan], _ source: BacktestSource, _ request: Request
  ) -> [Row] {
    var rows: [Row] = []
    let byRule = Dictionary(grouping: firings) { [$0.group, $0.rule] }
    var seen: Set<[String]> = []
    for group in groups {
      for rule in group.rules where rule.isAlerting && seen.insert([group.name, rule.name]).inserted {
        let firings = byRule[[group.name, rule.name]] ?? []
        var tally = FiringTally(incidents: request.incidents, end: source.until)
        for firing in firings { tally.add(from: firing.from, until: firing.until) }
        rows.append(
          Row(
            group: group.name, rule: rule.name, threshold: rule.threshold, unit: rule.shownUnit, tally: tally,
            meetings: tally.meetings(of: rule.name, in: request.system), firings: firings))
      }
    }
    return rows
  }

  /// The most remarks about rules; a file of hundreds over the wrong data would bury the answer.
  private static let mostRemarks = 20

  /// Each once.
  private static func bounded(_ remarks: [String]) -> [String] {
    var seen: Set<String> = []
    let unique = remarks.filter { seen.insert($0).inserted }
    guard unique.count > mostRemarks else { return unique }
    return unique.prefix(mostRemarks) + ["\(unique.count - mostRemarks) more such remarks are left out."]
  }

  /// Which rules look back further than the data reach, or at series that are not there.
  private static func remarks(_ groups: [GroupDefinition], _ source: BacktestSource) -> [String] {
    let written = Set(groups.flatMap(\.rules).filter { !$0.isAlerting }.map(\.name))
    var first: Int64?
    var remarks: [String] = []
    for id in source.store.select([]) {
      guard let labels = source.store.labels(of: id), !written.contains(labels[.metricName] ?? ""),
        let point = source.store.first(of: id)
      else { continue }
      first = min(first ?? point.t, point.t)
    }
    let depth = source.from.milliseconds.subtractingSaturating(first ?? source.from.milliseconds)
    for rule in groups.flatMap(\.rules) {
      let uses = rule.expr.selectors
      let reach = uses.compactMap(\.reach).max() ?? 0
      if reach > max(depth, 300_000) {
        remarks.append(
          "\(rule.name) looks back \(Span.milliseconds(reach).prometheus), and the data begin "
            + "\(Span.milliseconds(depth).prometheus) before the first evaluation: "
            + "what it says at first is said of less.")
      }
      for use in uses where source.store.select(use.selector.matchers).isEmpty {
        let name = use.selector.metricName ?? ""
        if written.contains(name) || name == "ALERTS" || name == "ALERTS_FOR_STATE" { continue }
        remarks.append("\(rule.name) asks for \(use.selector.bareText), which is not in the data.")
      }
    }
    return remarks
  }
}

extension Rule {
  /// As its annotation says it, else as its metric does.
  var shownUnit: Figure.Unit { annotation("unit").flatMap(Figure.Unit.init) ?? unit }
}

extension Selector {
  /// Without offset and `@`: `up{job="api"}`.
  package var bareText: String {
    let name = metricName.flatMap { Labels.isClassicMetricName($0) ? $0 : nil }
    let rest = matchers.filter { name == nil || $0.name != .metricName || $0.op != .equal }
    let inner = rest.map(\.description).joined(separator: ",")
    return (name ?? "") + (inner.isEmpty && name != nil ? "" : "{\(inner)}")
  }
}

extension Store {
  /// The oldest point of a series.
  fileprivate func first(of id: SeriesID) -> Point? { samples(id, after: .min, through: .max).first }
}
