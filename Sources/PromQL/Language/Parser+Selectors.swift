import Metrics
import Patterns

/// Selectors, their ranges and time modifiers.
extension Parser {
  /// `{job="api", "quoted name"=~"x", "metric.name"}`, or nothing behind a name.
  mutating func parseSelector(name: String?, at place: Place) throws(ParseError) -> Expr {
    var matchers: [Matcher] = []
    var hasQuotedName = false
    if takeIf("{") {
      while !current.isSymbol("}") {
        if case .string = current.kind, next.isSymbol(",") || next.isSymbol("}") { hasQuotedName = true }
        matchers.append(try parseMatcher())
        guard takeIf(",") else { break }
      }
      try take("}", "or a comma after a label matcher")
    }
    let names = matchers.filter { $0.name == .metricName }
    if let name {
      if let other = names.first {
        throw ParseError("the metric name is given twice: \"\(name)\" and \"\(other.value)\"", at: place)
      }
      matchers.append(Matcher(.metricName, name))
    } else if hasQuotedName, names.filter({ $0.op == .equal }).count > 1 {
      throw ParseError("the metric name is given twice inside the braces", at: place)
    }
    guard name != nil || matchers.contains(where: { !$0.matches("") }) else {
      throw ParseError(
        "a selector needs a metric name or a matcher that does not match the empty text", at: place)
    }
    return .selector(Selector(name: name, matchers: matchers, place: place, index: nextIndex()))
  }

  /// The labels of a series in a test: a name, and equalities in braces.
  mutating func parseLabels() throws(ParseError) -> Labels {
    var pairs: [(String, String)] = []
    if case .word = current.kind {
      pairs.append((.metricName, current.text))
      advance()
    }
    if takeIf("{") {
      while !current.isSymbol("}") {
        let place = current.place
        let matcher = try parseMatcher()
        guard matcher.op == .equal else {
          throw ParseError("a series is written with = only, not with \(matcher.op.rawValue)", at: place)
        }
        pairs.append((matcher.name, matcher.value))
        guard takeIf(",") else { break }
      }
      try take("}", "or a comma after a label")
    }
    guard current.isEnd else { throw unexpected("the end of the series") }
    return Labels(pairs)
  }

  private mutating func parseMatcher() throws(ParseError) -> Matcher {
    let name: String
    let isQuoted: Bool
    switch current.kind {
    case .word:
      name = current.text
      isQuoted = false
    case .string(let bytes):
      name = String(decoding: bytes, as: UTF8.self)
      isQuoted = true
    default: throw unexpected("a label name or \"}\"")
    }
    advance()
    if isQuoted, current.isSymbol(",") || current.isSymbol("}") { return Matcher(.metricName, name) }
    guard let op = Matcher.Operator(rawValue: current.text), case .symbol = current.kind else {
      throw unexpected("=, !=, =~ or !~ after the label name")
    }
    advance()
    guard case .string(let bytes) = current.kind else { throw unexpected("a quoted value") }
    let place = current.place
    let value = String(decoding: bytes, as: UTF8.self)
    advance()
    switch op {
    case .equal, .notEqual: return Matcher(name, value, negated: op == .notEqual)
    case .matches, .doesNotMatch:
      do {
        return Matcher(name, value, predicate: try Regex(value), negated: op == .doesNotMatch)
      } catch {
        throw ParseError("the regular expression \(value.quotedAsInGo) is wrong: \(error.reason)", at: place)
      }
    }
  }

  /// Ranges, `offset` and `@` behind an operand.
  mutating func parsePostfix(_ operand: Expr) throws(ParseError) -> Expr {
    var expr = operand
    while true {
      if current.isSymbol("[") {
        expr = try parseRange(of: expr)
      } else if current.isWord("offset") {
        expr = try parseOffset(of: expr)
      } else if current.isSymbol("@") {
        expr = try parsePin(of: expr)
      } else {
        return expr
      }
    }
  }

  private mutating func parseRange(of expr: Expr) throws(ParseError) -> Expr {
    let bracket = current
    advance()
    let range = try takeDuration(positive: true)
    if takeIf(":") {
      let step = current.isSymbol("]") ? nil : try takeDuration(positive: true)
      try take("]", "after the step")
      guard expr.valueType == .vector else {
        throw ParseError(
          "a subquery needs an instant vector, not a \(expr.valueType.described)", at: expr.place)
      }
      return .subquery(Subquery(expr: expr, range: range, step: step, place: expr.place))
    }
    guard current.isSymbol("]") else { throw unexpected("\"]\" or \":\" after the range") }
    advance()
    guard case .selector(let selector) = expr else {
      throw ParseError(
        "a range may only follow a selector; use [range:step] for a subquery", at: bracket.place)
    }
    guard selector.shift == TimeShift() else {
      throw ParseError("offset and @ must stand behind the range", at: bracket.place)
    }
    return .range(RangeSelector(selector: selector, range: range, place: expr.place))
  }

  /// Milliseconds of a duration or of a number of seconds, with or without a sign.
  private mutating func takeDuration(positive: Bool) throws(ParseError) -> Int64 {
    let place = current.place
    let isNegative = takeIf("-")
    if !isNegative { _ = takeIf("+") }
    switch current.kind {
    case .number, .duration: break
    case .word where current.isWord("inf") || current.isWord("nan"): break
    default: throw unexpected("a duration such as 5m")
    }
    let seconds = try takeNumber().value * (isNegative ? -1 : 1)
    guard !positive || seconds > 0 else { throw ParseError("a duration must be greater than 0", at: place) }
    guard abs(seconds) <= 9_223_372_036,
      let milliseconds = Int64(exactly: (seconds * 1000).rounded())
    else {
      throw ParseError("a duration is out of range; 292 years is the longest", at: place)
    }
    return milliseconds
  }

  private mutating func parseOffset(of expr: Expr) throws(ParseError) -> Expr {
    let place = current.place
    advance()
    let offset = try takeDuration(positive: false)
    return try shifted(expr, "offset", at: place) { shift throws(ParseError) in
      guard shift.offset == 0 else { throw ParseError("offset may stand only once", at: place) }
      shift.offset = offset
    }
  }

  private mutating func parsePin(of expr: Expr) throws(ParseError) -> Expr {
    let place = current.place
    advance()
    let pin: TimeShift.Pin
    if current.isWord("start") || current.isWord("end") {
      pin = current.isWord("start") ? .start : .end
      advance()
      try take("(", "after start or end")
      try take(")", "after start( or end(")
    } else {
      let isNegative = takeIf("-")
      if !isNegative { _ = takeIf("+") }
      let seconds = try takeNumber().value * (isNegative ? -1 : 1)
      guard seconds.isFinite, let milliseconds = Int64(exactly: (seconds * 1000).rounded()) else {
        throw ParseError("the time behind @ is out of bounds; write seconds since 1970", at: place)
      }
      pin = .time(milliseconds)
    }
    return try shifted(expr, "@", at: place) { shift throws(ParseError) in
      guard shift.pin == nil else { throw ParseError("@ may stand only once", at: place) }
      shift.pin = pin
    }
  }

  private func shifted(
    _ expr: Expr, _ word: String, at place: Place, _ change: (inout TimeShift) throws(ParseError) -> Void
  ) throws(ParseError) -> Expr {
    switch expr {
    case .selector(var selector):
      try change(&selector.shift)
      return .selector(selector)
    case .range(var range):
      try change(&range.selector.shift)
      return .range(range)
    case .subquery(var subquery):
      try change(&subquery.shift)
      return .subquery(subquery)
    default:
      throw ParseError("\(word) must follow a selector, a range or a subquery", at: expr.place)
    }
  }
}
