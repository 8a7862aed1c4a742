import Metrics
import Values

/// The canonical text of an expression, as Prometheus prints it.
extension Expr: CustomStringConvertible {
  package var description: String {
    var text = ""
    write(to: &text)
    return text
  }

  /// Appends the text; linear, however deep the nesting.
  private func write(to text: inout String) {
    switch self {
    case .number(let number): text += number.description
    case .string(let string): text += string.description
    case .selector(let selector): text += selector.text(range: "")
    case .range(let range): text += range.selector.text(range: range.rangeText)
    case .subquery(let subquery):
      subquery.expr.write(to: &text)
      text += subquery.suffix
    case .call(let call):
      text += call.function.name
      Self.write(call.arguments, to: &text)
    case .aggregation(let aggregation):
      text += aggregation.head
      Self.write((aggregation.parameter.map { [$0] } ?? []) + [aggregation.expr], to: &text)
    case .unary(let unary):
      text += unary.isNegative ? "-" : "+"
      unary.operand.write(to: &text)
    case .binary(let binary):
      binary.left.write(to: &text)
      text += " \(binary.middle) "
      binary.right.write(to: &text)
    case .parenthesised(let inner, _): Self.write([inner], to: &text)
    }
  }

  private static func write(_ list: [Expr], to text: inout String) {
    text += "("
    for (index, expr) in list.enumerated() {
      if index > 0 { text += ", " }
      expr.write(to: &text)
    }
    text += ")"
  }

  static func list(_ labels: [String]) -> String {
    "(" + labels.map(Labels.written).joined(separator: ", ") + ")"
  }
}

extension NumberLiteral: CustomStringConvertible {
  package var description: String {
    guard isDuration, let milliseconds = Int64(exactly: (value * 1000).rounded()) else {
      return value.decimalText
    }
    return NumberText.text(milliseconds: milliseconds)
  }
}

extension StringLiteral: CustomStringConvertible {
  package var description: String {
    if bytes == Array(value.utf8) { return value.quotedAsInGo }
    // Bytes that are no UTF-8 are written as \xff.
    var text = ""
    var rest = bytes[...]
    while let byte = rest.first {
      let length = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      let piece = rest.prefix(length)
      if let valid = String(validating: piece, as: UTF8.self) {
        text += String(valid.quotedAsInGo.dropFirst().dropLast())
        rest = rest.dropFirst(length)
      } else {
        text += "\\x" + String(byte, radix: 16)
        rest = rest.dropFirst()
      }
    }
    return "\"" + text + "\""
  }
}

extension TimeShift: CustomStringConvertible {
  package var description: String {
    var text = ""
    switch pin {
    case .time(let milliseconds)?:
      let size = milliseconds.magnitude
      let fraction = Int(size % 1000).padded(3)
      text = " @ " + (milliseconds < 0 ? "-" : "") + "\(size / 1000).\(fraction)"
    case .start?: text = " @ start()"
    case .end?: text = " @ end()"
    case nil: break
    }
    return text + offsetText
  }

  fileprivate var offsetText: String {
    if let computedOffset { return " offset \(computedOffset)" }
    return offset == 0 ? "" : " offset " + NumberText.text(milliseconds: offset)
  }

  fileprivate var pinText: String {
    var pinOnly = TimeShift()
    pinOnly.pin = pin
    return pinOnly.description
  }
}

extension RangeSelector {
  /// `[5m]`.
  var rangeText: String { "[" + (computedRange?.description ?? NumberText.text(milliseconds: range)) + "]" }
}

extension Subquery {
  /// `[1h:5m] @ end() offset 1m`: what stands behind the expression.
  var suffix: String {
    "[" + (computedRange?.description ?? NumberText.text(milliseconds: range)) + ":"
      + (computedStep?.description ?? step.map { NumberText.text(milliseconds: $0) } ?? "") + "]\(shift)"
  }
}

extension Selector {
  func text(range: String) -> String {
    let shown = matchers.filter {
      name == nil || $0.name != .metricName || $0.op != .equal || $0.value != name
    }
    let braces = shown.map(\.description).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    let inner = (name ?? "") + (braces.isEmpty ? "" : "{" + braces.joined(separator: ",") + "}") + range
    if extent == .plain { return inner + "\(shift)" }
    // Prometheus writes the word before @ where a range stands, behind it where none does.
    return range.isEmpty
      ? inner + shift.pinText + " \(extent.rawValue)" + shift.offsetText
      : inner + " \(extent.rawValue)\(shift)"
  }
}

extension Aggregation {
  /// `sum by (job) `: what stands before the parenthesis.
  var head: String {
    if isWithout { return "\(op.rawValue) without \(Expr.list(grouping)) " }
    return op.rawValue + (grouping.isEmpty ? "" : " by \(Expr.list(grouping)) ")
  }
}

extension Binary {
  /// `== bool on (a)`: what stands between the two sides.
  var middle: String { op.rawValue + (returnsBool ? " bool" : "") + (matching?.description ?? "") }
}

extension VectorMatching: CustomStringConvertible {
  package var description: String {
    let isGrouped = cardinality == .manyToOne || cardinality == .oneToMany
    var text = ""
    if isOn || !labels.isEmpty || isGrouped {
      text = (isOn ? " on " : " ignoring ") + Expr.list(labels)
      if isGrouped { text += " group_\(side) \(Expr.list(included))" }
    }
    switch (fillLeft, fillRight) {
    case (let left?, let right?) where left == right: return text + " fill (\(left.decimalText))"
    case (let left, let right):
      return text + (left.map { " fill_left (\($0.decimalText))" } ?? "")
        + (right.map { " fill_right (\($0.decimalText))" } ?? "")
    }
  }
}
