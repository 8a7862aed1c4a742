internal import Patterns
internal import Values

/// Reads one assertion; what a subject takes is decided here, so that a check cannot meet the wrong type.
struct AssertionParser {
  private let text: String
  private var scanner: TextScanner

  private static let subjects =
    "status, latency, header(\"…\"), json(\"$.…\"), len(…), body, cert_expiry or dns_rcode"

  init(_ text: String) {
    self.text = text
    scanner = TextScanner(text)
  }

  mutating func parse() throws(Mistake) -> Assertion {
    scanner.skipSpaces()
    let start = scanner.column
    let subject = try parseSubject(isInside: false)
    if case .json(let path) = subject, !path.isSingular {
      throw Mistake(
        column: start, "\(path.text) names several values",
        remedy: "name one, or count them with len(json(…))")
    }
    scanner.skipSpaces()
    let test = try parseTest(of: subject)
    scanner.skipSpaces()
    guard scanner.isAtEnd else {
      throw Mistake(
        column: scanner.column, "\(scanner.found) follows the assertion",
        remedy: "write one assertion in each line of expect:")
    }
    return Assertion(text: text, subject: subject, test: test)
  }

  private mutating func parseSubject(isInside: Bool) throws(Mistake) -> Assertion.Subject {
    let column = scanner.column
    let found = scanner.found
    switch scanner.takeWord() {
    case "body": return .body
    case "header":
      return .header(
        try parseArgument("write header(\"content-type\")") { parser throws(Mistake) in
          try parser.scanner.takeQuoted()
        })
    case "json":
      return .json(
        try parseArgument("write json(\"$.status\")") { parser throws(Mistake) in try parser.parsePath() })
    case "status" where !isInside: return .status
    case "latency" where !isInside: return .latency
    case "cert_expiry" where !isInside: return .certificateExpiry
    case "dns_rcode" where !isInside: return .dnsCode
    case "len" where !isInside:
      return .length(
        try parseArgument("write len(json(\"$.items\"))") { parser throws(Mistake) in
          try parser.parseSubject(isInside: true)
        })
    case "":
      throw Mistake(
        column: column, "an assertion does not begin with \(found)", remedy: "write \(Self.subjects)")
    case let word:
      throw Mistake(
        column: column,
        isInside ? "\"\(word)\" has no length" : "\"\(word)\" is nothing that can be asserted",
        remedy: isInside ? "write json(\"$.…\"), body or header(\"…\")" : "write \(Self.subjects)")
    }
  }

  private mutating func parseArgument<Argument>(
    _ remedy: String, _ parse: (inout Self) throws(Mistake) -> Argument
  ) throws(Mistake) -> Argument {
    scanner.skipSpaces()
    guard scanner.take("(") else {
      throw Mistake(column: scanner.column, "( is missing before \(scanner.found)", remedy: remedy)
    }
    scanner.skipSpaces()
    let argument = try parse(&self)
    scanner.skipSpaces()
    guard scanner.take(")") else {
      throw Mistake(column: scanner.column, ") is missing before \(scanner.found)", remedy: remedy)
    }
    return argument
  }

  private mutating func parsePath() throws(Mistake) -> JSONPath {
    let column = scanner.column + 1
    let path = try scanner.takeQuoted()
    do throws(Mistake) {
      return try JSONPath(path)
    } catch {
      throw error.shifted(to: column)
    }
  }

  private mutating func parseTest(of subject: Assertion.Subject) throws(Mistake) -> Assertion.Test {
    let column = scanner.column
    let sign = takeOperator()
    let type = subject.type
    guard let sign, type.operators.contains(sign) else {
      let what =
        sign.map { "\(subject.shown) does not take \($0)" }
        ?? "an operator is missing before \(scanner.found)"
      throw Mistake(column: column, what, remedy: "write one of \(type.operators.joined(separator: " "))")
    }
    scanner.skipSpaces()
    switch sign {
    case "in": return try parseRange()
    case "contains": return .contains(try takeText(after: sign))
    case "=~", "!~": return try parsePattern(sign)
    default:
      guard let comparison = Assertion.Comparison(rawValue: sign) else { break }
      return .compare(comparison, try parseLiteral(type, ordered: !["==", "!="].contains(sign)))
    }
    throw Mistake(column: column, "\(sign) is no operator", remedy: "write ==")
  }

  private mutating func takeOperator() -> String? {
    for sign in ["==", "!=", "<=", ">=", "=~", "!~", "<", ">"] where scanner.take(sign) { return sign }
    var ahead = scanner
    let word = ahead.takeWord()
    guard word == "in" || word == "contains" else { return nil }
    scanner = ahead
    return word
  }

  private mutating func parseRange() throws(Mistake) -> Assertion.Test {
    let column = scanner.column
    let lower = try takeNumber()
    guard scanner.take("..") else {
      throw Mistake(
        column: scanner.column, ".. is missing before \(scanner.found)", remedy: "write in 200..299")
    }
    let upper = try takeNumber()
    guard lower <= upper else {
      throw Mistake(column: column, "the range is empty", remedy: "write the smaller number first")
    }
    return .within(lower, upper)
  }

  private mutating func parsePattern(_ sign: String) throws(Mistake) -> Assertion.Test {
    let column = scanner.column
    let pattern = try takeText(after: sign)
    do throws(Regex.BadPattern) {
      return .matches(try Regex(pattern, anchored: false, dotMatchesNewline: false), negated: sign == "!~")
    } catch {
      throw Mistake(
        column: column, "the regular expression is not RE2's: \(error.reason)",
        remedy: "write it as RE2 reads it")
    }
  }

  private mutating func takeText(after sign: String) throws(Mistake) -> String {
    guard scanner.next == "\"" || scanner.next == "'" else {
      throw Mistake(
        column: scanner.column, "\(sign) takes a text, not \(scanner.found)",
        remedy: "put it in double quotes")
    }
    return try scanner.takeQuoted()
  }

  /// An unsigned or negative decimal number; a range's dots do not belong to it.
  private mutating func takeNumber() throws(Mistake) -> Double {
    let column = scanner.column
    var digits = scanner.take("-") ? "-" : ""
    digits += scanner.takeAll { ("0"..."9").contains($0) }
    var ahead = scanner
    if ahead.take("."), case let fraction = ahead.takeAll(where: { ("0"..."9").contains($0) }),
      !fraction.isEmpty
    {
      digits += ".\(fraction)"
      scanner = ahead
    }
    guard let number = Double(digits) else {
      throw Mistake(
        column: column, "\(scanner.found) is not a number", remedy: "write a number such as 200 or 0.5")
    }
    return number
  }
}

extension AssertionParser {
  /// - Parameter ordered: only what has an order.
  private mutating func parseLiteral(
    _ type: Assertion.SubjectType, ordered: Bool
  ) throws(Mistake) -> Assertion.Literal {
    switch type {
    case .number: return .number(try takeWholeNumber())
    case .span: return try takeSpan()
    case .text: return .text(try takeText(after: "the comparison"))
    case .code:
      let column = scanner.column
      let word = scanner.takeWord()
      guard !word.isEmpty else {
        throw Mistake(
          column: column, "a code is missing before \(scanner.found)", remedy: "write one such as NOERROR")
      }
      return .text(word)
    case .json: return ordered ? .number(try takeWholeNumber()) : try parseJSONLiteral()
    }
  }

  private mutating func parseJSONLiteral() throws(Mistake) -> Assertion.Literal {
    if scanner.next == "\"" || scanner.next == "'" { return .text(try scanner.takeQuoted()) }
    var ahead = scanner
    let literal: Assertion.Literal? =
      switch ahead.takeWord() {
      case "true": .bool(true)
      case "false": .bool(false)
      case "null": .null
      default: nil
      }
    if let literal {
      scanner = ahead
      return literal
    }
    guard let next = scanner.next, next == "-" || ("0"..."9").contains(next) else {
      throw Mistake(
        column: scanner.column, "\(scanner.found) is no JSON value",
        remedy: "write a \"text\", a number, true, false or null")
    }
    return .number(try takeWholeNumber())
  }

  /// A number with nothing of a duration behind it.
  private mutating func takeWholeNumber() throws(Mistake) -> Double {
    let column = scanner.column
    let number = try takeNumber()
    let unit = scanner.takeWord()
    guard unit.isEmpty else {
      throw Mistake(column: column, "a number has no unit (\(unit))", remedy: "write the number alone")
    }
    return number
  }

  private mutating func takeSpan() throws(Mistake) -> Assertion.Literal {
    let column = scanner.column
    let word = scanner.takeAll { $0.isASCII && ($0.isLetter || $0.isNumber) }
    guard word != "0", let span = Span(prometheus: word) else {
      throw Mistake(
        column: column, word.isEmpty ? "\(scanner.found) is no duration" : "\"\(word)\" is no duration",
        remedy: "write one such as 800ms, 5s, 1h30m or 14d")
    }
    return .span(span, word)
  }
}
