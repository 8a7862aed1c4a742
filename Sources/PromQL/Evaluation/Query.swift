import Metrics

/// How expressions are evaluated.
package struct EvaluationOptions: Hashable, Sendable {
  /// Milliseconds within which an instant selector finds a sample.
  package var lookback: Int64 = 300_000
  /// Milliseconds between the steps of a subquery that names none.
  package var subqueryStep: Int64 = 60_000
  /// Remove metric names at the end of the evaluation instead of in every function.
  package var delaysNameRemoval = false
  /// Samples that one evaluation may hold at once.
  package var sampleLimit = 50_000_000

  package init() {}
}

/// An expression to be evaluated again and again: it remembers which series its selectors found.
package struct Query: Sendable {
  package let expr: Expr
  package let options: EvaluationOptions
  /// Hints about the last evaluation's result.
  package private(set) var annotations: [Annotation] = []
  /// Asked between steps; an evaluation that is told to stop throws.
  package var isCancelled: (@Sendable () -> Bool)?

  package init(_ expr: Expr, options: EvaluationOptions = EvaluationOptions()) {
    self.expr = expr
    self.options = options
  }

  /// The value at `at` (milliseconds since 1970).
  package mutating func instant(at: Int64, in store: Store) throws(EvaluationError) -> Value {
    throw EvaluationError("not evaluated")
  }

  /// The values from `start` to `end` (milliseconds, both included): a matrix, for scalars of one series
  /// without labels.
  package mutating func range(
    from start: Int64, to end: Int64, step: Int64, in store: Store
  ) throws(EvaluationError) -> Value {
    throw EvaluationError("not evaluated")
  }
}
