internal import JSON
internal import Patterns
internal import Values
internal import Wire

/// Holding an answer against an assertion.
extension Assertion {
  /// What an answer has where a subject looks.
  private enum Found {
    case number(Double)
    /// Seconds.
    case seconds(Double)
    case lifetime(Span)
    case text(String)
    case json(JSONValue)
    /// Nothing, and why: `missing`.
    case nothing(String)
  }

  func check(_ answer: inout Answer, at now: Instant) -> AssertionResult {
    let found = find(subject, in: &answer, at: now)
    return AssertionResult(
      text: text, passed: passes(found), expected: test.shown, actual: Self.shown(found),
      subject: subject.shown)
  }

  private func find(_ subject: Subject, in answer: inout Answer, at now: Instant) -> Found {
    switch subject {
    case .status: return .number(Double(answer.response.status))
    case .latency: return .seconds(answer.response.phases.total)
    case .certificateExpiry:
      guard let expiry = answer.response.certificateExpiry else { return .nothing("missing (no TLS)") }
      return .lifetime(expiry - now)
    case .header(let name): return answer.response.header(name).map(Found.text) ?? .nothing("missing")
    case .body: return .text(answer.text)
    case .json(let path):
      switch answer.document {
      case .failure(let mistake): return .nothing("unknown (\(mistake.reason))")
      case .success(let document):
        return path.value(in: document).map(Found.json) ?? .nothing("missing")
      }
    case .length(let inner): return length(of: inner, in: &answer, at: now)
    case .dnsCode:
      return (answer.response.names?.code).map(Found.text) ?? .nothing("unknown (not a DNS answer)")
    }
  }

  private func length(of inner: Subject, in answer: inout Answer, at now: Instant) -> Found {
    if case .body = inner { return .number(Double(answer.response.body.count)) }
    if case .json(let path) = inner, !path.isSingular, case .success(let document) = answer.document {
      return .number(Double(path.values(in: document).count))
    }
    switch find(inner, in: &answer, at: now) {
    case .text(let text): return .number(Double(text.utf8.count))
    case .json(let value):
      return value.length.map { .number(Double($0)) } ?? .nothing("unknown (\(value.shown) has no length)")
    case let other: return other
    }
  }

  private func passes(_ found: Found) -> Bool {
    switch test {
    case .compare(let comparison, let literal): return Self.compare(found, comparison, literal)
    case .within(let lower, let upper):
      guard let number = Self.number(found) else { return false }
      return lower <= number && number <= upper
    case .contains(let piece):
      guard let text = Self.text(found) else { return false }
      return text.utf8.firstRange(of: piece.utf8) != nil || piece.isEmpty
    case .matches(let regex, let negated):
      guard let text = Self.text(found) else { return negated }
      return regex.matches(text) != negated
    }
  }

  private static func compare(_ found: Found, _ comparison: Comparison, _ literal: Literal) -> Bool {
    switch literal {
    case .number(let expected):
      guard let number = number(found) else { return comparison == .unequal }
      return comparison.holds(number, expected)
    case .span(let expected, _):
      switch found {
      case .seconds(let seconds): return comparison.holds(seconds, expected.seconds)
      case .lifetime(let left): return comparison.holds(left, expected)
      default: return false
      }
    case .text(let expected): return (text(found) == expected) == (comparison == .equal)
    case .bool(let expected): return (json(found) == .bool(expected)) == (comparison == .equal)
    case .null: return (json(found) == .null) == (comparison == .equal)
    }
  }

  private static func number(_ found: Found) -> Double? {
    switch found {
    case .number(let number), .json(.number(let number)): number
    default: nil
    }
  }

  private static func text(_ found: Found) -> String? {
    switch found {
    case .text(let text), .json(.string(let text)): text
    default: nil
    }
  }

  private static func json(_ found: Found) -> JSONValue? {
    if case .json(let value) = found { return value }
    return nil
  }

  private static func shown(_ found: Found) -> String {
    switch found {
    case .number(let number): Shown.number(number)
    case .seconds(let seconds): Figure(seconds, unit: .seconds).description
    case .lifetime(let left): Shown.lifetime(left)
    case .text(let text): Shown.quoted(text)
    case .json(let value): value.shown
    case .nothing(let why): why
    }
  }
}

extension Assertion.Comparison {
  fileprivate func holds<Value: Comparable>(_ a: Value, _ b: Value) -> Bool {
    switch self {
    case .equal: a == b
    case .unequal: a != b
    case .less: a < b
    case .atMost: a <= b
    case .greater: a > b
    case .atLeast: a >= b
    }
  }
}

extension Assertion.Test {
  /// What is expected: `200`, `not 200`, `< 800ms`, `200..299`, `to match "json"`.
  fileprivate var shown: String {
    switch self {
    case .compare(.equal, let literal): literal.shown
    case .compare(.unequal, let literal): "not \(literal.shown)"
    case .compare(let comparison, let literal): "\(comparison.rawValue) \(literal.shown)"
    case .within(let lower, let upper): "\(Shown.number(lower))..\(Shown.number(upper))"
    case .contains(let text): "to contain \(Shown.quoted(text))"
    case .matches(let regex, let negated): "\(negated ? "not " : "")to match \(Shown.quoted(regex.pattern))"
    }
  }
}

extension Assertion.Literal {
  fileprivate var shown: String {
    switch self {
    case .number(let number): Shown.number(number)
    case .span(_, let written): written
    case .text(let text): Shown.quoted(text)
    case .bool(let bool): bool ? "true" : "false"
    case .null: "null"
    }
  }
}
