import Alerting
import Incidents
import Values

/// Evaluating: which groups are due, and what they decide.
extension WatchedSystem {
  /// - Parameter isForced: evaluates every group, whatever its schedule says.
  mutating func evaluate(at now: Instant, isForced: Bool = false) -> [WatchEffect] {
    var fired: [AlertFired] = []
    var resolved: [AlertResolved] = []
    var didEvaluate = false
    var isUrgent = false
    for index in groups.indices where groups[index].schedule.takeTurn(at: now) || isForced {
      didEvaluate = true
      let result = groups[index].group.evaluate(at: now.milliseconds, in: &store)
      groups[index].lastEvaluation = now
      groups[index].failures = result.failures.map { RuleFailure(rule: $0.rule, reason: $0.reason) }
      isUrgent = isUrgent || !result.transitions.isEmpty
      for transition in result.transitions {
        switch transition.to {
        case .firing: fired.append(AlertFired(transition, system: folder.name))
        case .inactive where transition.from == .firing:
          resolved.append(AlertResolved(transition, system: folder.name))
        default: break
        }
      }
    }
    guard didEvaluate else { return [] }
    lastEvaluation = now
    touch(isUrgent: isUrgent)
    store.trim(before: (now - retention).milliseconds)
    guard !fired.isEmpty || !resolved.isEmpty else { return [] }
    return [.record(RecordTransitions(fired: muted(fired, at: now), resolved: resolved, at: now))]
  }

  /// An hour, or as long as the longest window of a rule.
  private var retention: Span {
    max(.hours(1), .milliseconds(groups.map(\.group.reach).max() ?? 0)) + .minutes(5)
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
      playbook: transition.playbook, source: transition.source)
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
      value: transition.value.finite, how: how)
  }
}

extension Double {
  /// Nil for NaN and infinities, which JSON has no number for.
  fileprivate var finite: Double? { isFinite ? self : nil }
}
