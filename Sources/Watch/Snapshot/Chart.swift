import Values

/// An answered range query, ready to draw: one line a series.
package struct Chart: Codable, Equatable, Sendable {
  package struct Line: Codable, Equatable, Sendable {
    /// The series' labels in Prometheus' form.
    package var name: String
    /// One value a step, nil where there was none.
    package var values: [Double?]

    package init(name: String, values: [Double?]) {
      self.name = name
      self.values = values
    }
  }

  package var expression: String
  package var start: Instant
  package var step: Span
  package var lines: [Line]

  package init(expression: String, start: Instant, step: Span, lines: [Line]) {
    self.expression = expression
    self.start = start
    self.step = step
    self.lines = lines
  }
}
