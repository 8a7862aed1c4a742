import Metrics
import Patterns

/// Selectors, their ranges and time modifiers.
extension Parser {
  /// `{job="api", "quoted name"=~"x", "metric.name"}`, or nothing behind a name.
  ///
  /// `mayBeEmpty` lets all matchers match the empty text.
  mutating func parseSelector(
    name: String?, at place: Place, mayBeEmpty: Bool = false
  ) throws(ParseError) -> Expr {
    var matchers: [Matcher] = []
    var hasQuotedName = false
    if takeIf("{") {
      matchers.reserveCapacity(4)
      while !current.isSymbol("}") {
        if current.isString, next.isSymbol(",") || next.isSymbol("}") { hasQuotedName = true }
        matchers.append(try parseMatcher())
        guard takeIf(",") else { break }
      }
      try take("}", "or a comma after a label matcher")
    }
    if let name {
      if let other = matchers.first(where: { $0.name == .metricName }) {
        throw ParseError("the metric name is given twice: \"\(name)\" and \"\(other.value)\"", at: place)
      }
      matchers.append(Matcher(.metricName, name))
    } else if hasQuotedName, matchers.filter({ $0.name == .metricName && $0.op == .equal }).count > 1 {
      throw ParseError("the metric name is given twice inside the braces", at: place)
    }
    guard name != nil || mayBeEmpty || matchers.contains(where: { !$0.matches("") }) else {
      throw ParseError(
        "a selector needs a metric name or a matcher that does not match the empty text", at: place)
    }
    return .selector(Selector(name: name, matchers: matchers, place: place, index: nextIndex()))
  }

  /// The labels of a series in a test: a name, and equalities in braces.
  mutating func parseLabels() throws(ParseError) -> Labels {
    var pairs: [(String, String)] = []
    if current.isWord {
      pairs.append((.metricName, written(current)))
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
    guard current.isWord || current.isString else { throw unexpected("a label name or \"}\"") }
    let isQuoted = current.isString
    let name = isQuoted ? string(current) : written(current)
    advance()
    if isQuoted, current.isSymbol(",") || current.isSymbol("}") { return Matcher(.metricName, name) }
    let op: Matcher.Operator
    switch current.kind {
    case .symbol("="): op = .equal
    case .symbol("!="): op = .notEqual
    case .symbol("=~"): op = .matches
    case .symbol("!~"): op = .doesNotMatch
    default: throw unexpected("=, !=, =~ or !~ after the label name")
    }
    advance()
    guard current.isString else { throw unexpected("a quoted value") }
    let place = current.place
    let value = string(current)
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

  /// Ranges, `offset`, `@`, `anchored` and `smoothed` behind an operand.
  mutating func parsePostfix(_ operand: Expr) throws(ParseError) -> Expr {
    var expr = operand
    while true {
      switch current.kind {
      case .symbol("["): expr = try parseRange(of: expr)
      case .symbol("@"): expr = try parsePin(of: expr)
      case .word(.offset): expr = try parseOffset(of: expr)
      case .word(.anchored), .word(.smoothed): expr = try parseExtent(of: expr)
      default: return expr
      }
    }
  }

  private mutating func parseRange(of expr: Expr) throws(ParseError) -> Expr {
    let bracket = current
    advance()
    let range = try parseSpan()
    if takeIf(":") {
      let step = current.isSymbol("]") ? nil : try parseSpan()
      try take("]", "after the step")
      guard expr.valueType == .vector else {
        throw ParseError(
          "a subquery needs an instant vector, not \(expr.valueType.withArticle)", at: expr.place)
      }
      var subquery = Subquery(expr: expr, range: range.milliseconds, step: nil, place: expr.place)
      subquery.computedRange = range.computed
      subquery.step = step.flatMap { $0.computed == nil ? $0.milliseconds : nil }
      subquery.computedStep = step?.computed
      return .subquery(subquery)
    }
    guard current.isSymbol("]") else { throw unexpected("\"]\" or \":\" after the range") }
    advance()
    guard case .selector(let selector) = expr else {
      throw ParseError(
        "a range may only follow a selector; use [range:step] for a subquery", at: bracket.place)
    }
    guard selector.shift == TimeShift(), selector.extent == .plain else {
      throw ParseError("offset, @, anchored and smoothed must stand behind the range", at: bracket.place)
    }
    return .range(
      RangeSelector(
        selector: selector, range: range.milliseconds, computedRange: range.computed, place: expr.place))
  }

  private mutating func parseExtent(of expr: Expr) throws(ParseError) -> Expr {
    let place = current.place
    let extent: Selector.Extent = current.isWord(.anchored) ? .anchored : .smoothed
    try checkExperimental("\"\(extent.rawValue)\"", at: place)
    advance()
    switch expr {
    case .selector(var selector) where selector.extent == .plain:
      guard extent == .smoothed else {
        throw ParseError("anchored is for ranges only; write one before it, as in [5m] anchored", at: place)
      }
      selector.extent = extent
      return .selector(selector)
    case .range(var range) where range.selector.extent == .plain:
      range.selector.extent = extent
      return .range(range)
    case .selector, .range:
      throw ParseError("only one of anchored and smoothed may stand here, once", at: place)
    default:
      throw ParseError("\(extent.rawValue) must follow a selector or its range", at: expr.place)
    }
  }

  private mutating func parseOffset(of expr: Expr) throws(ParseError) -> Expr {
    let place = current.place
    advance()
    let offset = try parseOffsetSpan()
    return try shifted(expr, "offset", at: place) { shift throws(ParseError) in
      guard shift.offset == 0, shift.computedOffset == nil else {
        throw ParseError("offset may stand only once", at: place)
      }
      shift.offset = offset.milliseconds
      shift.computedOffset = offset.computed
    }
  }

  private mutating func parsePin(of expr: Expr) throws(ParseError) -> Expr {
    let place = current.place
    advance()
    let pin: TimeShift.Pin
    if current.isWord(.start) || current.isWord(.end) {
      pin = current.isWord(.start) ? .start : .end
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
