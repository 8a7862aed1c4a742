import Metrics

/// Ranges whose ends are anchored at, or smoothed between, the samples around them.
///
/// The points are those of the range and, within the lookback, those before it; of smoothed ranges those behind, too.
extension Window {
  /// Functions that look at such ranges in Prometheus.
  static func extents(of function: String) -> [Selector.Extent] {
    switch function {
    case "delta", "increase", "rate": [.anchored, .smoothed]
    case "changes", "resets": [.anchored]
    default: []
    }
  }

  /// The first sample that counts: the last one at or before the range's beginning, else the first one inside.
  private var firstIndex: Int {
    max(0, (points.dropLast().firstIndex { $0.t > start } ?? points.count - 1) - 1)
  }

  /// The last sample that counts: of a smoothed range the first one at or behind its end.
  private var lastIndex: Int {
    guard extent == .smoothed else { return points.count - 1 }
    return points.dropLast().firstIndex { $0.t >= end } ?? points.count - 1
  }

  /// The values at the ends of the range, and the samples strictly inside; nil where nothing is known of it.
  private func ends(counter: Bool) -> (
    left: Double, right: Double, inside: Slice<UnsafeBufferPointer<Point>>
  )? {
    guard !points.isEmpty else { return nil }
    let (first, last) = (firstIndex, lastIndex)
    guard points[last].t > start else { return nil }
    var (left, right) = (points[first].v, points[last].v)
    if extent == .smoothed {
      guard points[first].t <= end else { return nil }
      if points[first].t < start, first + 1 < points.count {
        left = Self.interpolated(points[first], points[first + 1], at: start, counter: counter)
      }
      if last > 0, points[last].t > end {
        right = Self.interpolated(points[last - 1], points[last], at: end, counter: counter)
      }
    }
    let inside = points.drop { $0.t <= start }.prefix { $0.t < end }
    return (left, right, inside)
  }

  /// A counter that was reset between the two starts from 0.
  static func interpolated(_ a: Point, _ b: Point, at time: Int64, counter: Bool) -> Double {
    let from = counter && b.v < a.v ? 0 : a.v
    return from + (b.v - from) * seconds(from: a.t, to: time) / seconds(from: a.t, to: b.t)
  }

  /// What `rate`, `increase` and `delta` yield.
  func difference(counter: Bool, perSecond: Bool) -> Double? {
    extent == .plain
      ? extrapolated(counter: counter, perSecond: perSecond)
      : extendedDifference(counter: counter, perSecond: perSecond)
  }

  /// Between the ends of the range; a counter's resets on the way are added.
  func extendedDifference(counter: Bool, perSecond: Bool) -> Double? {
    guard let (left, right, inside) = ends(counter: counter) else { return nil }
    var difference = right - left
    if counter {
      var previous = left
      for value in inside.map(\.v) + [right] {
        if value < previous { difference += previous }
        previous = value
      }
    }
    return perSecond ? difference / Self.seconds(from: start, to: end) : difference
  }

  /// The window from its anchor on, for counting changes; nil where the range itself has no sample.
  var fromAnchor: Window? {
    guard let last = points.last, last.t > start else { return nil }
    var window = Window(
      points: UnsafeBufferPointer(rebasing: points[firstIndex...]), start: start, end: end, time: time,
      parameters: parameters)
    window.extent = .plain
    return window
  }

  /// The points with the values at both ends in place of those beside the range.
  var bounded: [Point] {
    guard extent != .plain else { return Array(points) }
    guard let (left, right, inside) = ends(counter: false) else { return [] }
    return [Point(t: start, v: left)] + inside + [Point(t: end, v: right)]
  }
}
