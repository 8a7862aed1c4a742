import Metrics

/// What a function over a range has to say about the names of what it is given.
enum CounterHint: Sendable {
  /// Nothing: the function does not care, or the only name looks like a counter's.
  case none
  /// The only metric that can come does not look like a counter.
  case named(String)
  /// Each series has to be looked at.
  case each

  init(_ function: Function, _ matrix: Plan?) {
    guard function.name == "rate" || function.name == "increase" else {
      self = .none
      return
    }
    guard case .range(let range)? = matrix?.work, let name = range.selector.name else {
      self = .each
      return
    }
    self = Self.looksLikeCounter(name) ? .none : .named(name)
  }

  static func looksLikeCounter(_ name: String) -> Bool {
    name.isEmpty || ["_total", "_sum", "_count", "_bucket"].contains(where: name.hasSuffix)
  }
}

/// Hints and limits that come with functions' arguments.
extension Evaluation {
  func checkWindowParameters(_ call: CallPlan, _ parameters: [Double]) throws(EvaluationError) {
    guard !parameters.isEmpty else { return }
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
  func hint(_ call: CallPlan, _ matrix: Plan) -> Bool {
    switch call.counterHint {
    case .none: return false
    case .each: return true
    case .named(let name):
      if case .range(let range) = matrix.work, !selection(of: range).ids.isEmpty { hint(name, matrix) }
      return false
    }
  }

  /// A counter's name should say that it is one.
  func hint(_ name: String, _ matrix: Plan) {
    guard !CounterHint.looksLikeCounter(name) else { return }
    note(
      .info,
      "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \(name.quotedAsInGo)",
      at: matrix.place)
  }
}
