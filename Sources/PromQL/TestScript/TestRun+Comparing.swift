import Metrics

/// Whether a value is the expected one, with Prometheus' tolerance of a millionth.
extension TestScript.Case {
  private static let tolerance = 1e-6

  /// What is different, in words; nil when nothing is.
  func difference(from value: Value) -> String? {
    if let string { return value == .string(string) ? nil : "expected \"\(string)\", got \(value)" }
    switch value {
    case .scalar(let number):
      guard case .scalar(let expected)? = self.expected.first, self.expected.count == 1 else {
        return "got the scalar \(number), expected \(self.expected.count) series"
      }
      return almostEqual(number, expected, Self.tolerance) ? nil : "expected \(expected), got \(number)"
    case .string(let text): return "got the text \"\(text)\""
    case .vector(let elements): return difference(from: elements)
    case .matrix(let series): return difference(from: series)
    }
  }

  private var series: [SeriesNotation] {
    expected.compactMap { if case .series(let series) = $0 { series } else { nil } }
  }

  private func difference(from elements: [Element]) -> String? {
    guard elements.count == expected.count, series.count == expected.count else {
      return "expected \(expected.count) elements, got \(elements.count): "
        + elements.prefix(4).map { "\($0.labels) \($0.value)" }.joined(separator: "; ")
    }
    for (index, element) in elements.enumerated() {
      let place = isOrdered ? index : series.firstIndex { $0.labels == element.labels }
      guard let place, series[place].labels == element.labels, let expected = series[place].values.first
      else {
        return "unexpected \(element.labels) \(element.value)" + (isOrdered ? " in place \(index)" : "")
      }
      guard let expected, almostEqual(element.value, expected, Self.tolerance) else {
        return "\(element.labels): expected \(expected.map { "\($0)" } ?? "none"), got \(element.value)"
      }
    }
    return nil
  }

  private func difference(from result: [SeriesPoints]) -> String? {
    let (from, step): (Int64, Int64)
    switch (when, times) {
    case (_, let times?): (from, step) = (times.from, times.step)
    case (.range(let start, _, let interval), nil): (from, step) = (start, interval)
    default: return "got a range vector, which was not expected"
    }
    guard result.count == series.count else {
      return "expected \(series.count) series, got \(result.count): \(result.prefix(4).map(\.labels))"
    }
    for found in result {
      guard let expected = series.first(where: { $0.labels == found.labels }) else {
        return "unexpected series \(found.labels)"
      }
      var points: [Int64: Double] = [:]
      for point in found.points { points[point.t] = point.v }
      for (index, value) in expected.values.enumerated() {
        let time = from &+ Int64(index) &* step
        let got = points.removeValue(forKey: time)
        switch (value, got) {
        case (nil, nil): break
        case (let value?, let got?) where almostEqual(value, got, Self.tolerance): break
        default:
          return "\(found.labels) at \(time): expected \(value.map { "\($0)" } ?? "none"), got "
            + (got.map { "\($0)" } ?? "none")
        }
      }
      if let (time, value) = points.first { return "\(found.labels): unexpected \(value) at \(time)" }
    }
    return nil
  }
}

extension Value {
  /// A matrix' values at one time.
  func vector(at time: Int64) -> Value {
    guard case .matrix(let series) = self else { return self }
    return .vector(
      series.compactMap { series in
        series.points.first { $0.t == time }.map { Element(series.labels, $0.v) }
      })
  }
}

extension Expr {
  /// Whether the result depends on the first or the last time of the query, or on its step.
  var dependsOnRange: Bool {
    let shift: TimeShift
    switch self {
    case .selector(let selector): shift = selector.shift
    case .range(let range): shift = range.selector.shift
    case .subquery(let subquery): shift = subquery.shift
    case .call(let call) where ["start", "end", "step", "range"].contains(call.function.name): return true
    default: shift = TimeShift()
    }
    return shift.pin == .start || shift.pin == .end || hasComputedDurations
      || children.contains(where: \.dependsOnRange)
  }

  /// Whether the result depends on the time of the evaluation by more than the selectors.
  var dependsOnTime: Bool {
    if case .call(let call) = self {
      let functions: Set<String> = [
        "time", "timestamp", "predict_linear", "days_in_month", "day_of_month", "day_of_week", "day_of_year",
        "hour",
        "minute", "month", "year",
      ]
      if functions.contains(call.function.name) { return true }
    }
    return children.contains(where: \.dependsOnTime)
  }

  /// With `@` on every outermost selector and subquery that has none.
  func pinned(at time: Int64) -> Expr {
    rewritten { expr in
      switch expr {
      case .selector(var selector):
        selector.shift.pin = selector.shift.pin ?? .time(time)
        return .selector(selector)
      case .range(var range):
        range.selector.shift.pin = range.selector.shift.pin ?? .time(time)
        return .range(range)
      case .subquery(var subquery):
        subquery.shift.pin = subquery.shift.pin ?? .time(time)
        return .subquery(subquery)
      default: return nil
      }
    }
  }
}
