import Alerting
import Incidents
import Metrics
import Probes
import Values

/// What waits while the samples and timers of before are read.
struct Restoring: Sendable {
  /// The alerts of our own rules that fire, in the journal's words.
  let firing: [Alert]
  /// They are not waited for longer than this: a disk that hangs must not keep rules from being evaluated.
  let until: Uptime
  /// What endpoints answered meanwhile: their samples are later than those that are read.
  var observations: [Observation] = []
}

/// Going on after a restart.
extension WatchedSystem {
  /// Takes up samples and timers from before a restart, and what the journal says is firing.
  mutating func restore(_ saved: SavedSystem?, firing: [Alert], at moment: Moment) -> [WatchEffect] {
    let local = restoreRemotes(firing)
    takeUp(saved, firing: local, at: moment.wall)
    return endOrphans(of: local, at: moment.wall)
  }

  /// Takes up what the journal says is firing; rules wait until samples and timers are ``restored(_:at:)``.
  mutating func begin(firing: [Alert], at moment: Moment) -> [WatchEffect] {
    let local = restoreRemotes(firing)
    restoring = Restoring(firing: local, until: moment.uptime + Self.longestReading)
    takeUp(nil, firing: local, at: moment.wall)
    return endOrphans(of: local, at: moment.wall)
  }

  /// How long samples and timers of before are waited for.
  static let longestReading = Span.seconds(10)

  /// Goes on without what is still being read when that takes too long.
  mutating func restoreIfLate(at moment: Moment) -> [WatchEffect] {
    guard let restoring, restoring.until <= moment.uptime else { return [] }
    restored(nil, at: moment)
    return [
      .notice(
        "\(folder.name): metrics.db was not read within \(Self.longestReading.short), so rules begin without the"
          + " samples and timers of before; look at the disk that holds it.")
    ]
  }

  /// Takes up samples and timers from before a restart, and behind them what was observed meanwhile.
  mutating func restored(_ saved: SavedSystem?, at moment: Moment) {
    guard let waited = restoring else { return }
    restoring = nil
    takeUp(saved, firing: waited.firing, at: moment.wall)
    // After the clock was set back meanwhile, what lies ahead of it would keep new samples out.
    for observation in waited.observations where observation.at <= moment.wall {
      guard let index = place(of: observation.endpoint) else { continue }
      endpoints[index].take(observation, in: &store)
    }
    touch()
  }

  private mutating func takeUp(_ saved: SavedSystem?, firing local: [Alert], at now: Instant) {
    if let saved {
      store = saved.store
      // The clock was set back while nobody watched: what lies ahead would keep new samples out.
      let isAhead = store.select([]).contains { (store.last(of: $0)?.t ?? .min) > now.milliseconds }
      if isAhead { forgetAhead(of: now) }
    }
    let stored = saved?.alerts ?? []
    // The journal's word comes last: a firing state is never lost to the disposable store, nor made by it.
    let pending = stored.filter { $0.state == .pending }
    let known = Dictionary(stored.map { (Key($0.rule, $0.labels), $0) }) { first, _ in first }
    let recorded = local.compactMap { alert -> PersistedAlert? in
      guard let fact = alert.fired else { return nil }
      let labels = Labels(fact.labels)
      return PersistedAlert(
        group: known[Key(fact.rule, labels)]?.group, rule: fact.rule, labels: labels, state: .firing,
        activeAt: fact.activeAt, firedAt: alert.firedAt,
        keepFiringSince: known[Key(fact.rule, labels)]?.keepFiringSince, value: fact.value ?? .nan,
        annotations: known[Key(fact.rule, labels)]?.annotations ?? Self.annotations(of: fact), savedAt: now)
    }
    for index in groups.indices { groups[index].group.restore(pending + recorded, at: now) }
  }

  /// The end of alerts that fire and have no rule any more.
  private func endOrphans(of local: [Alert], at now: Instant) -> [WatchEffect] {
    let orphans = local.compactMap(\.fired).filter { fact in
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
}
