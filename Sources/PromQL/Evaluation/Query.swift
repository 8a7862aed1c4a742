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

  private var memory = QueryMemory()
  private let hasComputedDurations: Bool

  package init(_ expr: Expr, options: EvaluationOptions = EvaluationOptions()) {
    self.expr = expr
    self.options = options
    hasComputedDurations = expr.hasComputedDurations
  }

  /// The expression with its computed durations computed.
  private func resolved(from start: Int64, to end: Int64, step: Int64) throws(EvaluationError) -> Expr {
    guard hasComputedDurations else { return expr }
    return try expr.resolved(step: step, length: end.subtractingSaturating(start))
  }

  /// The value at `at` (milliseconds since 1970).
  package mutating func instant(at: Int64, in store: Store) throws(EvaluationError) -> Value {
    let expr = try resolved(from: at, to: at, step: 0)
    let evaluation = begin(at, at, 0, store)
    defer { finish(evaluation) }
    switch expr.valueType {
    case .scalar: return .scalar(try evaluation.number(expr, at: at))
    case .string: return .string(evaluation.string(expr))
    case .vector: return .vector(try evaluation.named(evaluation.vector(expr, at: at)))
    case .matrix:
      var series: [SeriesPoints] = []
      try evaluation.eachWindow(of: expr, at: at) { labels, bare, dropsName, window in
        let points = window.bounded
        if !points.isEmpty { series.append(SeriesPoints(dropsName ? bare : labels, points)) }
      }
      return .matrix(series.sorted { $0.labels < $1.labels })
    }
  }

  /// The values from `start` to `end` (milliseconds, both included): a matrix, for scalars of one series
  /// without labels.
  package mutating func range(
    from start: Int64, to end: Int64, step: Int64, in store: Store
  ) throws(EvaluationError) -> Value {
    guard expr.valueType == .scalar || expr.valueType == .vector else {
      throw EvaluationError(
        "a range query needs a scalar or an instant vector, not a \(expr.valueType.described)", at: expr.place
      )
    }
    guard step > 0 else { throw EvaluationError("the step of a range query must be greater than 0") }
    let expr = try resolved(from: start, to: end, step: step)
    let evaluation = begin(start, end, step, store)
    defer { finish(evaluation) }
    var gathered = Gathered()
    var time = start
    while time <= end {
      try evaluation.checkCancelled()
      try evaluation.count(1)
      if expr.valueType == .scalar {
        gathered.add(Element(.empty, try evaluation.number(expr, at: time)), at: time)
      } else {
        for element in try evaluation.named(evaluation.vector(expr, at: time)) {
          gathered.add(element, at: time)
        }
      }
      let (next, overflow) = time.addingReportingOverflow(step)
      if overflow { break }
      time = next
    }
    return .matrix(gathered.series.sorted { $0.labels < $1.labels })
  }

  /// The evaluation takes the memory with it, so that there is only one owner and nothing is copied.
  private mutating func begin(_ start: Int64, _ end: Int64, _ step: Int64, _ store: Store) -> Evaluation {
    let taken = memory
    memory = QueryMemory()
    return Evaluation(
      store: store, options: options, start: start, end: end, step: step, memory: taken,
      isCancelled: isCancelled)
  }

  private mutating func finish(_ evaluation: Evaluation) {
    memory = evaluation.memory
    annotations = evaluation.annotations
  }
}

extension Evaluation {
  /// The result with the names removed that were only marked for removal.
  func named(_ elements: [Element]) throws(EvaluationError) -> [Element] {
    guard elements.contains(where: \.dropsName) else { return elements }
    return try unique(elements.map { $0.dropsName ? Element($0.labels.withoutMetricName, $0.value) : $0 })
  }
}
