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
  /// Nil when the expression compares with no number.
  package var threshold: Threshold? { nil }
}
