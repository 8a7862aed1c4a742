import PromQL
import Values

/// A file of promtool's unit tests for rules.
package struct UnitTestFile: Sendable {
  package let file: String
  /// Paths and patterns of rule files, relative to the file's folder.
  package let ruleFiles: [String]
  /// Between two evaluations of the rules.
  package let interval: Span
  /// Names of groups, in the order of their evaluation; others follow.
  package let groupOrder: [String]
  /// Values may differ in their last binary digit.
  package let isFuzzy: Bool
  package let tests: [UnitTest]
}

/// One test: series over time, and what the rules must make of them.
package struct UnitTest: Sendable {
  /// What an alert rule must have firing at a time.
  struct AlertExpectation: Sendable {
    let at: Span
    let name: String
    let alerts: [(labels: [String: String], annotations: [String: String])]
    let position: Position
  }

  /// What an expression must yield at a time.
  struct QueryExpectation: Sendable {
    let at: Span
    let expr: String
    let samples: [Element]
    let position: Position
  }

  package let name: String?
  package let position: Position
  /// Between two values of a series.
  let interval: Span
  let start: Instant
  let series: [SeriesNotation]
  let alerts: [AlertExpectation]
  let queries: [QueryExpectation]
  let externalLabels: [String: String]
  let externalURL: String

  /// The last time at which something is expected, counted from the start.
  var length: Span { max(alerts.map(\.at).max() ?? .zero, queries.map(\.at).max() ?? .zero) }
}
