import Alerting
import Incidents
import Values

/// Evaluating: which groups are due, and what they decide.
extension WatchedSystem {
  /// Evaluates the first group that is due, alone, so that the host can tell how long it took; nil when none is.
  mutating func evaluateNext(at now: Moment) -> [WatchEffect]? {
    for index in groups.indices {
      guard let time = groups[index].takeTurn(at: now) else { continue }
      return evaluate(index, at: time, now: now) + [.evaluated(system: folder.name, group: index)]
    }
    return nil
  }

  /// Evaluates every group, whatever its slots say.
  mutating func evaluateAll(at now: Moment) -> [WatchEffect] {
    guard restoring == nil, suspension == nil else { return [] }
    let judged = judgeAllWithheld(at: now)
    return judged
      + groups.indices.flatMap { index in
        groups[index].takeTurn(at: now, isForced: true).map { evaluate(index, at: $0, now: now) } ?? []
      }
  }

  private mutating func evaluate(_ index: Int, at time: Instant, now: Moment) -> [WatchEffect] {
    if let effects = evaluateRemotely(index, at: time, now: now) { return effects }
    if !isRemote(groups[index].group.definition) { groups[index].group.reins = reins }
    return take(groups[index].group.evaluate(at: time.milliseconds, in: &store), of: index, now: now)
  }

  /// Which alerts of the built-in rule stay as they are, by the names of their endpoints.
  private var reins: [String: Rein] {
    var reins: [String: Rein] = [:]
    for watched in endpoints where !watched.isCheck {
      if watched.monitor.blockedBy != nil || !watched.withheld.isEmpty {
        reins[watched.endpoint.name] = .quiet
      } else if watched.monitor.flapping.isOn {
        reins[watched.endpoint.name] = .firesOn
      }
    }
    return reins
  }

  /// What an evaluation of a group changed.
  mutating func take(_ result: GroupResult, of index: Int, now: Moment) -> [WatchEffect] {
    var fired: [AlertFired] = []
    var resolved: [AlertResolved] = []
    defer { tellAlertmanagers(at: now) }
    steps.soon(at: now)
    groups[index].failures = result.failures.map { RuleFailure(rule: $0.rule, reason: $0.reason) }
    for transition in result.transitions {
      switch transition.to {
      case .firing: fired.append(AlertFired(transition, system: folder.name))
      case .inactive where transition.from == .firing:
        resolved.append(AlertResolved(transition, system: folder.name))
      default: break
      }
    }
    let time = result.at
    if result.outcomes.isEmpty || result.outcomes.contains(where: { $0.error == nil }) {
      lastEvaluation = time
    }
    touch(isUrgent: !result.transitions.isEmpty)
    guard !fired.isEmpty || !resolved.isEmpty else { return [] }
    return [.record(RecordTransitions(fired: muted(fired, at: time), resolved: resolved, at: time))]
  }

  /// The host measured the last evaluation of a group, in seconds.
  mutating func note(_ seconds: Double, ofGroup index: Int) {
    guard groups.indices.contains(index) else { return }
    groups[index].took = seconds
  }
}

extension AlertFired {
  init(_ transition: AlertTransition, system: String) {
    let isMeasured = transition.rule != EndpointDown.name
    self.init(
      system: system, rule: transition.rule, labels: transition.labels.dictionary, level: transition.level,
      activeAt: transition.activeAt, value: isMeasured ? transition.value.finite : nil,
      sign: isMeasured ? transition.threshold?.sign : nil,
      threshold: isMeasured ? transition.threshold?.value.finite : nil, unit: transition.unit,
      summary: transition.summary,
      playbook: transition.playbook ?? transition.alert.annotations["runbook_url"], source: transition.source)
  }
}

extension AlertResolved {
  init(_ transition: AlertTransition, system: String) {
    let how: How =
      switch transition.end {
      case .noData: .noData
      case .ruleGone, .limit: .ruleGone
      case .recovered, nil: .recovered
      }
    self.init(
      system: system, rule: transition.rule, labels: transition.labels.dictionary,
      activeAt: transition.activeAt,
      value: transition.value.finite, unit: transition.unit, how: how)
  }
}

extension Double {
  /// Nil for NaN and infinities, which JSON has no number for.
  fileprivate var finite: Double? { isFinite ? self : nil }
}
