import Metrics

/// Makes plans, and gives nodes of the same meaning the same number, across all expressions that it is given.
struct Planner {
  /// What a node means, whatever its place in the text.
  private enum Meaning: Hashable {
    case number(UInt64)
    case string([UInt8])
    case selector(String)
    case range(String)
    case subquery(Int, range: Int64, step: Int64?, shift: TimeShift)
    case call(String, [Int])
    case aggregation(Aggregation.Operator, [String], isWithout: Bool, [Int])
    case negation(Int)
    case binary(BinaryOperator, VectorMatching, returnsBool: Bool, Int, Int)
  }

  private var numbers: [Meaning: Int] = [:]
  private var selections: [[Matcher]: Int] = [:]
  /// How often each number was given.
  private(set) var uses: [Int] = []
  /// The names of the metrics that a node of this number reads; nil: perhaps any.
  private(set) var metrics: [Set<String>?] = []

  var selectionCount: Int { selections.count }

  mutating func plan(_ expr: Expr) -> Plan {
    switch expr {
    case .number(let number): return constant(number.value, expr)
    case .string(let string):
      return node(expr, .string(string.bytes), .string(string.value), .string, of: [])
    case .selector(let selector):
      let plan = SelectorPlan(selector, range: 0, selection: selection(selector))
      return node(expr, .selector(expr.description), .selector(plan), .vector, of: [], reading: selector)
    case .range(let range):
      let plan = SelectorPlan(range.selector, range: range.range, selection: selection(range.selector))
      return node(expr, .range(expr.description), .range(plan), .matrix, of: [], reading: range.selector)
    case .subquery(let subquery):
      let inner = plan(subquery.expr)
      let meaning = Meaning.subquery(
        inner.slot, range: subquery.range, step: subquery.step, shift: subquery.shift)
      return node(expr, meaning, .subquery(SubqueryPlan(subquery, inner)), .matrix, of: [inner])
    case .parenthesised(let inner, _):
      let inner = plan(inner)
      return Plan(expr, inner.work, type: inner.type, slot: inner.slot)
    case .unary(let unary): return plan(unary, expr)
    case .binary(let binary): return plan(binary, expr)
    case .aggregation(let aggregation):
      let parameter = aggregation.parameter.map { plan($0) }
      let inner = plan(aggregation.expr)
      let parts = (parameter.map { [$0] } ?? []) + [inner]
      let meaning = Meaning.aggregation(
        aggregation.op, aggregation.grouping, isWithout: aggregation.isWithout, parts.map(\.slot))
      return node(expr, meaning, .vector, of: parts) {
        .aggregation(AggregationPlan(aggregation, parameter, inner, slot: $0))
      }
    case .call(let call):
      let arguments = call.arguments.map { plan($0) }
      let meaning = Meaning.call(call.function.name, arguments.map(\.slot))
      return node(expr, meaning, call.function.result, of: arguments) {
        .call(CallPlan(call, arguments, slot: $0))
      }
    }
  }

  private mutating func plan(_ unary: Unary, _ expr: Expr) -> Plan {
    let operand = plan(unary.operand)
    guard unary.isNegative else { return Plan(expr, operand.work, type: operand.type, slot: operand.slot) }
    if case .number(let value) = operand.work { return constant(-value, expr) }
    return node(expr, .negation(operand.slot), .negation(operand), operand.type, of: [operand])
  }

  private mutating func plan(_ binary: Binary, _ expr: Expr) -> Plan {
    let left = plan(binary.left)
    let right = plan(binary.right)
    if case .number(let a) = left.work, case .number(let b) = right.work,
      let value = binary.op.scalar(a, b)
    {
      return constant(value, expr)
    }
    let type: ValueType = left.type == .scalar && right.type == .scalar ? .scalar : .vector
    let meaning = Meaning.binary(
      binary.op, binary.matching ?? VectorMatching(), returnsBool: binary.returnsBool, left.slot, right.slot)
    return node(expr, meaning, type, of: [left, right]) { .binary(BinaryPlan(binary, left, right, slot: $0)) }
  }

  private mutating func constant(_ value: Double, _ expr: Expr) -> Plan {
    node(expr, .number(value.bitPattern), .number(value), .scalar, of: [])
  }

  private mutating func node(
    _ expr: Expr, _ meaning: Meaning, _ work: Plan.Work, _ type: ValueType, of parts: [Plan],
    reading selector: Selector? = nil
  ) -> Plan {
    node(expr, meaning, type, of: parts, reading: selector) { _ in work }
  }

  private mutating func node(
    _ expr: Expr, _ meaning: Meaning, _ type: ValueType, of parts: [Plan], reading selector: Selector? = nil,
    _ work: (_ slot: Int) -> Plan.Work
  ) -> Plan {
    let slot = numbers[meaning] ?? uses.count
    if slot == uses.count {
      numbers[meaning] = slot
      uses.append(0)
      var read: Set<String>? = []
      if let selector { read = selector.metric.map { [$0] } }
      for part in parts { read = read.flatMap { read in metrics[part.slot].map { read.union($0) } } }
      metrics.append(read)
    }
    uses[slot] += 1
    return Plan(expr, work(slot), type: type, slot: slot)
  }

  private mutating func selection(_ selector: Selector) -> Int {
    if let known = selections[selector.matchers] { return known }
    let fresh = selections.count
    selections[selector.matchers] = fresh
    return fresh
  }
}

extension Selector {
  /// The only metric that it can find; nil when it does not name one.
  fileprivate var metric: String? {
    matchers.first { $0.name == .metricName && $0.op == .equal }?.value
  }
}
