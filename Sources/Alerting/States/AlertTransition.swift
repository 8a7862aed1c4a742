import Metrics
import PromQL
import Values

/// An alert that changed its state in an evaluation.
package struct AlertTransition: Sendable {
  /// The alert after the change.
  package let alert: AlertInstance
  package let from: AlertState
  package let to: AlertState
  /// The time of the evaluation.
  package let at: Instant
  /// Why it stopped; nil unless ``to`` is inactive.
  package let end: AlertEnd?
}

extension AlertTransition {
  package var rule: String { alert.rule }
  package var labels: Labels { alert.labels }
  package var level: Level { alert.level }
  package var activeAt: Instant { alert.activeAt }
  package var value: Double { alert.value }
  package var threshold: Threshold? { alert.threshold }
  package var unit: Figure.Unit { alert.unit }
  package var summary: String { alert.summary }
  package var playbook: String? { alert.playbook }
  package var source: String { alert.source }
}
