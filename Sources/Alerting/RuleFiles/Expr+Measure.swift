import PromQL

extension Expr {
  /// What an alert's expression compares: the side of its outermost comparison that is no number, else itself.
  package var measure: Expr {
    switch self {
    case .parenthesised(let inner, _): return inner.measure
    case .binary(let binary) where binary.op.isComparison:
      return binary.left.valueType == .scalar && binary.right.valueType == .vector
        ? binary.right : binary.left
    case .binary(let binary) where binary.op.isSet: return binary.left.measure
    default: return self
    }
  }
}
