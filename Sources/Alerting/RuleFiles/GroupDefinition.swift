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
  /// Series that its rules need for longer than all others, by their metric's name: for so long.
  package let kept: [String: Span]

  package init(
    file: String, name: String, interval: Span? = nil, queryOffset: Span = .zero, limit: Int = 0,
    rules: [Rule], position: Position = .start, kept: [String: Span] = [:]
  ) {
    self.file = file
    self.name = name
    self.interval = interval
    self.queryOffset = queryOffset
    self.limit = limit
    self.rules = rules
    self.position = position
    self.kept = kept
  }

  /// How long samples must be kept for its rules, in milliseconds, those left out that are ``kept`` on their own.
  package var reach: Int64 {
    guard !kept.isEmpty else {
      return (rules.map(\.expr.reach).max() ?? 0).addingSaturating(queryOffset.milliseconds)
    }
    let uses = rules.flatMap(\.expr.selectors).filter { kept[$0.selector.metricName ?? ""] == nil }
    return (uses.compactMap(\.reach).max() ?? 0).addingSaturating(queryOffset.milliseconds)
  }
}
