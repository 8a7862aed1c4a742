package import JSON

/// A number computed from a JSON document: `$.depth`, `len($.items)`, `$.ms / 1000`.
///
/// Numbers, paths that name one value, `len(PATH)`, `+ - * /` and parentheses; true is 1, false is 0. Text that is a
/// number counts as one: so APIs write 64-bit integers, and Prometheus its samples.
package struct SeriesExpression: Sendable {
  /// As it was written.
  package let text: String
  private let root: Node

  indirect enum Node: Sendable {
    case number(Double)
    case path(JSONPath)
    case length(JSONPath)
    case negation(Node)
    case operation(Character, Node, Node)
  }

  package init(_ text: String) throws(Mistake) {
    self.text = text
    var parser = SeriesExpressionParser(text)
    root = try parser.parse()
  }

  /// Why there is no number; a phrase such as `$.depth is missing`.
  package struct Unreadable: Error, Hashable, Sendable {
    package let reason: String
  }

  /// Decimal, or one of Prometheus' `NaN`, `+Inf` and `-Inf`; nil for all other text.
  private static func number(_ text: String) -> Double? {
    switch text {
    case "NaN": .nan
    case "+Inf": .infinity
    case "-Inf": -.infinity
    default:
      text.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) } ? Double(text) : nil
    }
  }

  /// - Returns: nil when a value that takes part is null: there is nothing to tell.
  package func number(in document: JSONValue) throws(Unreadable) -> Double? {
    try Self.number(of: root, in: document)
  }

  private static func number(of node: Node, in document: JSONValue) throws(Unreadable) -> Double? {
    switch node {
    case .number(let number): return number
    case .negation(let inner): return try number(of: inner, in: document).map { -$0 }
    case .path(let path):
      switch path.value(in: document) {
      case .number(let number): return number
      case .bool(let bool): return bool ? 1 : 0
      case .null: return nil
      case .string(let text):
        guard let number = Self.number(text) else {
          throw Unreadable(reason: "\(path.text) is \(JSONValue.string(text).shown), not a number")
        }
        return number
      case nil: throw Unreadable(reason: "\(path.text) is missing")
      case let other?: throw Unreadable(reason: "\(path.text) is \(other.shown), not a number")
      }
    case .length(let path):
      guard path.isSingular else { return Double(path.values(in: document).count) }
      guard let value = path.value(in: document) else { throw Unreadable(reason: "\(path.text) is missing") }
      if value == .null { return nil }
      guard let length = value.length else {
        throw Unreadable(reason: "\(path.text) is \(value.shown), which has no length")
      }
      return Double(length)
    case .operation(let sign, let left, let right):
      guard let a = try number(of: left, in: document), let b = try number(of: right, in: document) else {
        return nil
      }
      switch sign {
      case "+": return a + b
      case "-": return a - b
      case "*": return a * b
      default: return a / b
      }
    }
  }
}

extension SeriesExpression: Hashable {
  package static func == (a: Self, b: Self) -> Bool { a.text == b.text }
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// Recursive descent; `*` and `/` bind tighter than `+` and `-`, all to the left.
private struct SeriesExpressionParser {
  private var scanner: TextScanner
  private var depth = 0

  init(_ text: String) {
    scanner = TextScanner(text)
  }

  mutating func parse() throws(Mistake) -> SeriesExpression.Node {
    let root = try parseSum()
    guard scanner.isAtEnd else {
      throw Mistake(
        column: scanner.column, "\(scanner.found) should not stand here", remedy: "put + - * or / before it")
    }
    return root
  }

  private mutating func parseSum() throws(Mistake) -> SeriesExpression.Node {
    try parseOperations("+-") { parser throws(Mistake) in
      try parser.parseOperations("*/") { parser throws(Mistake) in try parser.parseOperand() }
    }
  }

  private mutating func parseOperations(
    _ signs: String, operand: (inout Self) throws(Mistake) -> SeriesExpression.Node
  ) throws(Mistake) -> SeriesExpression.Node {
    var left = try operand(&self)
    var count = 0
    while let sign = scanner.next, signs.contains(sign) {
      count += 1
      guard count <= 100 else { throw tooLong }
      scanner.advance()
      left = .operation(sign, left, try operand(&self))
    }
    return left
  }

  private mutating func parseOperand() throws(Mistake) -> SeriesExpression.Node {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 50 else { throw tooLong }
    scanner.skipSpaces()
    let node = try parseAtom()
    scanner.skipSpaces()
    return node
  }

  private mutating func parseAtom() throws(Mistake) -> SeriesExpression.Node {
    let column = scanner.column
    switch scanner.next {
    case "$":
      let path = try JSONPath(scanning: &scanner)
      guard path.isSingular else {
        throw Mistake(
          column: column, "\(path.text) names several values",
          remedy: "count them with len(…), or make a series of each with `each`")
      }
      return .path(path)
    case "(":
      scanner.advance()
      let inner = try parseSum()
      try takeClosing()
      return inner
    case "-":
      scanner.advance()
      return .negation(try parseOperand())
    case let next? where next.isASCII && next.isNumber || next == ".":
      let digits = scanner.takeAll { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard let number = Double(digits), digits.last != "." else {
        throw Mistake(column: column, "\"\(digits)\" is not a number", remedy: "write it as 12 or 0.5")
      }
      return .number(number)
    default:
      let found = scanner.found
      guard scanner.takeWord() == "len" else {
        throw Mistake(
          column: column, "a value is missing before \(found)",
          remedy: "write a path such as $.depth, len($.items) or a number")
      }
      scanner.skipSpaces()
      guard scanner.take("(") else {
        throw Mistake(
          column: scanner.column, "( is missing before \(scanner.found)", remedy: "write len($.items)")
      }
      scanner.skipSpaces()
      let path = try JSONPath(scanning: &scanner)
      try takeClosing()
      return .length(path)
    }
  }

  private mutating func takeClosing() throws(Mistake) {
    scanner.skipSpaces()
    guard scanner.take(")") else {
      throw Mistake(column: scanner.column, ") is missing before \(scanner.found)", remedy: "close it with )")
    }
  }

  private var tooLong: Mistake {
    Mistake(column: scanner.column, "the expression is too long", remedy: "make it a recording rule")
  }
}
