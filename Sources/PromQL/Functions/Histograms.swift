import Metrics

/// Functions over classic histograms: series with a label `le` that counts what is less or equal.
extension Function {
  static func histogramQuantile(
    _ evaluation: Evaluation, _ call: Call, _ time: Int64
  ) throws(EvaluationError) -> [Element] {
    guard let parameter = call.arguments.first else { return [] }
    let phi = try evaluation.number(parameter, at: time)
    evaluation.checkQuantile(phi, at: parameter.place)
    return try eachHistogram(evaluation, call, at: time) { histogram, name in
      quantile(phi, of: histogram, named: name, evaluation, call.arguments.last?.place ?? call.place)
    }
  }

  /// Several quantiles at once, told apart by a label.
  static func histogramQuantiles(
    _ evaluation: Evaluation, _ call: Call, _ time: Int64
  ) throws(EvaluationError) -> [Element] {
    let label = call.arguments.dropFirst().first.map { evaluation.string($0) } ?? ""
    var result: [Element] = []
    for argument in call.arguments.dropFirst(2) {
      let phi = try evaluation.number(argument, at: time)
      evaluation.checkQuantile(phi, at: argument.place)
      let place = call.arguments.first?.place ?? call.place
      for element in try eachHistogram(
        evaluation, call, at: time,
        { histogram, name in
          quantile(phi, of: histogram, named: name, evaluation, place)
        })
      {
        guard element.labels[label] == nil else {
          throw EvaluationError(
            "the series has the label \(label.quotedAsInGo) already: \(element.labels)", at: place)
        }
        let labels = element.labels.setting(label, phi.bucketText)
        result.append(Element(labels, element.value, dropsName: element.dropsName))
      }
    }
    return try evaluation.unique(result)
  }

  private static func quantile(
    _ phi: Double, of histogram: ClassicHistogram, named name: String, _ evaluation: Evaluation,
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
    _ evaluation: Evaluation, _ call: Call, _ time: Int64
  ) throws(EvaluationError) -> [Element] {
    guard let first = call.arguments.first, let second = call.arguments.dropFirst().first else { return [] }
    let lower = try evaluation.number(first, at: time)
    let upper = try evaluation.number(second, at: time)
    return try eachHistogram(evaluation, call, at: time) { histogram, _ in histogram.fraction(lower, upper) }
  }

  private static func eachHistogram(
    _ evaluation: Evaluation, _ call: Call, at time: Int64, _ value: (ClassicHistogram, String) -> Double
  ) throws(EvaluationError) -> [Element] {
    var order: [Element] = []
    var places: [Labels: Int] = [:]
    var histograms: [ClassicHistogram] = []
    let place = (call.arguments.first { $0.valueType == .vector } ?? .call(call)).place
    for element in try evaluation.elements(call, at: time) {
      guard let text = element.labels["le"], let bound = GoFloat.parse(text) else {
        let name = element.labels.metricName ?? ""
        evaluation.note(
          .warning,
          "bucket label \"le\" is missing or has a malformed value of "
            + "\((element.labels["le"] ?? "").quotedAsInGo) for metric name \(name.quotedAsInGo)",
          at: place)
        continue
      }
      let key = element.labels.removing("le")
      let index = places[key] ?? order.count
      if index == order.count {
        places[key] = index
        order.append(evaluation.nameless(Element(key, 0), 0))
        histograms.append(ClassicHistogram())
      }
      histograms[index].add(bound: bound, count: element.value)
    }
    let names = places.sorted { $0.value < $1.value }.map { $0.key.metricName ?? "" }
    return try evaluation.unique(
      order.indices.map {
        Element(order[$0].labels, value(histograms[$0], names[$0]), dropsName: order[$0].dropsName)
      })
  }
}

/// The buckets of one classic histogram.
struct ClassicHistogram {
  private struct Bucket {
    var bound: Double
    var count: Double
  }

  private var buckets: [Bucket] = []

  mutating func add(bound: Double, count: Double) { buckets.append(Bucket(bound: bound, count: count)) }

  /// Sorted by bound, equal bounds merged; nil without a bucket up to infinity.
  private func sorted() -> [Bucket]? {
    var result: [Bucket] = []
    for bucket in buckets.sorted(by: { $0.bound < $1.bound }) {
      if let last = result.last, last.bound == bucket.bound {
        result[result.count - 1].count += bucket.count
      } else {
        result.append(bucket)
      }
    }
    return result.last?.bound == .infinity ? result : nil
  }

  /// The value below which the share `phi` of the observations lies; and whether counts that decrease from
  /// bucket to bucket had to be raised.
  func quantile(_ phi: Double) -> (value: Double, isForced: Bool) {
    if phi.isNaN { return (.nan, false) }
    if phi < 0 { return (-.infinity, false) }
    if phi > 1 { return (.infinity, false) }
    guard var buckets = sorted() else { return (.nan, false) }
    let isForced = Self.raise(&buckets)
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
  private static func raise(_ buckets: inout [Bucket]) -> Bool {
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
    guard let buckets = sorted(), let total = buckets.last?.count, total != 0, !lower.isNaN, !upper.isNaN
    else {
      return .nan
    }
    guard lower < upper else { return 0 }
    return (min(rank(of: upper, in: buckets), total) - min(rank(of: lower, in: buckets), total)) / total
  }

  /// How many observations lie below a value, linear within its bucket.
  private func rank(of value: Double, in buckets: [Bucket]) -> Double {
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
