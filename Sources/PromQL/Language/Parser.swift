import Metrics
import Patterns
import Values

/// Reads tokens into an expression by precedence climbing; the grammar is that of Prometheus 3.14.
struct Parser {
  private static let deepest = 400

  private var lexer: Lexer
  private(set) var current: Token
  private(set) var next: Token
  private var depth = 0
  private var nodeCount = 0
  let options: PromQL.ParseOptions

  init(_ text: String, options: PromQL.ParseOptions) {
    lexer = Lexer(text)
    current = lexer.next()
    next = lexer.next()
    self.options = options
  }

  /// Never moves beyond the end token.
  mutating func advance() {
    guard !current.isEnd else { return }
    current = next
    next = lexer.next()
  }

  /// A token as written.
  func written(_ token: Token) -> String { lexer.text(token) }

  /// What a token's quotes hold; bytes that are no UTF-8 are replaced.
  func string(_ token: Token) -> String { String(decoding: lexer.stringBytes(token), as: UTF8.self) }

  /// The token as messages name it.
  func described(_ token: Token) -> String {
    switch token.kind {
    case .end: "end of the expression"
    case .string: "text \(written(token))"
    default: "\"\(written(token))\""
    }
  }

  func unexpected(_ expected: String) -> ParseError {
    if case .broken = current.kind, let failure = lexer.failure { return failure }
    return ParseError("unexpected \(described(current)); \(expected) was expected", at: current.place)
  }

  mutating func take(_ symbol: Symbol, _ context: String) throws(ParseError) {
    guard current.isSymbol(symbol) else { throw unexpected("\"\(symbol.text)\" \(context)") }
    advance()
  }

  mutating func takeIf(_ symbol: Symbol) -> Bool {
    guard current.isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func takeIf(_ keyword: Keyword) -> Bool {
    guard current.isWord(keyword) else { return false }
    advance()
    return true
  }

  /// Refuses what Prometheus keeps behind a feature flag, unless it is enabled. `what` begins the sentence.
  func checkExperimental(_ what: @autoclosure () -> String, at place: Place) throws(ParseError) {
    guard options.experimental else {
      throw ParseError("\(what()) is experimental and not enabled", at: place)
    }
  }

  /// Guards the stack; calls that return keep it balanced by `leave`.
  mutating func enter() throws(ParseError) {
    depth += 1
    try checkDepth(of: 0)
  }

  mutating func leave() { depth -= 1 }

  /// A chain of operators makes a tree as deep as it is long.
  func checkDepth(of chain: Int) throws(ParseError) {
    guard depth + chain <= Self.deepest else {
      throw ParseError(
        "the expression is nested too deeply; split it into recording rules", at: current.place)
    }
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
    try enter()
    defer { leave() }
    var left = try parsePrefix()
    var chain = 0
    while let op = binaryOperator, op.precedence > precedence {
      chain += 1
      try checkDepth(of: chain)
      advance()
      let modifiers = try parseModifiers()
      // A power binds to the right: its right side may hold another power.
      let right = try parse(above: op == .power ? op.precedence - 1 : op.precedence)
      left = try combine(left, op, modifiers, right)
    }
    return left
  }

  var binaryOperator: BinaryOperator? {
    switch current.kind {
    case .symbol(let symbol): BinaryOperator(symbol)
    case .word(.binary(let op)): op
    default: nil
    }
  }

  private mutating func parsePrefix() throws(ParseError) -> Expr {
    guard current.isSymbol("+") || current.isSymbol("-") else { return try parsePostfix(parsePrimary()) }
    let sign = current
    let isNegative = sign.isSymbol("-")
    advance()
    let operand = try parse(above: BinaryOperator.multiply.precedence)
    if case .number(let number) = operand {
      return .number(
        NumberLiteral(
          value: isNegative ? -number.value : number.value, isDuration: number.isDuration, place: sign.place))
    }
    // Infinity is printed with a sign of its own, which must not grow by reading it again.
    if !isNegative, operand.isPowerOfInfinity { return operand }
    guard operand.valueType == .scalar || operand.valueType == .vector else {
      throw ParseError(
        "a sign may stand before a scalar or an instant vector only, not before \(operand.valueType.withArticle)",
        at: sign.place)
    }
    return .unary(Unary(isNegative: isNegative, operand: operand, place: sign.place))
  }

  private mutating func parsePrimary() throws(ParseError) -> Expr {
    let token = current
    switch token.kind {
    case .number, .duration: return .number(try takeNumber())
    case .string:
      advance()
      let bytes = lexer.stringBytes(token)
      return .string(
        StringLiteral(
          value: String(decoding: bytes, as: UTF8.self), bytes: Array(bytes), place: token.place))
    case .word: return try parseWord()
    case .symbol("("):
      advance()
      let inner = try parse(above: 0)
      try take(")", "to close the parenthesis")
      return .parenthesised(inner, token.place)
    case .symbol("{"): return try parseSelector(name: nil, at: token.place)
    default: throw unexpected("an expression")
    }
  }

  /// A number or a duration, which counts in seconds.
  mutating func takeNumber() throws(ParseError) -> NumberLiteral {
    let token = current
    switch token.kind {
    case .number:
      guard let value = NumberText.value(lexer.bytes[token.range]) else {
        throw ParseError("\"\(written(token))\" is not a number or too large", at: token.place)
      }
      advance()
      return NumberLiteral(value: value, isDuration: false, place: token.place)
    case .duration:
      guard let milliseconds = NumberText.duration(lexer.bytes[token.range]) else {
        throw ParseError(
          "\"\(written(token))\" is no duration; write units from y, w, d, h, m, s to ms, each once, as in 1h30m",
          at: token.place)
      }
      advance()
      return NumberLiteral(value: Double(milliseconds) / 1000, isDuration: true, place: token.place)
    case .word(.infinity):
      advance()
      return NumberLiteral(value: .infinity, isDuration: false, place: token.place)
    case .word(.notANumber):
      advance()
      return NumberLiteral(value: .nan, isDuration: false, place: token.place)
    default: throw unexpected("a number")
    }
  }
}

extension Expr {
  /// `Inf ^ 2`, of which the sign in `+Inf ^ 2` is no part.
  fileprivate var isPowerOfInfinity: Bool {
    guard case .binary(let binary) = self, binary.op == .power, case .number(let base) = binary.left else {
      return false
    }
    return base.value == .infinity
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

extension BinaryOperator {
  /// The operator that is written with signs.
  init?(_ symbol: Symbol) {
    switch symbol {
    case "+": self = .add
    case "-": self = .subtract
    case "*": self = .multiply
    case "/": self = .divide
    case "%": self = .modulo
    case "^": self = .power
    case "==": self = .equal
    case "!=": self = .notEqual
    case ">": self = .greater
    case "<": self = .less
    case ">=": self = .greaterOrEqual
    case "<=": self = .lessOrEqual
    case "</": self = .trimUpper
    case ">/": self = .trimLower
    default: return nil
    }
  }
}
