/// The samples of one metric in a strict OpenMetrics page: those that differ by bucket or quantile only.
struct MetricPoint {
  struct Sample {
    let suffix: String
    let labels: Labels
    let value: Double
    let timestamp: Int64?
    let exemplar: Exemplar?
  }

  let family: String
  let type: String
  let labels: Labels
  private var seen: Set<Labels> = []
  private var last: (isTimed: Bool, timestamp: Int64)?
  private var bound: Double?
  private var bucket = 0.0
  private var hasNegativeBound = false
  private var count: Double?
  private var sum: Double?

  init(family: String, type: String, labels: Labels) {
    self.family = family
    self.type = type
    self.labels = labels
  }

  private var isHistogram: Bool { type == "histogram" || type == "gaugehistogram" }

  /// What is wrong with a sample, by itself or after those before it.
  mutating func take(_ sample: Sample) -> String? {
    orderMistake(sample) ?? exemplarMistake(sample) ?? valueMistake(sample) ?? bucketMistake(sample)
  }

  private mutating func orderMistake(_ sample: Sample) -> String? {
    if let last {
      guard last.isTimed == (sample.timestamp != nil) else {
        return "\(family) has samples with and without a timestamp"
      }
      guard last.timestamp <= sample.timestamp ?? .min else { return "the timestamps of \(family) go back" }
      if last.timestamp < sample.timestamp ?? .min { startPoint() }
    }
    last = (sample.timestamp != nil, sample.timestamp ?? .min)
    guard sample.timestamp != nil || seen.insert(sample.labels).inserted else {
      return "\(sample.labels) is given twice"
    }
    return nil
  }

  /// Buckets begin anew at a later time.
  private mutating func startPoint() {
    bound = nil
    bucket = 0
    count = nil
    sum = nil
  }

  private func exemplarMistake(_ sample: Sample) -> String? {
    guard let exemplar = sample.exemplar else { return nil }
    guard type == "counter" && sample.suffix == "_total" || isHistogram && sample.suffix == "_bucket" else {
      return "only counters' totals and buckets may have exemplars"
    }
    let length = exemplar.labels.pairs.reduce(0) {
      $0 + $1.name.unicodeScalars.count + $1.value.unicodeScalars.count
    }
    return length > 128 ? "an exemplar's labels have \(length) characters; 128 are allowed" : nil
  }

  private func valueMistake(_ sample: Sample) -> String? {
    let value = sample.value
    switch (type, sample.suffix) {
    case ("counter", "_total"), (_, "_bucket"), (_, "_count"), (_, "_gcount"), ("summary", "_sum"),
      ("histogram", "_sum"):
      return value.isNaN || value < 0
        ? "\(family)\(sample.suffix) counts: it cannot be \(value.generalText)" : nil
    case (_, "_gsum"): return value.isNaN ? "\(family)_gsum cannot be NaN" : nil
    case ("info", _): return value == 1 ? nil : "the value of an info is 1"
    case ("stateset", _):
      guard sample.labels[family] != nil else { return "a state of \(family) has no label \(family)" }
      return value == 0 || value == 1 ? nil : "the value of a state is 0 or 1"
    case ("summary", ""):
      guard let quantile = sample.labels["quantile"].flatMap({ GoFloat.parse($0) }), quantile >= 0,
        quantile <= 1
      else { return "a summary's sample needs a quantile from 0 to 1" }
      return value < 0 ? "a quantile of \(family) cannot be negative" : nil
    default: return nil
    }
  }

  private mutating func bucketMistake(_ sample: Sample) -> String? {
    guard isHistogram else { return nil }
    switch sample.suffix {
    case "_count", "_gcount": count = sample.value
    case "_sum", "_gsum": sum = sample.value
    case "_bucket":
      guard let le = sample.labels["le"].flatMap({ GoFloat.parse($0) }), !le.isNaN else {
        return "a bucket of \(family) needs the label le with a number"
      }
      guard bound.map({ $0 < le }) != false else { return "the buckets of \(family) are not in order" }
      guard bucket <= sample.value else { return "a bucket of \(family) counts less than one before it" }
      bound = le
      bucket = sample.value
      hasNegativeBound = hasNegativeBound || le < 0
    default: break
    }
    return nil
  }

  /// What is missing, or does not fit together.
  var mistakeAtEnd: String? {
    guard isHistogram, bound != nil || count != nil || sum != nil else { return nil }
    guard bound == .infinity else { return "\(family) has no bucket with le=\"+Inf\"" }
    if let count, count != bucket { return "the count of \(family) differs from its last bucket" }
    if hasNegativeBound, type == "histogram" {
      return sum == nil ? nil : "\(family) has a bucket below zero, so that its sum says nothing"
    }
    if let sum, sum < 0, !hasNegativeBound { return "the sum of \(family) cannot be negative" }
    guard (count == nil) == (sum == nil) else {
      return "\(family) has a sum and no count, or a count and no sum"
    }
    return nil
  }
}
