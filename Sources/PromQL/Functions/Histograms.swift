import Metrics

/// Functions over classic histograms: series with a label `le` that counts what is less or equal.
extension Function {
  static func histogramQuantile(
    _ evaluation: Evaluation, _ call: CallPlan, _ time: Int64
  ) throws(EvaluationError) -> Vector {
    guard let parameter = call.arguments.first else { return .empty }
    let phi = try evaluation.number(parameter, at: time)
    evaluation.checkQuantile(phi, at: parameter.place)
    return try eachHistogram(evaluation, call, at: time) { histogram, name in
      quantile(phi, of: &histogram, named: name, evaluation, call.arguments.last?.place ?? call.place)
    }
  }

  /// Several quantiles at once, told apart by a label.
  static func histogramQuantiles(
    _ evaluation: Evaluation, _ call: CallPlan, _ time: Int64
  ) throws(EvaluationError) -> [Element] {
    let label = call.arguments.dropFirst().first.map { evaluation.string($0) } ?? ""
    var result: [Element] = []
    for argument in call.arguments.dropFirst(2) {
      let phi = try evaluation.number(argument, at: time)
      evaluation.checkQuantile(phi, at: argument.place)
      let place = call.arguments.first?.place ?? call.place
      let vector = try eachHistogram(evaluation, call, at: time) { histogram, name in
        quantile(phi, of: &histogram, named: name, evaluation, place)
      }
      for element in vector.elements {
        guard element.labels[label] == nil else {
          throw EvaluationError(
            "the series has the label \(label.quotedAsInGo) already: \(element.labels)", at: place)
        }
        let labels = element.labels.setting(label, phi.bucketText)
        result.append(Element(labels, element.value, dropsName: element.dropsName))
      }
    }
    return result
  }

  private static func quantile(
    _ phi: Double, of histogram: inout ClassicHistogram, named name: String, _ evaluation: Evaluation,
    _ place: Place
  ) -> Double {
    let (value, isForced) = histogram.quantile(phi)
    if isForced {
      evaluation.note(
        .info,
        "input to histogram_quantile needed to be fixed for monotonicity (see "
          + "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile) for metric name "
          + name.quotedAsInGo, at: place)
    }
    return value
  }

  static func histogramFraction(
    _ evaluation: Evaluation, _ call: CallPlan, _ time: Int64
  ) throws(EvaluationError) -> Vector {
    guard let first = call.arguments.first, let second = call.arguments.dropFirst().first else {
      return .empty
    }
    let lower = try evaluation.number(first, at: time)
    let upper = try evaluation.number(second, at: time)
    return try eachHistogram(evaluation, call, at: time) { histogram, _ in histogram.fraction(lower, upper) }
  }

  private static func eachHistogram(
    _ evaluation: Evaluation, _ call: CallPlan, at time: Int64,
    _ value: (inout ClassicHistogram, String) -> Double
  ) throws(EvaluationError) -> Vector {
    let input = try evaluation.argument(call, at: time)
    if input.isEmpty { return .empty }
    let layout = evaluation.histogramLayout(input.shape, call.slot)
    // By place; -1: not there now.
    var indices: [Int32] = []
    if input.places != nil {
      indices = Array(repeating: -1, count: input.shape.count)
      for index in input.values.indices { indices[input.place(index)] = Int32(truncatingIfNeeded: index) }
    }
    for place in layout.malformed where indices.isEmpty || indices[place] >= 0 {
      evaluation.noteMalformedBucket(input.shape.labels[place], at: (call.vector?.place ?? call.place))
    }
    var histogram = ClassicHistogram()
    var values: [Double] = []
    var places: [Int32] = []
    for (number, members) in layout.members.enumerated() {
      histogram.removeAll()
      for place in members {
        let index = indices.isEmpty ? place : Int(indices[place])
        if index >= 0 { histogram.add(bound: layout.bounds[place], count: input.values[index]) }
      }
      if histogram.isEmpty { continue }
      values.append(value(&histogram, layout.names[number]))
      places.append(Int32(truncatingIfNeeded: number))
    }
    return try evaluation.unique(Vector(layout.shape, values, at: places, isSorted: true))
  }
}

extension Evaluation {
  fileprivate func histogramLayout(_ shape: Shape, _ slot: Int) -> HistogramLayout {
    if case .histograms(let known) = memory.findings[slot], known.from === shape { return known }
    let made = HistogramLayout(shape, delaysNameRemoval: options.delaysNameRemoval)
    memory.findings[slot] = .histograms(made)
    return made
  }

  fileprivate func noteMalformedBucket(_ labels: Labels, at place: Place) {
    note(
      .warning,
      "bucket label \"le\" is missing or has a malformed value of "
        + "\((labels["le"] ?? "").quotedAsInGo) for metric name \((labels.metricName ?? "").quotedAsInGo)",
      at: place)
  }
}

/// The buckets of one classic histogram, by ascending bound.
struct ClassicHistogram {
  private struct Bucket {
    var bound: Double
    var count: Double
  }

  private var buckets: [Bucket] = []

  var isEmpty: Bool { buckets.isEmpty }

  mutating func removeAll() { buckets.removeAll(keepingCapacity: true) }

  /// Adds a bucket whose bound is not less than those before; of equal bounds the counts are added.
  mutating func add(bound: Double, count: Double) {
    if let last = buckets.last, last.bound == bound {
      buckets[buckets.count - 1].count += count
    } else {
      buckets.append(Bucket(bound: bound, count: count))
    }
  }

  /// Whether the last bucket counts everything.
  private var isComplete: Bool { buckets.last?.bound == .infinity }

  /// The value below which the share `phi` of the observations lies; and whether counts that decrease from
  /// bucket to bucket had to be raised.
  mutating func quantile(_ phi: Double) -> (value: Double, isForced: Bool) {
    if phi.isNaN { return (.nan, false) }
    if phi < 0 { return (-.infinity, false) }
    if phi > 1 { return (.infinity, false) }
    guard isComplete else { return (.nan, false) }
    let isForced = raise()
    guard buckets.count >= 2, let total = buckets.last?.count, total != 0 else { return (.nan, isForced) }
    var rank = phi * total
    let index = buckets.dropLast().firstIndex { $0.count >= rank } ?? buckets.count - 1
    if index == buckets.count - 1 { return (buckets[index - 1].bound, isForced) }
    let bucket = buckets[index]
    guard index > 0 else {
      return (bucket.bound <= 0 ? bucket.bound : bucket.bound * (rank / bucket.count), isForced)
    }
    let below = buckets[index - 1]
    rank -= below.count
    return (below.bound + (bucket.bound - below.bound) * (rank / (bucket.count - below.count)), isForced)
  }

  /// Counts must not decrease. Differences that rounding explains are evened out silently.
  private mutating func raise() -> Bool {
    guard var previous = buckets.first?.count else { return false }
    var isForced = false
    for index in buckets.indices.dropFirst() {
      let count = buckets[index].count
      if count == previous { continue }
      if almostEqual(previous, count, 1e-12) {
        buckets[index].count = previous
      } else if count < previous {
        buckets[index].count = previous
        isForced = true
      } else {
        previous = count
      }
    }
    return isForced
  }

  /// The share of observations between two values.
  func fraction(_ lower: Double, _ upper: Double) -> Double {
    guard isComplete, let total = buckets.last?.count, total != 0, !lower.isNaN, !upper.isNaN else {
      return .nan
    }
    guard lower < upper else { return 0 }
    return (min(rank(of: upper), total) - min(rank(of: lower), total)) / total
  }

  /// How many observations lie below a value, linear within its bucket.
  private func rank(of value: Double) -> Double {
    var below = Bucket(bound: -.infinity, count: 0)
    if let first = buckets.first, first.bound > 0 { below.bound = 0 }
    for bucket in buckets {
      if below.bound >= value { return below.count }
      if bucket.bound > value {
        return below.count + (bucket.count - below.count) * (value - below.bound)
          / (bucket.bound - below.bound)
      }
      below = bucket
    }
    return below.count
  }
}

/// Whether two numbers are equal within a relative tolerance; NaN equals NaN.
func almostEqual(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
  if a == b || (a.isNaN && b.isNaN) { return true }
  let sum = abs(a) + abs(b)
  let difference = abs(a - b)
  if a == 0 || b == 0 || sum < .leastNormalMagnitude { return difference < tolerance * .leastNormalMagnitude }
  return difference / min(sum, .greatestFiniteMagnitude) < tolerance
}
