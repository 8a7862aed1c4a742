/// Words: functions, aggregations and metric names.
extension Parser {
  /// Words that no metric may be called without quotes.
  private static let reserved: Set<String> = ["bool", "on", "ignoring", "group_left", "group_right", "atan2"]

  mutating func parseWord() throws(ParseError) -> Expr {
    let token = current
    let lower = token.text.lowercased()
    if lower == "inf" || lower == "nan" { return .number(try takeNumber()) }
    if let op = Aggregation.Operator(rawValue: lower),
      next.isSymbol("(") || next.isWord("by") || next.isWord("without")
    {
      return try parseAggregation(op)
    }
    if next.isSymbol("("), !Self.reserved.contains(lower) { return try parseCall() }
    guard !Self.reserved.contains(lower) else { throw unexpected("an expression") }
    advance()
    return try parseSelector(name: token.text, at: token.place)
  }

  private mutating func parseCall() throws(ParseError) -> Expr {
    let token = current
    guard let function = Function.named(token.text) else {
      throw ParseError("there is no function \"\(token.text)\"", at: token.place)
    }
    guard options.experimental || !function.isExperimental else {
      throw ParseError("the function \"\(function.name)\" is experimental and not enabled", at: token.place)
    }
    advance()
    let arguments = try parseArguments()
    try check(arguments, for: function, at: token.place)
    return .call(Call(function: function, arguments: arguments, place: token.place))
  }

  private mutating func parseArguments() throws(ParseError) -> [Expr] {
    try take("(", "before the arguments")
    var arguments: [Expr] = []
    if takeIf(")") { return arguments }
    while true {
      arguments.append(try parse(above: 0))
      guard takeIf(",") else { break }
    }
    try take(")", "or a comma after an argument")
    return arguments
  }

  private func check(_ arguments: [Expr], for function: Function, at place: Place) throws(ParseError) {
    guard function.allows(count: arguments.count) else {
      throw ParseError(
        "\"\(function.name)\" takes \(function.countText), not \(arguments.count)", at: place)
    }
    for (index, argument) in arguments.enumerated() {
      guard let type = index < function.arguments.count ? function.arguments[index] : function.arguments.last
      else {
        continue
      }
      guard argument.valueType == type else {
        throw ParseError(
          "argument \(index + 1) of \"\(function.name)\" must be a \(type.described), not a "
            + argument.valueType.described, at: argument.place)
      }
    }
  }

  private mutating func parseAggregation(_ op: Aggregation.Operator) throws(ParseError) -> Expr {
    let token = current
    guard options.experimental || (op != .limitk && op != .limitRatio) else {
      throw ParseError("the aggregation \"\(op.rawValue)\" is experimental and not enabled", at: token.place)
    }
    advance()
    var grouping = try parseGrouping()
    var arguments = try parseArguments()
    if grouping == nil { grouping = try parseGrouping() }
    let wanted = op.parameterType == nil ? 1 : 2
    guard arguments.count == wanted, let expr = arguments.popLast() else {
      throw ParseError(
        "\"\(op.rawValue)\" takes \(wanted) argument\(wanted == 1 ? "" : "s"), not \(arguments.count)",
        at: token.place)
    }
    guard expr.valueType == .vector else {
      throw ParseError(
        "\"\(op.rawValue)\" needs an instant vector, not a \(expr.valueType.described)", at: expr.place)
    }
    if let parameter = arguments.first, let type = op.parameterType, parameter.valueType != type {
      throw ParseError(
        "the parameter of \"\(op.rawValue)\" must be a \(type.described), not a \(parameter.valueType.described)",
        at: parameter.place)
    }
    return .aggregation(
      Aggregation(
        op: op, grouping: grouping?.labels ?? [], isWithout: grouping?.isWithout ?? false,
        parameter: arguments.first, expr: expr, place: token.place, index: nextIndex()))
  }

  private mutating func parseGrouping() throws(ParseError) -> (labels: [String], isWithout: Bool)? {
    guard current.isWord("by") || current.isWord("without") else { return nil }
    let isWithout = current.isWord("without")
    advance()
    return (try parseLabelList(), isWithout)
  }
}

extension Aggregation.Operator {
  /// The type of the argument before the vector; nil when there is none.
  var parameterType: ValueType? {
    switch self {
    case .topk, .bottomk, .quantile, .limitk, .limitRatio: .scalar
    case .countValues: .string
    default: nil
    }
  }
}

extension Function {
  private var fewest: Int { optional == 0 ? arguments.count : arguments.count - 1 }

  func allows(count: Int) -> Bool {
    optional < 0 ? count >= fewest : count >= fewest && count <= fewest + max(optional, optional == 0 ? 0 : 1)
  }

  var countText: String {
    let most = fewest + optional
    if optional < 0 { return "at least \(fewest) arguments" }
    return optional == 0 ? "\(fewest) argument\(fewest == 1 ? "" : "s")" : "\(fewest) to \(most) arguments"
  }
}
