import Metrics

/// What an evaluation yields.
package enum Value: Hashable, Sendable {
  case scalar(Double)
  case string(String)
  case vector([Element])
  /// Sorted by labels.
  case matrix([SeriesPoints])
}

/// One series' value at the time of the evaluation.
package struct Element: Hashable, Sendable {
  package var labels: Labels
  package var value: Double
  /// Whether the metric's name goes at the end of the evaluation (only with delayed name removal).
  var dropsName = false

  package init(_ labels: Labels, _ value: Double) {
    self.labels = labels
    self.value = value
  }

  init(_ labels: Labels, _ value: Double, dropsName: Bool) {
    self.labels = labels
    self.value = value
    self.dropsName = dropsName
  }
}

/// One series' values over time, oldest first.
package struct SeriesPoints: Hashable, Sendable {
  package var labels: Labels
  package var points: [Point]
  var dropsName = false

  package init(_ labels: Labels, _ points: [Point]) {
    self.labels = labels
    self.points = points
  }
}

/// A hint about a result that is a result all the same.
package struct Annotation: Hashable, Sendable {
  package enum Weight: String, Sendable { case warning, info }

  package let weight: Weight
  package let message: String
  package let place: Place
}

extension Annotation: CustomStringConvertible {
  /// `PromQL warning: message (line:column)`.
  package var description: String {
    "PromQL \(weight.rawValue): \(message) (\(place.position.line):\(place.position.column))"
  }
}

/// Why an evaluation failed: a whole sentence.
package struct EvaluationError: Error, Hashable, Sendable {
  package let message: String
  package let place: Place?

  package init(_ message: String, at place: Place? = nil) {
    self.message = message
    self.place = place
  }
}

extension EvaluationError: CustomStringConvertible {
  package var description: String { message }
}
