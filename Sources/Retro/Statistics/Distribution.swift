import Values

/// How a time is spread over several incidents. Never a bare mean: such times are skewed, and few.
package struct Distribution: Equatable, Sendable {
  package let count: Int
  package let least: Span
  package let median: Span
  package let p90: Span
  package let most: Span
  /// Every one, the shortest first.
  package let points: [Span]

  /// Nil without any.
  package init?(_ spans: [Span]) {
    let points = spans.sorted()
    guard let least = points.first, let most = points.last else { return nil }
    self.points = points
    self.least = least
    self.most = most
    count = points.count
    median = Self.quantile(0.5, of: points)
    p90 = Self.quantile(0.9, of: points)
  }

  /// Between two neighbours by how far it lies from each: definition 7 of Hyndman and Fan, "Sample Quantiles in
  /// Statistical Packages" (1996), rounded to the millisecond.
  ///
  /// - Parameter points: sorted, not empty.
  static func quantile(_ part: Double, of points: [Span]) -> Span {
    let place = part * Double(points.count - 1)
    let lower = Int(place.rounded(.down))
    guard points.indices.contains(lower) else { return points.last ?? .zero }
    let low = points[lower]
    guard points.indices.contains(lower + 1) else { return low }
    let step = Double((points[lower + 1] - low).milliseconds) * (place - Double(lower))
    return low + .milliseconds(Int64(exactly: step.rounded()) ?? 0)
  }
}
