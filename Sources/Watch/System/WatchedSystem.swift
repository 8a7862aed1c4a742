import Alerting
import Incidents
import Metrics
import Probes
import Systems
import Values

/// One system under watch: its endpoints, its series, which nobody else's rules see, and its alerts.
struct WatchedSystem: Sendable {
  private(set) var folder: SystemFolder
  private(set) var isTrusted: Bool
  var store = Store()
  var endpoints: [WatchedEndpoint] = []
  var groups: [WatchedGroup] = []
  var silences: [Silence] = [] {
    didSet {
      guard oldValue != silences else { return }
      muting.take(silences)
      touch()
    }
  }
  var muting = MutingState()
  /// When the watch over it began.
  let started: Instant
  /// Whether the journal was told which windows of maintenance take place.
  var hasRecordedMaintenance = false
  private(set) var problems: [String] = []
  private(set) var warnings: [String] = []
  /// Whether something changed since the last snapshot.
  var isDirty = true
  /// Whether that was more than another answer of the same kind: a state changed.
  var isUrgent = true
  var lastPublished: Instant?
  var lastEvaluation: Instant?

  /// Snapshots are at least this far apart: when a state changed, and when only figures did.
  static let publishing = (urgent: Span.milliseconds(100), routine: Span.milliseconds(500))

  init(_ folder: SystemFolder, isTrusted: Bool, at now: Instant) {
    self.folder = folder
    self.isTrusted = isTrusted
    started = now
    muting.take(folder, isFresh: true, at: now)
    // First polls are spread a little, so that a thousand do not start at once, yet a board fills at once.
    let window = min(Span.seconds(2), .milliseconds(Int64(folder.endpoints.count) * 10))
    endpoints = folder.endpoints.map { endpoint in
      WatchedEndpoint(
        endpoint, heldBack: endpoint.heldBack(isTrusted: isTrusted),
        first: now + Schedule.jitter(of: endpoint.name, within: window))
    }
    groups = folder.ruleGroups.map { group in
      WatchedGroup(
        RuleGroup(group, surroundings: folder.surroundings),
        schedule: Schedule(every: group.interval ?? folder.every, first: now + window + .seconds(1)))
    }
  }

  mutating func touch(isUrgent: Bool = true) {
    isDirty = true
    self.isUrgent = self.isUrgent || isUrgent
  }

  /// When the next snapshot may go out; nil when there is nothing new to show.
  var nextPublication: Instant? {
    guard isDirty, let lastPublished else { return nil }
    return lastPublished + (isUrgent ? Self.publishing.urgent : Self.publishing.routine)
  }

  mutating func reject(_ problems: [String]) {
    self.problems = problems
    touch()
  }

  mutating func warn(_ warnings: [String]) {
    self.warnings = warnings
    touch()
  }

  /// Takes up samples and timers from before a restart, and what the journal says is firing.
  mutating func restore(_ saved: SavedSystem?, firing: [Alert], at now: Instant) -> [WatchEffect] {
    if let saved { store.load(saved.series) }
    let stored = saved?.alerts ?? []
    // The journal's word comes last: a firing state is never lost to the disposable store, nor made by it.
    let pending = stored.filter { $0.state == .pending }
    let known = Dictionary(stored.map { (Key($0.rule, $0.labels), $0) }) { first, _ in first }
    let recorded = firing.compactMap { alert -> PersistedAlert? in
      guard let fact = alert.fired else { return nil }
      let labels = Labels(fact.labels)
      return PersistedAlert(
        group: known[Key(fact.rule, labels)]?.group, rule: fact.rule, labels: labels, state: .firing,
        activeAt: fact.activeAt, firedAt: alert.firedAt,
        keepFiringSince: known[Key(fact.rule, labels)]?.keepFiringSince, value: fact.value ?? .nan,
        annotations: known[Key(fact.rule, labels)]?.annotations ?? Self.annotations(of: fact), savedAt: now)
    }
    for index in groups.indices { groups[index].group.restore(pending + recorded, at: now) }
    let orphans = firing.compactMap(\.fired).filter { fact in
      !groups.contains { $0.group.hasAlert(named: fact.rule) }
    }
    guard !orphans.isEmpty else { return [] }
    let resolved = orphans.map {
      AlertResolved(
        system: $0.system, rule: $0.rule, labels: $0.labels, activeAt: $0.activeAt, value: nil, how: .ruleGone
      )
    }
    return [.record(RecordTransitions(resolved: resolved, at: now))]
  }

  private struct Key: Hashable {
    let rule: String
    let labels: Labels

    init(_ rule: String, _ labels: Labels) {
      self.rule = rule
      self.labels = labels
    }
  }

  private static func annotations(of fact: AlertFired) -> [String: String] {
    var annotations: [String: String] = [:]
    annotations["summary"] = fact.summary
    annotations["playbook"] = fact.playbook
    annotations["unit"] = fact.unit?.rawValue
    return annotations
  }

  /// Takes an edited folder: endpoints and alerts that are still there keep their states.
  mutating func reload(_ folder: SystemFolder, isTrusted: Bool, at now: Instant) -> [WatchEffect] {
    let known = Dictionary(endpoints.map { ($0.endpoint.name, $0) }) { first, _ in first }
    endpoints = folder.endpoints.map { endpoint in
      let held = endpoint.heldBack(isTrusted: isTrusted)
      return known[endpoint.name]?.redefined(endpoint, heldBack: held, at: now)
        ?? WatchedEndpoint(endpoint, heldBack: held, first: now)
    }
    var before = groups
    var ended: [AlertTransition] = []
    groups = folder.ruleGroups.map { definition in
      var made = RuleGroup(definition, surroundings: folder.surroundings)
      if let index = before.firstIndex(where: { $0.group.name == definition.name }) {
        ended += made.inherit(from: before.remove(at: index).group, at: now)
      }
      return WatchedGroup(
        made, schedule: Schedule(every: definition.interval ?? folder.every, first: now + .seconds(1)))
    }
    for index in before.indices {
      ended += before[index].group.ended(at: now)
      before[index].group.retire(at: now, in: &store)
    }
    self.folder = folder
    self.isTrusted = isTrusted
    muting.take(folder, isFresh: false, at: now)
    hasRecordedMaintenance = false
    problems = []
    warnings = []
    touch()
    let resolved = ended.filter { $0.from == .firing }.map { AlertResolved($0, system: folder.name) }
    return resolved.isEmpty ? [] : [.record(RecordTransitions(resolved: resolved, at: now))]
  }

  func nextDeadline(isWatched: Bool) -> Instant? {
    // By index: this is asked after every answer, and elements are large to copy.
    var earliest: Instant?
    func consider(_ deadline: Instant?) {
      guard let deadline else { return }
      earliest = earliest.map { min($0, deadline) } ?? deadline
    }
    for index in endpoints.indices { consider(endpoints[index].deadline) }
    for index in groups.indices { consider(groups[index].schedule.next) }
    consider(muting.nextChange)
    if isWatched, let nextPublication { consider(nextPublication) }
    return earliest
  }

  func hasSettled(rounds count: Int) -> Bool {
    endpoints.allSatisfy { !$0.isPolled || $0.rounds >= count }
  }

  func saved(since: Instant) -> SavedSystem {
    SavedSystem(
      series: store.export(since: since.milliseconds), alerts: groups.flatMap(\.group.persisted))
  }
}
