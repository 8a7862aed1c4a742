import Values

/// A service level objective: so many of all events are good.
package struct Objective: Hashable, Sendable {
  package let title: String
  /// From 0 to 1.
  package let objective: Double
  package let window: Span
  /// Expressions in which `$window` stands for a range.
  package let good: String
  package let total: String
}
