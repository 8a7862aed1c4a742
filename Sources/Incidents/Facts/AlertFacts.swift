import Values

/// An alert began to fire.
package struct AlertFired: Fact {
  package static let kind = "alert.fired"
  package let system: String
  package let rule: String
  package let labels: [String: String]
  package let level: Level
  /// When its condition began to hold; it fires after the rule's `for`.
  package let activeAt: Instant
  package let value: Double?
  /// `>= 0.05` split into its two parts.
  package let sign: String?
  package let threshold: Double?
  package let unit: Figure.Unit?
  package let summary: String?
  /// The playbook, and section, that its annotation names: `high-error-rate`.
  package let playbook: String?
  /// `rules.yaml:41`, or `built in`.
  package let source: String?
  /// What kept it from being heard when it began to fire: `silence SIL-3`, `maintenance Patch night`,
  /// `inhibited by DatabaseDown`; nil when nothing did.
  package var mutedBy: String?

  package init(
    system: String, rule: String, labels: [String: String], level: Level, activeAt: Instant, value: Double?,
    sign: String?, threshold: Double?, unit: Figure.Unit?, summary: String?, playbook: String?,
    source: String?, mutedBy: String? = nil
  ) {
    self.mutedBy = mutedBy
    self.system = system
    self.rule = rule
    self.labels = labels
    self.level = level
    self.activeAt = activeAt
    self.value = value
    self.sign = sign
    self.threshold = threshold
    self.unit = unit
    self.summary = summary
    self.playbook = playbook
    self.source = source
  }

  package var identity: AlertIdentity { AlertIdentity(system: system, rule: rule, labels: labels) }
}

/// An alert no longer fires.
package struct AlertResolved: Fact {
  package static let kind = "alert.resolved"

  /// No data is not good news: it is told apart from a recovery.
  package enum How: String, Codable, Sendable {
    case recovered
    case noData = "no_data"
    case ruleGone = "rule_gone"
    case maintenance
  }

  package let system: String
  package let rule: String
  package let labels: [String: String]
  package let activeAt: Instant
  package let value: Double?
  /// Of the value; nil also in events of before it was kept.
  package let unit: Figure.Unit?
  package let how: How

  package init(
    system: String, rule: String, labels: [String: String], activeAt: Instant, value: Double?,
    unit: Figure.Unit? = nil, how: How
  ) {
    self.system = system
    self.rule = rule
    self.labels = labels
    self.activeAt = activeAt
    self.value = value
    self.unit = unit
    self.how = how
  }

  package var identity: AlertIdentity { AlertIdentity(system: system, rule: rule, labels: labels) }
}

/// Somebody took an alert in hand.
package struct AlertAcknowledged: Fact {
  package static let kind = "alert.acknowledged"
  package let system: String
  package let rule: String
  package let labels: [String: String]
  package let activeAt: Instant
  package let reason: String?
  /// From then on nobody has it in hand, whether the engine has said so or not; nil is until it ends.
  package let until: Instant?

  package var identity: AlertIdentity { AlertIdentity(system: system, rule: rule, labels: labels) }
}

/// Nobody has an alert in hand any more.
package struct AlertUnacknowledged: Fact {
  package static let kind = "alert.unacknowledged"
  package let system: String
  package let rule: String
  package let labels: [String: String]
  package let activeAt: Instant
  package let reason: String?
  /// Whose acknowledgement ran out by itself; nil when somebody took it back.
  package let lapsed: String?

  package init(
    system: String, rule: String, labels: [String: String], activeAt: Instant, reason: String?,
    lapsed: String? = nil
  ) {
    self.system = system
    self.rule = rule
    self.labels = labels
    self.activeAt = activeAt
    self.reason = reason
    self.lapsed = lapsed
  }

  package var identity: AlertIdentity { AlertIdentity(system: system, rule: rule, labels: labels) }
}
