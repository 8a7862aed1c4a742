import Metrics
import PromQL
import Values

/// One alert, as screens show it after an evaluation.
package struct AlertInstance: Sendable {
  package let group: String
  package let rule: String
  /// Its identity, `alertname` and the rule's labels included.
  package let labels: Labels
  package let level: Level
  package let state: AlertState
  /// When the condition began to hold.
  package let activeAt: Instant
  package let firedAt: Instant?
  package let resolvedAt: Instant?
  /// When the condition ended, while `keep_firing_for` lets it fire on.
  package let keepFiringSince: Instant?
  /// How long its condition must hold before it fires.
  package let hold: Span
  /// How long it fires on once its condition has ended.
  package let keep: Span
  package let value: Double
  package let threshold: Threshold?
  package let unit: Figure.Unit
  /// Where its rule stands: `rules.yaml:41`, or `built in`.
  package let source: String
  /// The rule's expression as written.
  package let expression: String
  /// What the expression compares, for graphs: its side without the threshold.
  package let measure: Expr
  /// Filled in, by name; text from outside, so make it inert where it is shown.
  package let annotations: [String: String]
  /// Selectors of the expression that have no live series for it: what it shows is the last that was known.
  package let missing: [String]

  /// Whether a series that it needs has ended: it neither holds nor recovered.
  package var hasNoData: Bool { !missing.isEmpty }

  /// When a pending alert will fire if its condition goes on.
  package var firesAt: Instant { activeAt + hold }

  /// Until when `keep_firing_for` lets it fire on although its condition has ended; nil while it holds.
  package var keptUntil: Instant? { keepFiringSince.map { $0 + keep } }

  /// The annotation `summary`, else `description`, else `message`, else nothing.
  package var summary: String {
    ["summary", "description", "message"].lazy.compactMap { annotations[$0] }.first { !$0.isEmpty } ?? ""
  }

  /// `file` or `file#section` of the system's playbooks.
  package var playbook: String? {
    annotations["playbook"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The value with its unit: `7.1%`.
  package var figure: Figure { Figure(value, unit: unit) }

  /// The threshold as `>= 5%`; nil when the rule compares with no number.
  package var thresholdText: String? {
    threshold.map { "\($0.sign) \(Figure($0.value, unit: unit))" }
  }
}
