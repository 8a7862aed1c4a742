/// The text of an expression as Prometheus formats it: what is longer than 100 bytes stands on several lines.
extension Expr {
  private static let longest = 100

  /// Parts inside are set in by two blanks each. Linear but for signs, which copy what follows them.
  package var pretty: String {
    var text = ""
    writePretty(level: 0, to: &text)
    return text
  }

  private func writePretty(level: Int, to text: inout String) {
    let indent = String(repeating: "  ", count: level)
    let isLong = leftover(of: Self.longest) < 0
    switch self {
    case .unary(let unary):
      var operand = ""
      unary.operand.writePretty(level: level, to: &operand)
      text += indent + (unary.isNegative ? "-" : "+") + operand.drop(while: \.isWhitespace)
    case .subquery(let subquery) where isLong:
      subquery.expr.writePretty(level: level, to: &text)
      text += subquery.suffix
    case .subquery:
      // Prometheus does not set in what is short enough.
      text += description
    case .call(let call) where isLong:
      text += "\(indent)\(call.function.name)(\n"
      Self.writePretty(call.arguments, level: level + 1, to: &text)
      text += "\n\(indent))"
    case .aggregation(let aggregation) where isLong:
      text += "\(indent)\(aggregation.head)(\n"
      Self.writePretty(children, level: level + 1, to: &text)
      text += "\n\(indent))"
    case .binary(let binary) where isLong:
      binary.left.writePretty(level: level + 1, to: &text)
      text += "\n\(indent)\(binary.middle)\n"
      binary.right.writePretty(level: level + 1, to: &text)
    case .parenthesised(let inner, _) where isLong:
      text += "\(indent)(\n"
      inner.writePretty(level: level + 1, to: &text)
      text += "\n\(indent))"
    default: text += indent + description
    }
  }

  private static func writePretty(_ list: [Expr], level: Int, to text: inout String) {
    for (index, expr) in list.enumerated() {
      if index > 0 { text += ",\n" }
      expr.writePretty(level: level, to: &text)
    }
  }

  /// How much of a number of bytes the text on one line leaves; negative, found out early, where it is
  /// longer.
  private func leftover(of budget: Int) -> Int {
    var left = budget
    switch self {
    case .number(let number): left -= number.description.utf8.count
    case .string(let string):
      left -= string.bytes.count > budget ? string.bytes.count : string.description.utf8.count
    case .selector(let selector): left -= selector.size(range: "", atMost: budget)
    case .range(let range): left -= range.selector.size(range: range.rangeText, atMost: budget)
    case .subquery(let subquery): left -= subquery.suffix.utf8.count
    case .call(let call): left -= call.function.name.utf8.count + 2 + max(0, call.arguments.count - 1) * 2
    case .aggregation(let node): left -= node.head.utf8.count + 2 + (node.parameter == nil ? 0 : 2)
    case .unary: left -= 1
    case .binary(let binary): left -= binary.middle.utf8.count + 2
    case .parenthesised: left -= 2
    }
    for child in children where left >= 0 { left = child.leftover(of: left) }
    return left
  }
}

extension Selector {
  /// The bytes of the text, or more than `limit` where it surely is longer.
  fileprivate func size(range: String, atMost limit: Int) -> Int {
    var least = 0
    for matcher in matchers where least <= limit { least += matcher.value.utf8.count }
    return least > limit ? least : text(range: range).utf8.count
  }
}
