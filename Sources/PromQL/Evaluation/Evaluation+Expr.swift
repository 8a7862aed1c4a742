import Metrics
import Values

/// Expressions by their static type.
extension Evaluation {
  func number(_ expr: Expr, at time: Int64) throws(EvaluationError) -> Double {
    switch expr {
    case .number(let number): return number.value
    case .parenthesised(let inner, _): return try number(inner, at: time)
    case .unary(let unary):
      let value = try number(unary.operand, at: time)
      return unary.isNegative ? -value : value
    case .binary(let binary):
      let left = try number(binary.left, at: time)
      let right = try number(binary.right, at: time)
      guard let value = binary.op.scalar(left, right) else {
        throw EvaluationError("\"\(binary.op.rawValue)\" does not work on numbers", at: binary.place)
      }
      return value
    case .call(let call):
      guard case .number(let work) = call.function.work else { break }
      return try work(self, call, time)
    default: break
    }
    throw EvaluationError("a scalar was expected", at: expr.place)
  }

  func string(_ expr: Expr) -> String {
    switch expr {
    case .string(let literal): literal.value
    case .parenthesised(let inner, _): string(inner)
    default: ""
    }
  }

  func vector(_ expr: Expr, at time: Int64) throws(EvaluationError) -> [Element] {
    switch expr {
    case .selector(let selector):
      var result: [Element] = []
      try points(of: selector, at: time) { result.append(Element($0.labels, $1.v)) }
      return result
    case .parenthesised(let inner, _): return try vector(inner, at: time)
    case .unary(let unary):
      let operand = try vector(unary.operand, at: time)
      guard unary.isNegative else { return operand }
      return try unique(operand.map { nameless($0, -$0.value) })
    case .binary(let binary): return try vector(binary, at: time)
    case .call(let call): return try vector(call, at: time)
    case .aggregation(let aggregation): return try vector(aggregation, at: time)
    default: throw EvaluationError("an instant vector was expected", at: expr.place)
    }
  }

  /// The element with another value and without its metric's name: at once, or marked for the end.
  func nameless(_ element: Element, _ value: Double) -> Element {
    options.delaysNameRemoval
      ? Element(element.labels, value, dropsName: true) : Element(element.labels.withoutMetricName, value)
  }

  /// The vector itself, unless two elements have the same labels.
  func unique(_ elements: [Element]) throws(EvaluationError) -> [Element] {
    guard elements.count > 1 else { return elements }
    var fingerprints = elements.map(\.labels.fingerprint)
    fingerprints.sort()
    guard zip(fingerprints, fingerprints.dropFirst()).contains(where: ==) else { return elements }
    var seen = Set<Labels>(minimumCapacity: elements.count)
    for element in elements where !seen.insert(element.labels).inserted {
      throw EvaluationError(
        "vector cannot contain metrics with the same labelset: \(element.labels) comes twice")
    }
    return elements
  }

  private func vector(_ call: Call, at time: Int64) throws(EvaluationError) -> [Element] {
    switch call.function.work {
    case .each(let work):
      return try unique(elements(call, at: time).map { nameless($0, work($0.value)) })
    case .eachWith(let work):
      var parameters: [Double] = []
      for argument in call.arguments.dropFirst() { parameters.append(try number(argument, at: time)) }
      return try unique(
        elements(call, at: time).compactMap { element in
          work(element.value, parameters).map { nameless(element, $0) }
        })
    case .date(let work):
      let elements =
        call.arguments.isEmpty
        ? [Element(.empty, Double(time) / 1000)] : try elements(call, at: time)
      return try unique(elements.map { nameless($0, Self.date($0.value, work)) })
    case .window(let keepsName, let work): return try windows(call, at: time, keepsName: keepsName, work)
    case .vector(let work): return try work(self, call, time)
    case .refused:
      throw EvaluationError(
        "\"\(call.function.name)\" needs native histograms, which midwatch does not read; "
          + "use classic histograms", at: call.place)
    case .number: return [Element(.empty, try number(.call(call), at: time))]
    }
  }

  func elements(_ call: Call, at time: Int64) throws(EvaluationError) -> [Element] {
    guard let argument = call.arguments.first(where: { $0.valueType == .vector }) else { return [] }
    return try vector(argument, at: time)
  }

  /// The date parts of a time in seconds. What fits no 64-bit integer counts as 2^63, as in Prometheus on x86.
  private static func date(_ seconds: Double, _ work: (CivilTime, Int) -> Int) -> Double {
    let cut = Int64(exactly: seconds.rounded(.towardZero))
    let whole = cut.map { Int128($0) } ?? Int128(Int64.max) + 1
    // The calendar repeats every 400 years.
    let era: Int128 = 146_097 * 86_400
    let eras = whole >= 0 ? whole / era : (whole - era + 1) / era
    let civil = CivilTime(Instant(milliseconds: Int64(truncatingIfNeeded: whole - eras * era) * 1000))
    return Double(work(civil, Int(truncatingIfNeeded: eras) * 400))
  }

  private func windows(
    _ call: Call, at time: Int64, keepsName: Bool, _ work: (Window) -> Double?
  ) throws(EvaluationError) -> [Element] {
    var parameters: [Double] = []
    for argument in call.arguments where argument.valueType == .scalar {
      parameters.append(try number(argument, at: time))
    }
    guard let matrix = call.arguments.first(where: { $0.valueType == .matrix }) else { return [] }
    try checkWindowParameters(call, parameters)
    try checkExtent(call, matrix)
    let hintsEach = hint(call, matrix)
    var result: [Element] = []
    let delays = options.delaysNameRemoval
    try eachWindow(of: matrix, at: time, parameters: parameters) { labels, bare, dropsName, window in
      guard let value = work(window) else { return }
      if hintsEach { hint(call, matrix, labels.metricName ?? "") }
      if keepsName {
        result.append(Element(labels, value, dropsName: dropsName))
      } else {
        result.append(delays ? Element(labels, value, dropsName: true) : Element(bare, value))
      }
    }
    if case .range(let range) = matrix.unwrapped,
      keepsName || selection(of: range.selector).isUniqueWithoutName
    {
      return result
    }
    return try unique(result)
  }
}
