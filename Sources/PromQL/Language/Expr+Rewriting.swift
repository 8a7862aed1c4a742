/// Copies with parts replaced.
extension Expr {
  /// The expression with every part replaced for which `replacement` has something; of the others the parts
  /// inside are looked at. Linear.
  func rewritten<Failure: Error>(
    _ replacement: (Expr) throws(Failure) -> Expr?
  ) throws(Failure) -> Expr {
    if let new = try replacement(self) { return new }
    switch self {
    case .number, .string, .selector, .range: return self
    case .subquery(var subquery):
      subquery.expr = try subquery.expr.rewritten(replacement)
      return .subquery(subquery)
    case .call(let call):
      var arguments: [Expr] = []
      for argument in call.arguments { arguments.append(try argument.rewritten(replacement)) }
      return .call(Call(function: call.function, arguments: arguments, place: call.place))
    case .aggregation(let node):
      return .aggregation(
        Aggregation(
          op: node.op, grouping: node.grouping, isWithout: node.isWithout,
          parameter: try node.parameter?.rewritten(replacement), expr: try node.expr.rewritten(replacement),
          place: node.place, index: node.index))
    case .unary(let unary):
      return .unary(
        Unary(
          isNegative: unary.isNegative, operand: try unary.operand.rewritten(replacement), place: unary.place)
      )
    case .binary(let binary):
      return .binary(
        Binary(
          op: binary.op, left: try binary.left.rewritten(replacement),
          right: try binary.right.rewritten(replacement), matching: binary.matching,
          returnsBool: binary.returnsBool, place: binary.place, index: binary.index))
    case .parenthesised(let inner, let place):
      return .parenthesised(try inner.rewritten(replacement), place)
    }
  }
}

// MARK: - Computed durations

extension Expr {
  /// Whether a range, step or offset has to be computed before it can be evaluated.
  package var hasComputedDurations: Bool {
    switch self {
    case .selector(let selector): selector.shift.computedOffset != nil
    case .range(let range): range.computedRange != nil || range.selector.shift.computedOffset != nil
    case .subquery(let subquery):
      subquery.computedRange != nil || subquery.computedStep != nil
        || subquery.shift.computedOffset != nil || subquery.expr.hasComputedDurations
    default: children.contains(where: \.hasComputedDurations)
    }
  }

  /// With its computed durations computed for a query of this step and length, both in milliseconds.
  ///
  /// Fails where one divides by 0, is longer than 292 years, or, being a range or step, not greater than 0.
  func resolved(step: Int64, length: Int64) throws(EvaluationError) -> Expr {
    let clock = QueryClock(step: Double(step) / 1000, length: Double(length) / 1000)
    return try rewritten { expr throws(EvaluationError) in
      switch expr {
      case .selector(var selector):
        try clock.resolve(&selector.shift, at: selector.place)
        return .selector(selector)
      case .range(var range):
        try clock.resolve(&range.selector.shift, at: range.place)
        if let computed = range.computedRange {
          range.range = try clock.milliseconds(computed, at: range.place, positive: true)
        }
        return .range(range)
      case .subquery(var subquery):
        try clock.resolve(&subquery.shift, at: subquery.place)
        if let computed = subquery.computedRange {
          subquery.range = try clock.milliseconds(computed, at: subquery.place, positive: true)
        }
        if let computed = subquery.computedStep {
          subquery.step = try clock.milliseconds(computed, at: subquery.place, positive: true)
        }
        subquery.expr = try subquery.expr.resolved(step: step, length: length)
        return .subquery(subquery)
      default: return nil
      }
    }
  }
}

/// What `step()` and `range()` stand for, in seconds.
private struct QueryClock {
  let step: Double
  let length: Double

  func milliseconds(
    _ duration: ComputedDuration, at place: Place, positive: Bool
  ) throws(EvaluationError) -> Int64 {
    let seconds: Double
    do {
      seconds = try duration.seconds(step: step, range: length)
    } catch {
      throw EvaluationError("division by zero in the duration \(duration)", at: place)
    }
    guard !positive || seconds > 0 else {
      throw EvaluationError("duration must be greater than 0, but \(duration) is \(seconds)s", at: place)
    }
    // Prometheus cuts what is below a millisecond off here, where it rounds durations that are written out.
    guard abs(seconds) <= 9_223_372_036,
      let milliseconds = Int64(exactly: (seconds * 1000).rounded(.towardZero))
    else { throw EvaluationError("duration is out of range: \(duration) is \(seconds)s", at: place) }
    return milliseconds
  }

  func resolve(_ shift: inout TimeShift, at place: Place) throws(EvaluationError) {
    guard let computed = shift.computedOffset else { return }
    shift.offset = try milliseconds(computed, at: place, positive: false)
  }
}
