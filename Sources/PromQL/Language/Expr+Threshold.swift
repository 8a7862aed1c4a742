/// What an alert compares with: the outermost comparison of its expression with a number.
package struct Threshold: Hashable, Sendable {
  /// `>`, `>=`, `<`, `<=`, `==` or `!=`, as if the number stood on the right.
  package let sign: String
  package let value: Double

  package init(sign: String, value: Double) {
    self.sign = sign
    self.value = value
  }
}

extension Expr {
  /// The outermost comparison with a number or a constant such as `20 * 1024 ^ 3`, the leftmost of several;
  /// nil when the expression compares with none.
  package var threshold: Threshold? {
    var level = [self]
    while !level.isEmpty {
      for expr in level {
        if case .binary(let binary) = expr, let found = binary.threshold { return found }
      }
      level = level.flatMap(\.children)
    }
    return nil
  }

  /// The value of an expression made of numbers only.
  package var constant: Double? {
    switch self {
    case .number(let number): number.value
    case .parenthesised(let inner, _): inner.constant
    case .unary(let unary): unary.operand.constant.map { unary.isNegative ? -$0 : $0 }
    case .binary(let binary):
      if let left = binary.left.constant, let right = binary.right.constant {
        binary.op.scalar(left, right)
      } else {
        nil
      }
    case .call(let call) where call.function.name == "vector" || call.function.name == "scalar":
      call.arguments.first?.constant
    default: nil
    }
  }

  /// The expressions directly inside.
  package var children: [Expr] {
    switch self {
    case .number, .string, .selector, .range: []
    case .subquery(let subquery): [subquery.expr]
    case .call(let call): call.arguments
    case .aggregation(let aggregation): (aggregation.parameter.map { [$0] } ?? []) + [aggregation.expr]
    case .unary(let unary): [unary.operand]
    case .binary(let binary): [binary.left, binary.right]
    case .parenthesised(let inner, _): [inner]
    }
  }
}

extension Binary {
  fileprivate var threshold: Threshold? {
    guard op.isComparison else { return nil }
    if let value = right.constant { return Threshold(sign: op.rawValue, value: value) }
    guard let value = left.constant else { return nil }
    let mirrored: [BinaryOperator: BinaryOperator] = [
      .greater: .less, .less: .greater, .greaterOrEqual: .lessOrEqual, .lessOrEqual: .greaterOrEqual,
    ]
    return Threshold(sign: (mirrored[op] ?? op).rawValue, value: value)
  }
}

extension Expr {
  /// The same with `value` in place of the number that it compares with (``threshold``); nil when it compares with
  /// none.
  package func comparing(with value: Double) -> Expr? {
    guard let target = comparison else { return nil }
    return rewritten { expr in
      guard case .binary(let binary) = expr, binary.index == target.index, binary.op == target.op else {
        return nil
      }
      let isRight = binary.right.constant != nil
      guard let number = (isRight ? binary.right : binary.left).constant(replacedBy: value) else {
        return nil
      }
      return .binary(
        Binary(
          op: binary.op, left: isRight ? binary.left : number, right: isRight ? number : binary.right,
          matching: binary.matching, returnsBool: binary.returnsBool, place: binary.place, index: binary.index
        ))
    }
  }

  /// The comparison in which ``threshold`` stands.
  private var comparison: Binary? {
    var level = [self]
    while !level.isEmpty {
      for expr in level {
        if case .binary(let binary) = expr, binary.threshold != nil { return binary }
      }
      level = level.flatMap(\.children)
    }
    return nil
  }

  /// Another number of the same shape: a scalar stays one, and a vector of one number, too.
  private func constant(replacedBy value: Double) -> Expr? {
    let number = Expr.number(NumberLiteral(value: value, isDuration: false, place: place))
    guard valueType == .vector else { return number }
    switch self {
    case .call(let call) where call.function.name == "vector":
      return .call(Call(function: call.function, arguments: [number], place: call.place))
    case .parenthesised(let inner, let place):
      return inner.constant(replacedBy: value).map { .parenthesised($0, place) }
    default: return nil
    }
  }
}
