import Metrics

/// An expression made ready to be evaluated again and again: types known, constants computed, and a number by
/// which the memory knows what a node worked out. Nodes that mean the same have the same number.
final class Plan: Sendable {
  enum Work: Sendable {
    case number(Double)
    case string(String)
    case selector(SelectorPlan)
    case range(SelectorPlan)
    case subquery(SubqueryPlan)
    case call(CallPlan)
    case aggregation(AggregationPlan)
    case negation(Plan)
    case binary(BinaryPlan)
  }

  /// As written, parentheses included.
  let expr: Expr
  let work: Work
  let type: ValueType
  let slot: Int

  var place: Place { expr.place }

  init(_ expr: Expr, _ work: Work, type: ValueType, slot: Int) {
    self.expr = expr
    self.work = work
    self.type = type
    self.slot = slot
  }
}

final class SelectorPlan: Sendable {
  let selector: Selector
  /// Milliseconds; 0 of an instant selector.
  let range: Int64
  /// The number of its selection: selectors that find the same series share it.
  let selection: Int

  init(_ selector: Selector, range: Int64, selection: Int) {
    self.selector = selector
    self.range = range
    self.selection = selection
  }
}

final class SubqueryPlan: Sendable {
  let subquery: Subquery
  let inner: Plan

  init(_ subquery: Subquery, _ inner: Plan) {
    self.subquery = subquery
    self.inner = inner
  }
}

final class CallPlan: Sendable {
  let function: Function
  let arguments: [Plan]
  /// The arguments that are scalars, vectors, range vectors.
  let numbers: [Plan]
  let vector: Plan?
  let matrix: Plan?
  let place: Place
  let slot: Int
  let counterHint: CounterHint
  let windowKind: WindowKind
  /// Whether the scalars are the same at any time.
  let hasConstantNumbers: Bool

  init(_ call: Call, _ arguments: [Plan], slot: Int) {
    function = call.function
    self.arguments = arguments
    numbers = arguments.filter { $0.type == .scalar }
    vector = arguments.first { $0.type == .vector }
    matrix = arguments.first { $0.type == .matrix }
    place = call.place
    self.slot = slot
    counterHint = CounterHint(call.function, matrix)
    windowKind = WindowKind(call.function)
    hasConstantNumbers = numbers.allSatisfy { if case .number = $0.work { true } else { false } }
  }
}

final class AggregationPlan: Sendable {
  let op: Aggregation.Operator
  let grouping: [String]
  let isWithout: Bool
  let parameter: Plan?
  let inner: Plan
  let place: Place
  let slot: Int

  init(_ aggregation: Aggregation, _ parameter: Plan?, _ inner: Plan, slot: Int) {
    op = aggregation.op
    grouping = aggregation.grouping
    isWithout = aggregation.isWithout
    self.parameter = parameter
    self.inner = inner
    place = aggregation.place
    self.slot = slot
  }
}

final class BinaryPlan: Sendable {
  let op: BinaryOperator
  let left: Plan
  let right: Plan
  let matching: VectorMatching
  let returnsBool: Bool
  let place: Place
  let slot: Int

  init(_ binary: Binary, _ left: Plan, _ right: Plan, slot: Int) {
    op = binary.op
    self.left = left
    self.right = right
    matching = binary.matching ?? VectorMatching()
    returnsBool = binary.returnsBool
    place = binary.place
    self.slot = slot
  }
}
