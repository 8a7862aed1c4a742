import Metrics
import PromQL

/// The series that a recording rule writes for each place of its result's shape.
struct RecordedSeries: Sendable {
  private var from: Shape?
  private(set) var shape = Shape.empty
  /// Nil until the place had a value.
  var ids: [SeriesID?] = []

  /// Whether it was prepared for this shape.
  func fits(_ shape: Shape) -> Bool { from === shape }

  /// Makes the final labels for a shape.
  mutating func prepare(_ rule: Rule, for shape: Shape) {
    from = shape
    self.shape = shape.relabelled { labels in
      var final = labels.setting(.metricName, rule.name)
      for label in rule.labels { final = final.setting(label.name, label.text) }
      return final
    }
    ids = Array(repeating: nil, count: shape.count)
  }
}
