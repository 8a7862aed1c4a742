import Values

/// One group of a rule file: rules that are evaluated one after the other, at one time.
package struct GroupDefinition: Sendable {
  package let file: String
  package let name: String
  /// Nil: the system's default.
  package let interval: Span?
  /// How far behind the time of an evaluation its data lies.
  package let queryOffset: Span
  /// The most alerts, or series, that one rule may yield; 0 is no limit.
  package let limit: Int
  package let rules: [Rule]
  package let position: Position

  package init(
    file: String, name: String, interval: Span? = nil, queryOffset: Span = .zero, limit: Int = 0,
    rules: [Rule], position: Position = .start
  ) {
    self.file = file
    self.name = name
    self.interval = interval
    self.queryOffset = queryOffset
    self.limit = limit
    self.rules = rules
    self.position = position
  }

  /// How long samples must be kept for its rules, in milliseconds.
  package var reach: Int64 {
    (rules.map(\.expr.reach).max() ?? 0).addingSaturating(queryOffset.milliseconds)
  }
}
