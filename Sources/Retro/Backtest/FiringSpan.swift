import Alerting
import Metrics
import Values

/// One time that an alert would have fired.
package struct FiringSpan: Equatable, Sendable {
  package let group: String
  package let rule: String
  /// Its identity, `alertname` and the rule's labels included.
  package let labels: Labels
  /// When its condition began to hold.
  package let activeAt: Instant
  package let from: Instant
  /// The first evaluation at which it fired no longer; nil: it fired at the last one.
  package internal(set) var until: Instant?
  /// What it compared when it began to fire.
  package let value: Double
}
