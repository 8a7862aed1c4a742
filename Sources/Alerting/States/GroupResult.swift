import Values

/// What one evaluation of a group did.
package struct GroupResult: Sendable {
  /// How one rule's evaluation went.
  package struct Outcome: Sendable {
    package let rule: String
    package let position: Position
    /// A whole sentence; nil when it went well. A failed rule writes nothing and keeps its alerts as they were.
    package let error: String?
    /// Warnings and hints about the result.
    package let hints: [String]
    /// Samples written.
    package let samples: Int
  }

  package let group: String
  package let at: Instant
  package var transitions: [AlertTransition] = []
  /// One for each rule, in order.
  package var outcomes: [Outcome] = []

  package init(group: String, at: Instant) {
    self.group = group
    self.at = at
  }

  /// The rules that failed, with the reason.
  package var failures: [(rule: String, reason: String)] {
    outcomes.compactMap { outcome in outcome.error.map { (outcome.rule, $0) } }
  }
}
