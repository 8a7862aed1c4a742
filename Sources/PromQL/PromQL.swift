/// The query language of Prometheus 3.14, for floats.
package enum PromQL {
  /// What a text may use.
  package struct ParseOptions: Hashable, Sendable {
    /// What Prometheus keeps behind feature flags: functions, aggregations, fill modifiers, computed durations,
    /// anchored and smoothed vectors.
    package var experimental = false

    package init(experimental: Bool = false) { self.experimental = experimental }
  }

  /// Reads an expression; linear in its size. It accepts what Prometheus accepts and refuses what it refuses.
  package static func parse(
    _ text: String, options: ParseOptions = ParseOptions()
  ) throws(ParseError) -> Expr {
    var parser = Parser(text, options: options)
    return try parser.parseAll()
  }
}
