import Metrics

/// Expressions that are evaluated one after the other at one time, as the rules of a group are: what several of
/// them need is worked out once.
package struct QueryGroup: Sendable {
  package let options: EvaluationOptions
  /// Hints about the last evaluation's result.
  package private(set) var annotations: [Annotation] = []

  private let plans: [Plan]
  /// Why an expression cannot be evaluated whenever it is: its computed durations make no sense.
  private let refusals: [Int: EvaluationError]
  private var memory: QueryMemory

  /// - Parameter written: names of the metrics that are written between one expression and the next; what reads
  ///   them is never shared.
  package init(
    _ exprs: [Expr], writing written: Set<String> = [], options: EvaluationOptions = EvaluationOptions()
  ) {
    self.options = options
    var planner = Planner()
    var refusals: [Int: EvaluationError] = [:]
    var plans: [Plan] = []
    for (index, expr) in exprs.enumerated() {
      do throws(EvaluationError) {
        plans.append(planner.plan(try expr.resolved(step: 0, length: 0)))
      } catch {
        plans.append(planner.plan(expr))
        refusals[index] = error
      }
    }
    self.plans = plans
    self.refusals = refusals
    memory = QueryMemory(planner, written: written)
  }

  /// Says at which times the expressions are going to be evaluated: so much is then worked out ahead, and the same
  /// comes out. Until the last of them nothing may be changed in the store but the metrics that the timetable names.
  package mutating func expect(_ timetable: Timetable) { memory.expect(timetable) }

  /// To be called before the first expression whenever others may have written into the store.
  package mutating func beginRound() { memory.round &+= 1 }

  /// The vector that an expression has at `at` (milliseconds since 1970); a scalar is one element without labels.
  package mutating func vector(_ index: Int, at: Int64, in store: Store) throws(EvaluationError) -> Vector {
    if let refusal = refusals[index] { throw refusal }
    let plan = plans[index]
    guard plan.type == .scalar || plan.type == .vector else {
      throw EvaluationError("the result is not a vector or scalar", at: plan.place)
    }
    let evaluation = Evaluation(
      store: store, options: options, start: at, end: at, step: 0, memory: memory.take(), isCancelled: nil)
    defer {
      memory = evaluation.memory
      annotations = evaluation.annotations
    }
    return try evaluation.named(evaluation.value(plan, at: at))
  }
}
