import Metrics

/// Functions that look at a whole vector or at more than its values.
extension Function {
  static func vector(_ evaluation: Evaluation, _ call: CallPlan, _ time: Int64) throws(EvaluationError)
    -> Vector
  {
    guard let argument = call.arguments.first else { return .empty }
    return Vector(.single, [try evaluation.number(argument, at: time)])
  }

  static func leastOf(_ evaluation: Evaluation, _ call: CallPlan, _ time: Int64) throws(EvaluationError)
    -> Double
  {
    var least = Double.infinity
    for argument in call.arguments { least = smaller(least, try evaluation.number(argument, at: time)) }
    return least
  }

  static func greatestOf(_ evaluation: Evaluation, _ call: CallPlan, _ time: Int64) throws(EvaluationError)
    -> Double
  {
    var greatest = -Double.infinity
    for argument in call.arguments { greatest = larger(greatest, try evaluation.number(argument, at: time)) }
    return greatest
  }

  /// NaN unless there is exactly one element.
  static func scalar(_ evaluation: Evaluation, _ call: CallPlan, _ time: Int64) throws(EvaluationError)
    -> Double
  {
    let values = try evaluation.argument(call, at: time).values
    return values.count == 1 ? values[0] : .nan
  }

  /// A selector's samples have times of their own; everything else is of now.
  static func timestamp(_ evaluation: Evaluation, _ call: CallPlan, _ time: Int64) throws(EvaluationError)
    -> Vector
  {
    let stamped: Vector
    if let argument = call.vector, case .selector = argument.expr.unwrapped,
      case .selector(let selector) = argument.work
    {
      let seconds = { (point: Point) in Double(point.t) / 1000 }
      if let ahead = try evaluation.pointsAhead(call.slot, of: selector, at: time, seconds) {
        stamped = ahead
      } else {
        stamped = try evaluation.points(of: selector, at: time, seconds)
      }
    } else {
      let input = try evaluation.argument(call, at: time)
      stamped = input.map(input.shape) { _ in Double(time) / 1000 }
    }
    let shape = evaluation.nameless(stamped.shape, call.slot)
    return try evaluation.unique(Vector(shape, stamped.values, as: stamped))
  }

  static func absent(_ evaluation: Evaluation, _ call: CallPlan, _ time: Int64) throws(EvaluationError)
    -> Vector
  {
    guard let argument = call.vector, try evaluation.vector(argument, at: time).isEmpty else { return .empty }
    return evaluation.vector(of: [Element(argument.expr.absentLabels, 1)], call.slot)
  }

  static func absentOverTime(
    _ evaluation: Evaluation, _ call: CallPlan, _ time: Int64
  ) throws(EvaluationError) -> Vector {
    guard let argument = call.matrix else { return .empty }
    var isPresent = false
    if let ahead = try evaluation.windowsAhead(call.slot, of: argument, at: time, [], .other, { _ in 1 }) {
      isPresent = !ahead.isEmpty
    } else {
      try evaluation.eachWindow(of: argument, at: time) { _, _, _ in isPresent = true }
    }
    return isPresent ? .empty : evaluation.vector(of: [Element(argument.expr.absentLabels, 1)], call.slot)
  }

  static func sort(_ evaluation: Evaluation, _ call: CallPlan, _ time: Int64) throws(EvaluationError)
    -> Vector
  {
    try sorted(evaluation, call, time) { $0 < $1 }
  }

  static func sortDescending(
    _ evaluation: Evaluation, _ call: CallPlan, _ time: Int64
  ) throws(EvaluationError) -> Vector {
    try sorted(evaluation, call, time) { $0 > $1 }
  }

  /// NaN stands last in both directions.
  private static func sorted(
    _ evaluation: Evaluation, _ call: CallPlan, _ time: Int64, _ precedes: (Double, Double) -> Bool
  ) throws(EvaluationError) -> Vector {
    warnAboutOrder(evaluation, call)
    let input = try evaluation.argument(call, at: time)
    return input.picking(
      input.values.indices.sorted { a, b in
        let (x, y) = (input.values[a], input.values[b])
        if x.isNaN || y.isNaN { return x.isNaN == y.isNaN ? a < b : y.isNaN }
        return x == y ? a < b : precedes(x, y)
      })
  }

  private static func warnAboutOrder(_ evaluation: Evaluation, _ call: CallPlan) {
    guard evaluation.isRange else { return }
    evaluation.note(
      .warning, "sort is ineffective for range queries since results are always ordered by labels",
      at: call.place)
  }

  static func sortByLabel(_ evaluation: Evaluation, _ call: CallPlan, _ time: Int64) throws(EvaluationError)
    -> [Element]
  {
    warnAboutOrder(evaluation, call)
    let names = call.arguments.dropFirst().map { evaluation.string($0) }
    return try evaluation.argument(call, at: time).elements.sorted { a, b in
      for name in names {
        let (x, y) = (a.labels[name] ?? "", b.labels[name] ?? "")
        if x != y { return naturallyPrecedes(x, y) }
      }
      return a.labels < b.labels
    }
  }

  static func sortByLabelDescending(
    _ evaluation: Evaluation, _ call: CallPlan, _ time: Int64
  ) throws(EvaluationError) -> [Element] { try sortByLabel(evaluation, call, time).reversed() }

  /// Runs of digits compare as numbers: `web2` before `web10`.
  static func naturallyPrecedes(_ a: String, _ b: String) -> Bool {
    var (x, y) = (Array(a.utf8)[...], Array(b.utf8)[...])
    while let first = x.first, let second = y.first {
      let (left, right) = (x.prefix { $0.isDigit }, y.prefix { $0.isDigit })
      if !left.isEmpty, !right.isEmpty {
        let (m, n) = (left.drop { $0 == 48 }, right.drop { $0 == 48 })
        if m.count != n.count { return m.count < n.count }
        if !m.elementsEqual(n) { return m.lexicographicallyPrecedes(n) }
        (x, y) = (x.dropFirst(left.count), y.dropFirst(right.count))
        continue
      }
      if first != second { return first < second }
      (x, y) = (x.dropFirst(), y.dropFirst())
    }
    return x.count < y.count
  }
}

extension Expr {
  /// Without parentheses around it.
  var unwrapped: Expr {
    if case .parenthesised(let inner, _) = self { return inner.unwrapped }
    return self
  }

  /// What `absent` says: the labels that a selector asks for with `=`, each once.
  fileprivate var absentLabels: Labels {
    let matchers: [Matcher]
    switch unwrapped {
    case .selector(let selector): matchers = selector.matchers
    case .range(let range): matchers = range.selector.matchers
    default: return .empty
    }
    var labels: [String: String] = [:]
    var seen = Set<String>()
    for matcher in matchers where matcher.name != .metricName {
      if matcher.op == .equal, seen.insert(matcher.name).inserted {
        labels[matcher.name] = matcher.value
      } else {
        labels[matcher.name] = nil
      }
    }
    return Labels(labels)
  }
}
