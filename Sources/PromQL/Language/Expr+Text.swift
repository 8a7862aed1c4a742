/// The canonical text of an expression, as Prometheus prints it.
extension Expr: CustomStringConvertible {
  package var description: String { "" }
}
