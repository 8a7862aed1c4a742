/// What the ends of a graph stand for.
package struct Scale: Hashable, Sendable {
  package let low: Double
  package let high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// Where a value stands, 0 to 1; nil for NaN.
  package func share(of value: Double) -> Double? {
    if value.isNaN { return nil }
    if value == low { return 0 }
    guard high > low, value.isFinite, (high - low).isFinite else { return value > low ? 1 : 0 }
    return min(1, max(0, (value - low) / (high - low)))
  }

  /// The same as one of `count` levels.
  package func level(of value: Double, of count: Int) -> Int? {
    share(of: value).map { min(count - 1, Int($0 * Double(count))) }
  }
}
