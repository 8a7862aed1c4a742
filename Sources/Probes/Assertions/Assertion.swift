internal import Patterns
internal import Values

/// One thing that must be true of an answer, from `expect:`.
///
/// | what | takes |
/// |---|---|
/// | `status` | `== != < <= > >=` a number, `in 200..299` |
/// | `latency`, `cert_expiry` | `< <= > >=` a duration: `latency < 800ms`, `cert_expiry > 14d` |
/// | `header("name")`, `body` | `== !=` a text, `contains "text"`, `=~ !~ "regular expression"` |
/// | `json("$.path")` | `== !=` a text, number, true, false, null; `< <= > >=` a number; `in`; `contains`; `=~ !~` |
/// | `len(json("$.path"))`, `len(body)`, `len(header("name"))` | `== != < <= > >=` a number, `in` |
/// | `dns_rcode` | `== !=` a code: `NOERROR` |
///
/// Regular expressions are RE2's and match anywhere; a range includes both ends. What is missing passes `!=`
/// and `!~`, and nothing else.
package struct Assertion: Sendable {
  /// As it was written.
  package let text: String
  let subject: Subject
  let test: Test

  enum Subject: Hashable, Sendable {
    case status, latency, certificateExpiry, body, dnsCode
    case header(String)
    case json(JSONPath)
    indirect case length(Subject)
  }

  enum Comparison: String, Hashable, Sendable {
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
  }

  enum Literal: Hashable, Sendable {
    case number(Double)
    /// With the text that says it.
    case span(Span, String)
    case text(String)
    case bool(Bool)
    case null
  }

  enum Test: Sendable {
    case compare(Comparison, Literal)
    /// Both ends belong to it.
    case within(Double, Double)
    case contains(String)
    case matches(Regex, negated: Bool)
  }

  init(text: String, subject: Subject, test: Test) {
    self.text = text
    self.subject = subject
    self.test = test
  }

  /// What is expected of HTTP where `expect:` says nothing about the status.
  static let goodStatus = Assertion(text: "status in 200..299", subject: .status, test: .within(200, 299))

  /// - Throws: what is wrong, where, and what was expected there.
  package init(_ text: String) throws(Mistake) {
    var parser = AssertionParser(text)
    self = try parser.parse()
  }
}

extension Assertion: Hashable {
  package static func == (a: Self, b: Self) -> Bool { a.text == b.text }
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// How an assertion turned out.
package struct AssertionResult: Hashable, Sendable {
  /// The assertion as it was written.
  package let text: String
  package let passed: Bool
  /// `200`, `< 800ms`, `to match "json"`.
  package let expected: String
  /// `503`, `1.2s`, `"text/html"`, `missing`; harmless on a terminal.
  package let actual: String
  /// What was looked at: `status`, `header("content-type")`.
  package let subject: String

  package init(text: String, passed: Bool, expected: String, actual: String, subject: String) {
    self.text = text
    self.passed = passed
    self.expected = expected
    self.actual = actual
    self.subject = subject
  }

  /// Why it failed: `status is 503, expected 200`.
  package var reason: String { "\(subject) is \(actual), expected \(expected)" }
}
