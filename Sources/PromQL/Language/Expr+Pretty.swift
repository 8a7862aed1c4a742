/// The text of an expression on several lines, as Prometheus formats it: what is longer than 100 bytes is broken.
extension Expr {
  private static let longest = 100

  /// Parts inside are set in by two blanks each. Quadratic in the depth of the nesting, which the parser limits.
  package var pretty: String { pretty(level: 0) }

  private func pretty(level: Int) -> String {
    let line = description
    let indent = String(repeating: "  ", count: level)
    switch self {
    case .number, .string, .selector, .range: return indent + line
    case .unary(let unary):
      return indent + (unary.isNegative ? "-" : "+") + unary.operand.pretty(level: level).trimmedOfBlanks
    case .subquery(let subquery):
      // Prometheus does not set in what is short enough.
      return line.utf8.count > Self.longest ? subquery.expr.pretty(level: level) + subquery.suffix : line
    default: break
    }
    guard line.utf8.count > Self.longest else { return indent + line }
    switch self {
    case .call(let call):
      let arguments = call.arguments.map { $0.pretty(level: level + 1) }.joined(separator: ",\n")
      return indent + "\(call.function.name)(\n\(arguments)\n\(indent))"
    case .aggregation(let aggregation):
      let parameter = aggregation.parameter.map { $0.pretty(level: level + 1) + ",\n" } ?? ""
      let inner = aggregation.expr.pretty(level: level + 1)
      return indent + "\(aggregation.head)(\n\(parameter)\(inner)\n\(indent))"
    case .binary(let binary):
      let (left, right) = (binary.left.pretty(level: level + 1), binary.right.pretty(level: level + 1))
      return "\(left)\n\(indent)\(binary.middle)\n\(right)"
    case .parenthesised(let inner, _):
      return indent + "(\n\(inner.pretty(level: level + 1))\n\(indent))"
    default: return indent + line
    }
  }
}

extension String {
  fileprivate var trimmedOfBlanks: String {
    var rest = self[...]
    while rest.first?.isWhitespace ?? false { rest.removeFirst() }
    while rest.last?.isWhitespace ?? false { rest.removeLast() }
    return String(rest)
  }
}
