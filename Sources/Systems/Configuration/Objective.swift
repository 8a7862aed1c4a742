import Alerting
import Values

/// A service level objective: so many of all events are good.
package struct Objective: Hashable, Sendable {
  package let title: String
  /// From 0 to 1, both left out.
  package let objective: Double
  package let window: Span
  /// Expressions in which `$window` stands for a range.
  package let good: String
  package let total: String
  /// The alerts of a budget that burns too fast are at most this loud; nil: there are none.
  package let level: Level?
  package let playbook: String?
  package let position: Position
  /// The windows over which its burning is looked at.
  package internal(set) var pairs: [BurnPair] = []

  /// As its rules need it.
  ///
  /// - Parameter slowest: the longest that two samples of an endpoint are apart.
  func target(slowest: Span) -> ErrorBudget.Target {
    ErrorBudget.Target(
      title: title, objective: objective, window: window, good: good, total: total, loudest: level,
      playbook: playbook, pace: ErrorBudget.Pace(window: window, slowest: slowest), position: position)
  }
}
