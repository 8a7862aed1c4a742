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

  package init(
    system: String, rule: String, labels: [String: String], level: Level, activeAt: Instant, value: Double?,
    sign: String?, threshold: Double?, unit: Figure.Unit?, summary: String?, playbook: String?,
    source: String?
  ) {
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
  package let how: How

  package init(
    system: String, rule: String, labels: [String: String], activeAt: Instant, value: Double?, how: How
  ) {
    self.system = system
    self.rule = rule
    self.labels = labels
    self.activeAt = activeAt
    self.value = value
    self.how = how
  }

  package var identity: AlertIdentity { AlertIdentity(system: system, rule: rule, labels: labels) }
}

package struct AlertAcknowledged: Fact {
  package static let kind = "alert.acknowledged"
  package let system: String
  package let rule: String
  package let labels: [String: String]
  package let activeAt: Instant
  package let reason: String?
  package let until: Instant?

  package var identity: AlertIdentity { AlertIdentity(system: system, rule: rule, labels: labels) }
}

package struct AlertUnacknowledged: Fact {
  package static let kind = "alert.unacknowledged"
  package let system: String
  package let rule: String
  package let labels: [String: String]
  package let activeAt: Instant
  package let reason: String?

  package var identity: AlertIdentity { AlertIdentity(system: system, rule: rule, labels: labels) }
}

package struct SilenceSet: Fact {
  package static let kind = "silence.set"
  package let silence: String
  package let system: String
  /// Alertmanager matchers as text: `alertname="QueueBacklog"`.
  package let matchers: [String]
  package let start: Instant
  package let end: Instant
  package let comment: String
}

package struct SilenceEnded: Fact {
  package static let kind = "silence.ended"
  package let silence: String
  package let system: String
}
