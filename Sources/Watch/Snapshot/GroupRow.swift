import Values

/// One rule group: when it is evaluated, and whether it keeps up.
package struct GroupRow: Codable, Equatable, Sendable {
  package var name: String
  package var rules: Int
  package var every: Span
  package var lastEvaluation: Instant?
  /// How long the last evaluation took, in seconds; nil before the host measured one.
  package var took: Double?
  package var evaluations: Int
  /// Iterations that were skipped because they were late by a whole interval.
  package var missed: Int

  package init(
    name: String, rules: Int, every: Span, lastEvaluation: Instant? = nil, took: Double? = nil,
    evaluations: Int = 0, missed: Int = 0
  ) {
    self.name = name
    self.rules = rules
    self.every = every
    self.lastEvaluation = lastEvaluation
    self.took = took
    self.evaluations = evaluations
    self.missed = missed
  }
}
