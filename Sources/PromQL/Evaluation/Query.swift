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

/// An expression to be evaluated again and again: it remembers which series its selectors found, and what follows
/// from their labels.
package struct Query: Sendable {
  package let expr: Expr
  package let options: EvaluationOptions
  /// Hints about the last evaluation's result.
  package private(set) var annotations: [Annotation] = []
  /// Asked between steps; an evaluation that is told to stop throws.
  package var isCancelled: (@Sendable () -> Bool)?

  private var plan: Plan
  private var memory: QueryMemory
  private let hasComputedDurations: Bool

  package init(_ expr: Expr, options: EvaluationOptions = EvaluationOptions()) {
    self.expr = expr
    self.options = options
    var planner = Planner()
    plan = planner.plan(expr)
    memory = QueryMemory(planner)
    hasComputedDurations = expr.hasComputedDurations
  }

  /// Makes the plan anew once the durations can be computed that depend on the query's range and step.
  private mutating func resolve(from start: Int64, to end: Int64, step: Int64) throws(EvaluationError) {
    guard hasComputedDurations else { return }
    var planner = Planner()
    plan = planner.plan(try expr.resolved(step: step, length: end.subtractingSaturating(start)))
    memory = QueryMemory(planner)
  }

  /// The value at `at` (milliseconds since 1970).
  package mutating func instant(at: Int64, in store: Store) throws(EvaluationError) -> Value {
    try resolve(from: at, to: at, step: 0)
    let evaluation = begin(at, at, 0, store)
    defer { finish(evaluation) }
    switch expr.valueType {
    case .scalar: return .scalar(try evaluation.number(plan, at: at))
    case .string: return .string(evaluation.string(plan))
    case .vector: return .vector(try evaluation.named(evaluation.vector(plan, at: at)).elements)
    case .matrix:
      var series: [SeriesPoints] = []
      try evaluation.eachWindow(of: plan, at: at) { shape, place, window in
        let labels = shape.labels[place]
        let points = window.bounded
        guard !points.isEmpty else { return }
        series.append(SeriesPoints(shape.drops(place) ? labels.withoutMetricName : labels, points))
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
    try resolve(from: start, to: end, step: step)
    memory.expect(Timetable(from: start, to: end, step: step))
    let evaluation = begin(start, end, step, store)
    defer {
      finish(evaluation)
      memory.expect(nil)
    }
    var gathered = Gathered()
    var time = start
    while time <= end {
      try evaluation.checkCancelled()
      try evaluation.count(1)
      gathered.add(try evaluation.named(evaluation.value(plan, at: time)), at: time)
      let (next, overflow) = time.addingReportingOverflow(step)
      if overflow { break }
      time = next
    }
    return .matrix(gathered.series.sorted { $0.labels < $1.labels })
  }

  /// The evaluation takes the memory with it, so that there is only one owner and nothing is copied.
  private mutating func begin(_ start: Int64, _ end: Int64, _ step: Int64, _ store: Store) -> Evaluation {
    memory.round &+= 1
    return Evaluation(
      store: store, options: options, start: start, end: end, step: step, memory: memory.take(),
      isCancelled: isCancelled)
  }

  private mutating func finish(_ evaluation: Evaluation) {
    memory = evaluation.memory
    annotations = evaluation.annotations
  }
}
