import Values

/// Two windows over which the rate at which an error budget burns is looked at together: the long one says that it
/// matters, the short one that it still goes on.
///
/// The pairs and their factors are those of the Site Reliability Workbook (chapter 5, multiwindow, multi-burn-rate
/// alerts) for 30 days; for another window the long ones are scaled with it.
package struct BurnPair: Hashable, Sendable {
  /// How many times as fast as the budget allows.
  package let factor: Double
  package let long: Span
  package let short: Span
  package let level: Level

  /// Parts of the window, and what an alert of each is worth.
  private static let steps: [(part: Int64, factor: Double, level: Level)] = [
    (720, 14.4, .page), (120, 6, .page), (10, 1, .warn),
  ]
  /// A shorter one would be made of a handful of samples.
  private static let shortestLong = Span.minutes(5)

  /// The pairs for an objective over `window`, the fastest first: 1h, 6h and 3d for 30 d; 5m, 30m and 2h for a day.
  /// A pair that does not fit into the window is left out.
  ///
  /// - Parameter shortest: no window is shorter.
  package static func pairs(for window: Span, shortest: Span = .minutes(1)) -> [BurnPair] {
    var pairs: [BurnPair] = []
    for step in steps {
      // The second window of a day is scaled from the first, which is longer than its part.
      let least = pairs.count == 1 ? (pairs.last?.long ?? .zero) * 6 : shortestLong
      let part = Span(milliseconds: window.milliseconds / step.part)
      let long = readable(max(part, least, shortest))
      guard long < window, long > pairs.last?.long ?? .zero else { continue }
      let short = max(shortest, readable(Span(milliseconds: long.milliseconds / 12)))
      pairs.append(BurnPair(factor: step.factor, long: long, short: min(short, long), level: step.level))
    }
    return pairs
  }

  /// Lengths that people say.
  private static let ladder: [Span] =
    [1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90].map { .minutes($0) }
    + [2, 3, 4, 6, 8, 12, 18, 24, 36].map { .hours($0) }
    + [2, 3, 4, 5, 7, 10, 14, 21, 30, 60, 90].map { .days($0) }

  /// The nearest of those, by ratio.
  static func readable(_ span: Span) -> Span {
    func distance(_ other: Span) -> Double {
      let ratio = other.seconds / max(span.seconds, 0.001)
      return max(ratio, 1 / ratio)
    }
    return ladder.min { distance($0) < distance($1) } ?? span
  }
}
