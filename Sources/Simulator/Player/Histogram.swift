import Values

/// A histogram that is fed at given rates. Observations are whole; a part of one waits for the next piece.
struct Histogram: Sendable {
  /// Upper bounds: Prometheus' usual ones, and those that the bundled rules compare with.
  static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.8, 1, 1.5, 2.5, 5, 10]

  /// Cumulative, one for each bound.
  private(set) var buckets: [Int64] = Array(repeating: 0, count: Histogram.bounds.count)
  private(set) var sum: Double = 0
  private(set) var count: Int64 = 0
  /// Rate × milliseconds since the start, whose whole thousands are ``count``.
  private var owed: Double = 0

  /// Counts what arrives in `milliseconds`: the values in turn, beginning with the first. O(values × bounds).
  mutating func observe(_ observations: Observations, for milliseconds: Int64) {
    owed += observations.rate * Double(milliseconds)
    // A thousandth of an observation forgives binary fractions.
    let due = Int64(exactly: ((owed + 1) / 1000).rounded(.down)) ?? count
    let new = max(0, due.subtractingSaturating(count))
    let turns = Int64(observations.values.count)
    guard turns > 0 else { return }
    for (index, value) in observations.values.enumerated() {
      let times = new / turns + (Int64(index) < new % turns ? 1 : 0)
      sum += value * Double(times)
      for (bucket, bound) in Self.bounds.enumerated() where value <= bound {
        buckets[bucket] = buckets[bucket].addingSaturating(times)
      }
    }
    count = count.addingSaturating(new)
  }
}
