/// What stands between two operands.
extension Parser {
  struct Modifiers {
    var returnsBool = false
    /// Whether `on` or `ignoring` was written.
    var isExplicit = false
    var matching = VectorMatching()
    var place = Place.start
  }

  /// `bool on (a) group_left (b)`.
  mutating func parseModifiers() throws(ParseError) -> Modifiers {
    var modifiers = Modifiers()
    modifiers.place = current.place
    modifiers.returnsBool = takeWordIf("bool")
    guard current.isWord("on") || current.isWord("ignoring") else { return modifiers }
    modifiers.isExplicit = true
    modifiers.matching.isOn = current.isWord("on")
    advance()
    modifiers.matching.labels = try parseLabelList()
    guard current.isWord("group_left") || current.isWord("group_right") else { return modifiers }
    modifiers.matching.cardinality = current.isWord("group_left") ? .manyToOne : .oneToMany
    advance()
    if current.isSymbol("(") { modifiers.matching.included = try parseLabelList() }
    return modifiers
  }

  /// `(a, "quoted name", )`.
  mutating func parseLabelList() throws(ParseError) -> [String] {
    try take("(", "before label names")
    var names: [String] = []
    while !current.isSymbol(")") {
      switch current.kind {
      case .word where !current.text.contains(":"): names.append(current.text)
      case .string(let bytes) where !bytes.isEmpty: names.append(String(decoding: bytes, as: UTF8.self))
      default: throw unexpected("a label name")
      }
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
        "\"\(op.rawValue)\" works on scalars and instant vectors, not on a \(wrong.described)", at: place)
    }
    if matching.isOn, let twice = matching.labels.first(where: matching.included.contains) {
      throw ParseError(
        "the label \"\(twice)\" may not stand in both on and group_\(matching.side)", at: modifiers.place)
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
