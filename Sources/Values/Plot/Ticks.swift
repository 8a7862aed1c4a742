/// Round places on an axis.
package enum Ticks {
  /// At most `count` multiples of 1, 2 or 5 times a power of ten within a range.
  package static func numbers(in range: ClosedRange<Double>, atMost count: Int) -> [Double] {
    let span = range.upperBound - range.lowerBound
    guard count > 0, span > 0, span.isFinite else { return [] }
    var step = power(of: 10, floor: span / Double(count))
    for factor in [1.0, 2, 5, 10, 20, 50] where fits(range, step * factor, count) {
      step *= factor
      break
    }
    return multiples(of: step, in: range, atMost: count)
  }

  /// At most `count` instants within a range, all in seconds, on whole seconds, minutes, hours or days.
  package static func seconds(in range: ClosedRange<Double>, atMost count: Int) -> [Double] {
    let steps: [Double] = [
      1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172_800,
      604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000,
    ]
    guard count > 0, let step = steps.first(where: { fits(range, $0, count) }) else { return [] }
    return multiples(of: step, in: range, atMost: count)
  }

  private static func fits(_ range: ClosedRange<Double>, _ step: Double, _ count: Int) -> Bool {
    guard step > 0, step.isFinite else { return false }
    return (range.upperBound / step).rounded(.down) - (range.lowerBound / step).rounded(.up) + 1
      <= Double(count)
  }

  private static func multiples(
    of step: Double, in range: ClosedRange<Double>, atMost count: Int
  ) -> [Double] {
    let first = (range.lowerBound / step).rounded(.up)
    return (0..<count).map { (first + Double($0)) * step }.prefix { $0 <= range.upperBound }.map { $0 }
  }

  private static func power(of base: Double, floor value: Double) -> Double {
    var power = 1.0
    while power > value, power > 1e-300 { power /= base }
    while power * base <= value, power < 1e300 { power *= base }
    return power
  }
}
