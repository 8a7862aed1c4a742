/// What stands between two operands.
extension Parser {
  struct Modifiers {
    var returnsBool = false
    var matching = VectorMatching()
    var place = Place.start
  }

  /// `bool on (a) group_left (b)`.
  mutating func parseModifiers() throws(ParseError) -> Modifiers {
    var modifiers = Modifiers()
    modifiers.place = current.place
    modifiers.returnsBool = takeIf(.bool)
    try parseMatching(&modifiers)
    try parseFills(&modifiers)
    return modifiers
  }

  private mutating func parseMatching(_ modifiers: inout Modifiers) throws(ParseError) {
    guard current.isWord(.on) || current.isWord(.ignoring) else { return }
    modifiers.matching.isOn = current.isWord(.on)
    advance()
    modifiers.matching.labels = try parseLabelList()
    guard current.isWord(.groupLeft) || current.isWord(.groupRight) else { return }
    modifiers.matching.cardinality = current.isWord(.groupLeft) ? .manyToOne : .oneToMany
    advance()
    if current.isSymbol("(") { modifiers.matching.included = try parseLabelList() }
  }

  /// `fill (0)`, `fill_left (0) fill_right (1)`; without parentheses the words are metrics' names.
  private mutating func parseFills(_ modifiers: inout Modifiers) throws(ParseError) {
    while let word = current.keyword, [.fill, .fillLeft, .fillRight].contains(word), next.isSymbol("(") {
      let place = current.place
      try checkExperimental("\"\(written(current).lowercased())\"", at: place)
      advance()
      advance()
      let isNegative = takeIf("-")
      if !isNegative { _ = takeIf("+") }
      let value = try takeNumber().value * (isNegative ? -1 : 1)
      try take(")", "after the value")
      let isTwice =
        (word != .fillRight && modifiers.matching.fillLeft != nil)
        || (word != .fillLeft && modifiers.matching.fillRight != nil)
      guard !isTwice else { throw ParseError("a side may be filled only once", at: place) }
      if word != .fillRight { modifiers.matching.fillLeft = value }
      if word != .fillLeft { modifiers.matching.fillRight = value }
    }
  }

  /// `(a, "quoted name", )`.
  mutating func parseLabelList() throws(ParseError) -> [String] {
    try take("(", "before label names")
    var names: [String] = []
    while !current.isSymbol(")") {
      let name = current.isWord ? written(current) : string(current)
      guard !name.isEmpty, current.isString || !name.utf8.contains(UInt8(ascii: ":")) else {
        throw unexpected("a label name")
      }
      names.append(name)
      advance()
      guard takeIf(",") else { break }
    }
    try take(")", "or a comma after a label name")
    return names
  }

  mutating func combine(
    _ left: Expr, _ op: BinaryOperator, _ modifiers: Modifiers, _ right: Expr
  ) throws(ParseError) -> Expr {
    let place = left.place
    var matching = modifiers.matching
    let types = [left.valueType, right.valueType]
    if modifiers.returnsBool, !op.isComparison {
      throw ParseError("bool may only follow a comparison, not \"\(op.rawValue)\"", at: modifiers.place)
    }
    guard types.allSatisfy({ $0 == .scalar || $0 == .vector }) else {
      let wrong = types.first { $0 != .scalar && $0 != .vector } ?? .string
      throw ParseError(
        "\"\(op.rawValue)\" works on scalars and instant vectors, not on \(wrong.withArticle)", at: place)
    }
    let included = Set(matching.included)
    if matching.isOn, !included.isEmpty, let twice = matching.labels.first(where: included.contains) {
      throw ParseError(
        "the label \"\(twice)\" may not stand in both on and group_\(matching.side)", at: modifiers.place)
    }
    let isFilled = matching.fillLeft != nil || matching.fillRight != nil
    guard !isFilled || (types == [.vector, .vector] && !op.isSet) else {
      throw ParseError("fill is for arithmetic and comparisons of two instant vectors", at: modifiers.place)
    }
    guard types == [.vector, .vector] else {
      if op.isSet {
        throw ParseError(
          "\"\(op.rawValue)\" works on two instant vectors only; a side is a scalar", at: place)
      }
      guard matching.labels.isEmpty else {
        throw ParseError("on and ignoring are for two instant vectors; a side is a scalar", at: place)
      }
      if op.isComparison, types == [.scalar, .scalar], !modifiers.returnsBool {
        throw ParseError("a comparison of two scalars must be written with bool", at: place)
      }
      return .binary(
        Binary(
          op: op, left: left, right: right, matching: nil, returnsBool: modifiers.returnsBool, place: place,
          index: nextIndex()))
    }
    if op.isSet {
      guard matching.cardinality == .oneToOne else {
        throw ParseError(
          "group_\(matching.side) may not be used with \"\(op.rawValue)\"", at: modifiers.place)
      }
      matching.cardinality = .manyToMany
    }
    return .binary(
      Binary(
        op: op, left: left, right: right, matching: matching, returnsBool: modifiers.returnsBool,
        place: place,
        index: nextIndex()))
  }
}

extension VectorMatching {
  /// `left` or `right`, as in `group_left`.
  var side: String { cardinality == .oneToMany ? "right" : "left" }
}
