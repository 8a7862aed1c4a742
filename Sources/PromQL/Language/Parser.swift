import Metrics
import Patterns
import Values

/// Reads tokens into an expression by precedence climbing; the grammar is that of Prometheus 3.14.
struct Parser {
  private static let deepest = 400

  private let tokens: [Token]
  private var index = 0
  private var depth = 0
  private var nodeCount = 0
  let options: PromQL.ParseOptions

  init(tokens: [Token], options: PromQL.ParseOptions) {
    self.tokens = tokens
    self.options = options
  }

  /// Never moves beyond the end token, which is always there.
  var current: Token {
    tokens.indices.contains(index) ? tokens[index] : Token(kind: .end, text: "", place: .start)
  }

  var next: Token {
    tokens.indices.contains(index + 1) ? tokens[index + 1] : Token(kind: .end, text: "", place: current.place)
  }

  mutating func advance() { if index < tokens.count - 1 { index += 1 } }

  func unexpected(_ expected: String) -> ParseError {
    ParseError("unexpected \(current.described); \(expected) was expected", at: current.place)
  }

  mutating func take(_ symbol: String, _ context: String) throws(ParseError) {
    guard current.isSymbol(symbol) else { throw unexpected("\"\(symbol)\" \(context)") }
    advance()
  }

  mutating func takeIf(_ symbol: String) -> Bool {
    guard current.isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func takeWordIf(_ word: String) -> Bool {
    guard current.isWord(word) else { return false }
    advance()
    return true
  }

  /// A number for the next node about which evaluations remember something.
  mutating func nextIndex() -> Int {
    nodeCount += 1
    return nodeCount - 1
  }

  mutating func parseAll() throws(ParseError) -> Expr {
    if current.isEnd {
      throw ParseError("there is no expression; write one, such as up == 0", at: current.place)
    }
    let expr = try parse(above: 0)
    guard current.isEnd else { throw unexpected("an operator or the end") }
    return expr
  }

  /// An expression of operators that bind tighter than `precedence`.
  mutating func parse(above precedence: Int) throws(ParseError) -> Expr {
    depth += 1
    defer { depth -= 1 }
    var left = try parsePrefix()
    var chain = 0
    while let op = binaryOperator, op.precedence > precedence {
      chain += 1
      guard depth + chain <= Self.deepest else {
        throw ParseError(
          "the expression is nested too deeply; split it into recording rules", at: current.place)
      }
      advance()
      let modifiers = try parseModifiers()
      // A power binds to the right: its right side may hold another power.
      let right = try parse(above: op == .power ? op.precedence - 1 : op.precedence)
      left = try combine(left, op, modifiers, right)
    }
    return left
  }

  private var binaryOperator: BinaryOperator? {
    switch current.kind {
    case .symbol: BinaryOperator(rawValue: current.text)
    case .word: BinaryOperator(rawValue: current.text.lowercased())
    default: nil
    }
  }

  private mutating func parsePrefix() throws(ParseError) -> Expr {
    guard depth < Self.deepest else {
      throw ParseError(
        "the expression is nested too deeply; split it into recording rules", at: current.place)
    }
    guard current.isSymbol("+") || current.isSymbol("-") else { return try parsePostfix(parsePrimary()) }
    let sign = current
    advance()
    let operand = try parse(above: BinaryOperator.multiply.precedence)
    if case .number(let number) = operand {
      let value = sign.text == "-" ? -number.value : number.value
      return .number(NumberLiteral(value: value, isDuration: number.isDuration, place: sign.place))
    }
    guard operand.valueType == .scalar || operand.valueType == .vector else {
      throw ParseError(
        "a sign may stand before a scalar or an instant vector only, not before a \(operand.valueType.described)",
        at: sign.place)
    }
    return .unary(Unary(isNegative: sign.text == "-", operand: operand, place: sign.place))
  }

  private mutating func parsePrimary() throws(ParseError) -> Expr {
    let token = current
    switch token.kind {
    case .number, .duration:
      return .number(try takeNumber())
    case .string(let bytes):
      advance()
      return .string(
        StringLiteral(value: String(decoding: bytes, as: UTF8.self), bytes: bytes, place: token.place))
    case .word: return try parseWord()
    case .symbol where token.text == "(":
      advance()
      let inner = try parse(above: 0)
      try take(")", "to close the parenthesis")
      return .parenthesised(inner, token.place)
    case .symbol where token.text == "{": return try parseSelector(name: nil, at: token.place)
    default: throw unexpected("an expression")
    }
  }

  /// A number or a duration, which counts in seconds.
  mutating func takeNumber() throws(ParseError) -> NumberLiteral {
    let token = current
    advance()
    switch token.kind {
    case .number:
      guard let value = NumberText.value(token.text) else {
        throw ParseError("\"\(token.text)\" is not a number or too large", at: token.place)
      }
      return NumberLiteral(value: value, isDuration: false, place: token.place)
    case .duration:
      guard let milliseconds = NumberText.duration(token.text) else {
        throw ParseError(
          "\"\(token.text)\" is no duration; write units from y, w, d, h, m, s to ms, each once, as in 1h30m",
          at: token.place)
      }
      return NumberLiteral(value: Double(milliseconds) / 1000, isDuration: true, place: token.place)
    case .word where token.isWord("inf"):
      return NumberLiteral(value: .infinity, isDuration: false, place: token.place)
    case .word where token.isWord("nan"):
      return NumberLiteral(value: .nan, isDuration: false, place: token.place)
    default: throw ParseError("unexpected \(token.described); a number was expected", at: token.place)
    }
  }
}

extension BinaryOperator {
  /// Higher binds tighter; unary signs bind as multiplication does.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and, .unless: 2
    case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual, .trimUpper, .trimLower: 3
    case .add, .subtract: 4
    case .multiply, .divide, .modulo, .atan2: 5
    case .power: 6
    }
  }
}
