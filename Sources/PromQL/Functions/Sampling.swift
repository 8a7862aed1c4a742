import Metrics

/// `limit_ratio`: a share of the series, the same ones every time and in every Prometheus.
extension Evaluation {
  /// The share, cut to -1 and 1; a negative one takes the series that the rest to 1 leaves out.
  func shareLimit(_ aggregation: AggregationPlan, _ ratio: Double) throws(EvaluationError) -> Double {
    guard !ratio.isNaN else { throw EvaluationError("Ratio value is NaN", at: aggregation.place) }
    let limit = min(1, max(-1, ratio))
    if limit != ratio {
      note(
        .warning,
        "ratio value should be between -1 and 1, got \(ratio.generalText), capping to \(limit.generalText)",
        at: aggregation.parameter?.place ?? aggregation.place)
    }
    return limit
  }
}

extension Labels {
  /// Whether a share of all series holds this one: its hash stands for a place between 0 and 1.
  func isSampled(by ratio: Double) -> Bool {
    let place = Double(prometheusHash) / 0x1p64
    return ratio >= 0 ? place < ratio : place >= 1 + ratio
  }

  /// What Prometheus 3 computes as a label set's hash: XXH64 over each name and value, a byte with the length before
  /// either; from 255 on the byte is 255 and three more bytes hold the length, the lowest first.
  var prometheusHash: UInt64 {
    var bytes: [UInt8] = []
    for label in pairs {
      for text in [label.name, label.value] {
        let length = text.utf8.count
        if length < 255 {
          bytes.append(UInt8(length))
        } else {
          bytes += [255, UInt8(length & 0xff), UInt8(length >> 8 & 0xff), UInt8(length >> 16 & 0xff)]
        }
        bytes += Array(text.utf8)
      }
    }
    return XXH64.hash(bytes)
  }
}
