import Values

/// A scripted failure: what each endpoint of one system answers, and when that changes.
package struct Drill: Hashable, Sendable {
  /// From `at` on, counted from the start, the endpoints named here behave differently.
  package struct Row: Hashable, Sendable {
    package let at: Span
    /// What the demo tells whoever watches.
    package let say: String?
    package let changes: [String: Change]
  }

  /// An alert that the system's rules must bring to firing, so long after the start at most.
  package struct Expectation: Hashable, Sendable {
    package let alert: String
    package let within: Span
  }

  /// What `midwatch drill` scores: each span is counted from the start; nil is not scored.
  package struct Goals: Hashable, Sendable {
    package var acknowledge: Span?
    package var declare: Span?
    package var update: Span?
    package var resolve: Span?
    /// Playbook steps done.
    package var steps: Int?
  }

  package let title: String
  package let about: String
  /// How often endpoints are polled and rules evaluated while it plays; nil leaves the system's own.
  package let every: Span?
  /// After this the last row goes on; nil when the drill has no end.
  package let ends: Span?
  /// By endpoint; one that is not named is healthy.
  package let start: [String: Change]
  /// In the order of time.
  package let then: [Row]
  package let expect: [Expectation]
  package let goals: Goals
}
