/// Ranges, steps and offsets: a duration, or something computed from some.
extension Parser {
  /// Milliseconds, or what yields them when the query begins.
  struct Span {
    var milliseconds: Int64 = 0
    var computed: ComputedDuration?
  }

  /// A range or a step: greater than 0.
  mutating func parseSpan() throws(ParseError) -> Span {
    let place = current.place
    return try span(parseDuration(above: 0), at: place, positive: true)
  }

  /// An offset: one operand, so that `x offset 5m + 1` adds 1 to the value.
  mutating func parseOffsetSpan() throws(ParseError) -> Span {
    let place = current.place
    let isNegative = takeIf("-")
    if !isNegative { _ = takeIf("+") }
    let operand = try parseDurationOperand()
    return try span(isNegative ? .negative(operand) : operand, at: place, positive: false)
  }

  private func span(
    _ duration: ComputedDuration, at place: Place, positive: Bool
  ) throws(ParseError) -> Span {
    guard let literal = duration.literal else {
      try checkExperimental("a computed duration", at: place)
      return Span(computed: duration)
    }
    guard !positive || literal.value > 0 else {
      throw ParseError("a duration must be greater than 0", at: place)
    }
    guard let milliseconds = Int64(durationInSeconds: literal.value) else {
      throw ParseError("a duration is out of range; 292 years is the longest", at: place)
    }
    return Span(milliseconds: milliseconds)
  }

  private mutating func parseDuration(above precedence: Int) throws(ParseError) -> ComputedDuration {
    try enter()
    defer { leave() }
    var left = try parseSignedDuration()
    var chain = 0
    while let op = binaryOperator, op.isArithmetic, op.precedence > precedence {
      chain += 1
      try checkDepth(of: chain)
      let place = current.place
      advance()
      let right = try parseDuration(above: op == .power ? op.precedence - 1 : op.precedence)
      if op == .divide || op == .modulo, right.literal?.value == 0 {
        throw ParseError("a duration cannot be divided by 0", at: place)
      }
      left = .binary(op, left, right)
    }
    return left
  }

  private mutating func parseSignedDuration() throws(ParseError) -> ComputedDuration {
    if takeIf("+") { return try parseDuration(above: BinaryOperator.multiply.precedence) }
    guard takeIf("-") else { return try parseDurationOperand() }
    return .negative(try parseDuration(above: BinaryOperator.multiply.precedence))
  }

  private mutating func parseDurationOperand() throws(ParseError) -> ComputedDuration {
    switch current.kind {
    case .number, .duration, .word(.infinity), .word(.notANumber): return .number(try takeNumber())
    case .word(.step):
      try takeEmptyParentheses("step")
      return .step
    case .word(.range):
      try takeEmptyParentheses("range")
      return .range
    case .word(.leastOf):
      let (a, b) = try parsePair("min_of")
      return .least(a, b)
    case .word(.greatestOf):
      let (a, b) = try parsePair("max_of")
      return .greatest(a, b)
    case .symbol("("):
      advance()
      let inner = try parseDuration(above: 0)
      try take(")", "to close the parenthesis")
      if case .parenthesised = inner { return inner }
      return .parenthesised(inner)
    default: throw unexpected("a duration such as 5m")
    }
  }

  private mutating func takeEmptyParentheses(_ word: String) throws(ParseError) {
    advance()
    try take("(", "after \(word)")
    try take(")", "after \(word)(")
  }

  private mutating func parsePair(
    _ word: String
  ) throws(ParseError) -> (ComputedDuration, ComputedDuration) {
    advance()
    try take("(", "after \(word)")
    let first = try parseDuration(above: 0)
    try take(",", "between two durations")
    let second = try parseDuration(above: 0)
    try take(")", "after two durations")
    return (first, second)
  }
}

extension BinaryOperator {
  fileprivate var isArithmetic: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .modulo, .power: true
    default: false
    }
  }
}

extension Int64 {
  /// Milliseconds of a duration in seconds; nil beyond 292 years.
  init?(durationInSeconds seconds: Double) {
    guard abs(seconds) <= 9_223_372_036 else { return nil }
    self.init(exactly: (seconds * 1000).rounded())
  }
}
