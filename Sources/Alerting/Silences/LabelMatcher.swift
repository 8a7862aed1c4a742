import Metrics

/// One matcher as text says it: `alertname="QueueBacklog"`, `tenant =~ "a|b"`.
package struct LabelMatcher: Hashable, Sendable {
  package let matcher: Matcher

  /// Nil when `text` is not exactly one matcher; ``MatcherText/parse(_:)`` says why.
  package init?(_ text: String) {
    guard let matchers = try? MatcherText.parse(text), matchers.count == 1, let first = matchers.first else {
      return nil
    }
    matcher = first
  }

  package func matches(_ labels: Labels) -> Bool { matcher.matches(labels) }
}

extension LabelMatcher: CustomStringConvertible {
  package var description: String { matcher.description }
}
