import Metrics
import Values

/// Alert states across restarts and reloads.
extension RuleGroup {
  /// Every pending and firing alert as of the last evaluation, to be stored.
  package var persisted: [PersistedAlert] {
    guard let evaluatedAt else { return [] }
    return states.flatMap { state in
      state.active.values.filter { $0.state != .inactive }.sorted { $0.labels < $1.labels }.map { alert in
        PersistedAlert(
          group: name, rule: state.rule.name, labels: alert.labels, state: alert.state,
          activeAt: Instant(milliseconds: alert.activeAt),
          firedAt: alert.firedAt.map(Instant.init(milliseconds:)),
          keepFiringSince: alert.keepFiringSince.map(Instant.init(milliseconds:)), value: alert.value,
          annotations: alert.annotations, savedAt: evaluatedAt)
      }
    }
  }

  /// Takes up the alerts that were stored before a restart. A firing one stays firing, and missing data does not
  /// end it until its series had time to come back; a pending one keeps the time that it has spent.
  ///
  /// Alerts of other groups are left alone. Restored twice, the last counts: give the stored ones first and
  /// then those that the journal says are firing.
  ///
  /// - Returns: alerts of this group for which it has no rule any more: they are over (``AlertEnd/ruleGone``).
  @discardableResult
  package mutating func restore(
    _ alerts: [PersistedAlert], at now: Instant, by formula: PendingRestore = PendingRestore()
  ) -> [PersistedAlert] {
    var gone: [PersistedAlert] = []
    for alert in alerts where alert.group == name || (alert.group == nil && hasAlert(named: alert.rule)) {
      guard let index = indexOfRule(for: alert) else {
        gone.append(alert)
        continue
      }
      let rule = states[index].rule
      var active = ActiveAlert(
        labels: alert.labels, annotations: alert.annotations, state: alert.state, value: alert.value,
        activeAt: alert.activeAt.milliseconds, firedAt: alert.firedAt?.milliseconds,
        keepFiringSince: alert.keepFiringSince?.milliseconds)
      let wait = max(300_000, definition.reach)
      active.graceUntil = now.milliseconds.addingSaturating(wait)
      if alert.state == .pending {
        active.activeAt =
          formula.activeAt(
            stored: alert.activeAt, down: alert.savedAt, now: now, hold: rule.hold, fresh: now
          ).milliseconds
      }
      states[index].active[alert.labels] = active
    }
    return gone
  }

  /// Of rules with the same name the one whose fixed labels the alert has.
  private func indexOfRule(for alert: PersistedAlert) -> Int? {
    let named = states.indices.filter { states[$0].rule.isAlerting && states[$0].rule.name == alert.rule }
    let fitting = named.filter { index in
      states[index].rule.labels.allSatisfy { label in
        label.template?.isConstant == false || (alert.labels[label.name] ?? "") == label.text
      }
    }
    // Two rules can differ in nothing but their matchers, as those of EndpointDown do.
    return fitting.first { states[$0].rule.expr.couldYield(alert.labels) } ?? fitting.first
  }

  /// Takes over the alerts of the same rules of the same group before a reload: first rules with the same expression, then those
  /// with the same name and labels, in order.
  ///
  /// - Returns: the alerts that were firing or pending under rules that are no more, as transitions.
  @discardableResult
  package mutating func inherit(from old: RuleGroup, at now: Instant) -> [AlertTransition] {
    var left = Array(old.states.indices)
    for requiresExpr in [true, false] {
      for index in states.indices where states[index].active.isEmpty && states[index].written.isEmpty {
        let match = left.first { candidate in
          old.states[candidate].identity == states[index].identity
            && (!requiresExpr || old.states[candidate].rule.source == states[index].rule.source)
        }
        guard let match else { continue }
        left.removeAll { $0 == match }
        takeOver(old.states[match], into: index)
      }
    }
    return left.flatMap { old.ended(ofRule: $0, at: now) }
  }

  /// What fires goes on firing, as in Prometheus, even if it would not yet by a longer `for`: the journal says that it
  /// does, and nobody said that it ended.
  private mutating func takeOver(_ old: RuleState, into index: Int) {
    states[index].active = old.active
    states[index].written = old.written
    states[index].round = old.round
  }

  /// What becomes of this group's alerts when the whole group is gone from the rules.
  package func ended(at now: Instant) -> [AlertTransition] {
    states.indices.flatMap { ended(ofRule: $0, at: now) }
  }

  private func ended(ofRule index: Int, at now: Instant) -> [AlertTransition] {
    states[index].active.values.filter { $0.state != .inactive }.sorted { $0.labels < $1.labels }.map {
      var alert = $0
      let from = alert.state
      alert.state = .inactive
      alert.resolvedAt = now.milliseconds
      return AlertTransition(
        alert: instance(alert, of: states[index].rule), from: from, to: .inactive, at: now, end: .ruleGone)
    }
  }

  /// Ends the series that the group wrote, once it is gone from the rules.
  package mutating func retire(at now: Instant, in store: inout Store) {
    for index in states.indices {
      store.markStale(states[index].written.sorted(), t: now.milliseconds)
      states[index].written = []
    }
  }
}
