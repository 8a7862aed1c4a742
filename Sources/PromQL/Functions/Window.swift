import Metrics

/// One series' points in a range, never empty, and the range they were looked for in; valid only
/// while it is looked at.
struct Window {
  let points: UnsafeBufferPointer<Point>
  /// Milliseconds; the range is (start, end].
  let start: Int64
  let end: Int64
  /// The time of the evaluation, which `offset` and `@` move away from the range.
  let time: Int64
  /// The numbers among the function's arguments.
  let parameters: [Double]
  /// Other than plain, there are points beside the range.
  var extent = Selector.Extent.plain

  var parameter: Double { parameters.first ?? .nan }
  var secondParameter: Double { parameters.dropFirst().first ?? .nan }
  var values: [Double] { points.map(\.v) }

  /// Between two times in milliseconds. Exact for all times that occur; extreme ones do not overflow.
  static func seconds(from start: Int64, to end: Int64) -> Double { (Double(end) - Double(start)) / 1000 }

  func time(of point: Point?) -> Double? { point.map { Double($0.t) / 1000 } }
}

// MARK: - Differences

extension Window {
  /// The difference between the first and the last value, extended to the ends of the range where samples are
  /// near them; a counter's resets are added, and it is not extended below zero.
  func extrapolated(counter: Bool, perSecond: Bool) -> Double? {
    guard points.count >= 2, let first = points.first, let last = points.last else { return nil }
    var difference = last.v - first.v
    if counter {
      var previous = first.v
      for point in points {
        if point.v < previous { difference += previous }
        previous = point.v
      }
    }
    return extrapolated(difference, from: first, to: last, counter: counter, perSecond: perSecond)
  }

  /// The same of a counter whose resets are known.
  @inline(__always)
  func extrapolated(resets: Resets, perSecond: Bool) -> Double? {
    guard points.count >= 2, let first = points.first, let last = points.last else { return nil }
    var difference = last.v - first.v
    resets.forEach { difference += points[$0 &- 1].v }
    return extrapolated(difference, from: first, to: last, counter: true, perSecond: perSecond)
  }

  @inline(__always)
  private func extrapolated(
    _ difference: Double, from first: Point, to last: Point, counter: Bool, perSecond: Bool
  ) -> Double {
    var toStart = Self.seconds(from: start, to: first.t)
    var toEnd = Self.seconds(from: last.t, to: end)
    let sampled = Self.seconds(from: first.t, to: last.t)
    let average = sampled / Double(points.count - 1)
    let threshold = average * 1.1
    if toStart >= threshold { toStart = average / 2 }
    if counter, difference > 0, first.v >= 0 { toStart = min(toStart, sampled * (first.v / difference)) }
    if toEnd >= threshold { toEnd = average / 2 }
    var factor = (sampled + toStart + toEnd) / sampled
    if perSecond { factor /= Self.seconds(from: start, to: end) }
    return difference * factor
  }

  /// Between the last two samples.
  func lastStep(perSecond: Bool) -> Double? {
    guard points.count >= 2, let last = points.last, let previous = points.dropLast().last else { return nil }
    let seconds = Self.seconds(from: previous.t, to: last.t)
    guard seconds > 0 else { return nil }
    guard perSecond else { return last.v - previous.v }
    return (last.v < previous.v ? last.v : last.v - previous.v) / seconds
  }

  var changes: Double {
    var count = 0.0
    for (previous, point) in zip(points, points.dropFirst())
    where point.v != previous.v && !(point.v.isNaN && previous.v.isNaN) { count += 1 }
    return count
  }

  var resets: Double {
    var count = 0.0
    for (previous, point) in zip(points, points.dropFirst()) where point.v < previous.v { count += 1 }
    return count
  }
}

// MARK: - Statistics

extension Window {
  var sum: Double {
    var sum = CompensatedSum()
    for point in points { sum.add(point.v) }
    return sum.total
  }

  var average: Double {
    var mean = Mean()
    for point in points { mean.add(point.v) }
    return mean.value
  }

  var minimum: Double? {
    points.dropFirst().reduce(points.first?.v) { least, point in
      least.map { point.v < $0 || $0.isNaN ? point.v : $0 }
    }
  }

  var maximum: Double? {
    points.dropFirst().reduce(points.first?.v) { most, point in
      most.map { point.v > $0 || $0.isNaN ? point.v : $0 }
    }
  }

  /// Of the population, by Welford's method with compensated sums.
  var variance: Double {
    var count = 0.0
    var mean = CompensatedSum()
    var squares = CompensatedSum()
    for point in points {
      count += 1
      let delta = point.v - (mean.sum + mean.error)
      mean.add(delta / count)
      squares.add(delta * (point.v - (mean.sum + mean.error)))
    }
    return (squares.sum + squares.error) / count
  }

  var medianDeviation: Double {
    let values = values
    guard !values.contains(where: \.isNaN) else { return .nan }
    let median = quantile(0.5, of: values)
    return quantile(0.5, of: values.map { abs($0 - median) })
  }

  /// The time of the last point that no other one beats.
  func timeOfExtreme(_ beats: (Double, Double) -> Bool) -> Double? {
    guard var best = points.first else { return nil }
    for point in points.dropFirst() where beats(point.v, best.v) || best.v.isNaN { best = point }
    return time(of: best)
  }

  /// Holt's double exponential smoothing.
  func smoothed(by factor: Double, trend: Double) -> Double? {
    guard points.count >= 2, factor > 0, factor < 1, trend > 0, trend < 1 else { return nil }
    var previous = 0.0
    var level = points[0].v
    var slope = points[1].v - points[0].v
    for (index, point) in points.enumerated().dropFirst() {
      if index > 1 { slope = trend * (level - previous) + (1 - trend) * slope }
      (previous, level) = (level, factor * point.v + (1 - factor) * (level + slope))
    }
    return level
  }
}

// MARK: - Regression

extension Window {
  var slope: Double? {
    guard points.count >= 2, let first = points.first else { return nil }
    return regression(interceptAt: first.t).slope
  }

  func predicted(after seconds: Double) -> Double? {
    guard points.count >= 2 else { return nil }
    let line = regression(interceptAt: time)
    return line.slope * seconds + line.intercept
  }

  /// Least squares with compensated sums; a constant series has no slope, an infinite one no line.
  private func regression(interceptAt origin: Int64) -> (slope: Double, intercept: Double) {
    var (sumX, sumY, sumXY, sumXX) = (CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum())
    for point in points {
      let x = Self.seconds(from: origin, to: point.t)
      sumX.add(x)
      sumY.add(point.v)
      sumXY.add(x * point.v)
      sumXX.add(x * x)
    }
    if let first = points.first?.v, points.allSatisfy({ $0.v == first }) {
      return first.isInfinite ? (.nan, .nan) : (0, first)
    }
    let count = Double(points.count)
    let (x, y) = (sumX.sum + sumX.error, sumY.sum + sumY.error)
    let covariance = sumXY.sum + sumXY.error - x * y / count
    let spread = sumXX.sum + sumXX.error - x * x / count
    let slope = covariance / spread
    return (slope, y / count - slope * x / count)
  }
}
