import Metrics

/// Hints and limits that come with functions' arguments.
extension Evaluation {
  func checkWindowParameters(_ call: Call, _ parameters: [Double]) throws(EvaluationError) {
    switch call.function.name {
    case "quantile_over_time":
      checkQuantile(parameters.first ?? .nan, at: call.arguments.first?.place ?? call.place)
    case "double_exponential_smoothing":
      for (word, value) in zip(["smoothing", "trend"], parameters) where !(value > 0 && value < 1) {
        throw EvaluationError(
          "invalid \(word) factor. Expected: 0 < \(word.prefix(1))f < 1, got: \(value)", at: call.place)
      }
    default: break
    }
  }

  func checkQuantile(_ phi: Double, at place: Place) {
    if !(phi >= 0 && phi <= 1) {
      note(.warning, "quantile value should be between 0 and 1, got \(phi.generalText)", at: place)
    }
  }

  /// Looks at the name that a selector asks for, once for all its series; true when each has to be looked at.
  func hint(_ call: Call, _ matrix: Expr) -> Bool {
    guard call.function.isForCounters else { return false }
    guard case .range(let range) = matrix.unwrapped, let name = range.selector.name else { return true }
    if !selection(of: range.selector).series.isEmpty { hint(call, matrix, name) }
    return false
  }

  /// A counter's name should say that it is one.
  func hint(_ call: Call, _ matrix: Expr, _ name: String) {
    guard !name.isEmpty, !["_total", "_sum", "_count", "_bucket"].contains(where: name.hasSuffix) else {
      return
    }
    note(
      .info,
      "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \(name.quotedAsInGo)",
      at: matrix.place)
  }
}

extension Function {
  fileprivate var isForCounters: Bool { name == "rate" || name == "increase" }
}
