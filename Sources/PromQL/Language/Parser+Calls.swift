/// Words: functions, aggregations and metric names.
extension Parser {
  mutating func parseWord() throws(ParseError) -> Expr {
    let token = current
    switch token.keyword {
    case .infinity?, .notANumber?: return .number(try takeNumber())
    case .aggregation(let op)? where next.isSymbol("(") || next.isWord(.by) || next.isWord(.without):
      return try parseAggregation(op)
    case let keyword? where keyword.isReserved: throw unexpected("an expression")
    default: break
    }
    if next.isSymbol("(") { return try parseCall() }
    advance()
    return try parseSelector(name: written(token), at: token.place)
  }

  private mutating func parseCall() throws(ParseError) -> Expr {
    let token = current
    let name = written(token)
    guard let function = Function.named(name) ?? Function.named(keyword: token.keyword) else {
      throw ParseError("there is no function \"\(name)\"", at: token.place)
    }
    if function.isExperimental {
      try checkExperimental("the function \"\(function.name)\"", at: token.place)
    }
    advance()
    let arguments = try function.name == "info" ? parseInfoArguments() : parseArguments()
    try check(arguments, for: function, at: token.place)
    return .call(Call(function: function, arguments: arguments, place: token.place))
  }

  /// A vector and perhaps matchers in braces, which may all match the empty text.
  private mutating func parseInfoArguments() throws(ParseError) -> [Expr] {
    try take("(", "before the arguments")
    var arguments: [Expr] = []
    if takeIf(")") { return arguments }
    arguments.append(try parse(above: 0))
    if takeIf(",") {
      guard current.isSymbol("{") else {
        throw unexpected("the labels to take from the info series, such as {version=~\".+\"},")
      }
      arguments.append(try parseSelector(name: nil, at: current.place, mayBeEmpty: true))
      _ = takeIf(",")
    }
    try take(")", "after the arguments")
    return arguments
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
          "argument \(index + 1) of \"\(function.name)\" must be \(type.withArticle), not "
            + argument.valueType.withArticle, at: argument.place)
      }
    }
  }

  private mutating func parseAggregation(_ op: Aggregation.Operator) throws(ParseError) -> Expr {
    let token = current
    if op == .limitk || op == .limitRatio {
      try checkExperimental("the aggregation \"\(op.rawValue)\"", at: token.place)
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
        "\"\(op.rawValue)\" needs an instant vector, not \(expr.valueType.withArticle)", at: expr.place)
    }
    if let parameter = arguments.first, let type = op.parameterType, parameter.valueType != type {
      throw ParseError(
        "the parameter of \"\(op.rawValue)\" must be \(type.withArticle), not \(parameter.valueType.withArticle)",
        at: parameter.place)
    }
    return .aggregation(
      Aggregation(
        op: op, grouping: grouping?.labels ?? [], isWithout: grouping?.isWithout ?? false,
        parameter: arguments.first, expr: expr, place: token.place, index: nextIndex()))
  }

  private mutating func parseGrouping() throws(ParseError) -> (labels: [String], isWithout: Bool)? {
    guard current.isWord(.by) || current.isWord(.without) else { return nil }
    let isWithout = current.isWord(.without)
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
  /// The functions that are keywords may be written in any case.
  static func named(keyword: Keyword?) -> Function? {
    switch keyword {
    case .start?: named("start")
    case .end?: named("end")
    case .step?: named("step")
    case .range?: named("range")
    case .leastOf?: named("min_of")
    case .greatestOf?: named("max_of")
    default: nil
    }
  }

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
