import Metrics
import Values

/// Plans by their static type.
extension Evaluation {
  func number(_ plan: Plan, at time: Int64) throws(EvaluationError) -> Double {
    switch plan.work {
    case .number(let value): return value
    case .negation(let operand): return -(try number(operand, at: time))
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
    throw EvaluationError("a scalar was expected", at: plan.place)
  }

  func string(_ plan: Plan) -> String {
    if case .string(let text) = plan.work { return text }
    return ""
  }

  /// The vector that a plan has at a time; worked out once where several places want it, unless there was something
  /// to note, which stands at a place of its own.
  func vector(_ plan: Plan, at time: Int64) throws(EvaluationError) -> Vector {
    guard memory.isShared(plan.slot) else { return try made(plan, at: time) }
    if let known = memory.result(plan.slot, at: time) { return known }
    let noted = annotations.count
    let vector = try made(plan, at: time)
    if annotations.count == noted { memory.share(vector, plan.slot, at: time) }
    return vector
  }

  private func made(_ plan: Plan, at time: Int64) throws(EvaluationError) -> Vector {
    switch plan.work {
    case .selector(let selector):
      if let ahead = try pointsAhead(plan.slot, of: selector, at: time, \.v) { return ahead }
      return try points(of: selector, at: time, \.v)
    case .negation(let operand):
      let operand = try vector(operand, at: time)
      return try unique(operand.map(nameless(operand.shape, plan.slot), -))
    case .binary(let binary): return try vector(binary, at: time)
    case .call(let call): return try vector(call, at: time)
    case .aggregation(let aggregation): return try vector(aggregation, at: time)
    default: throw EvaluationError("an instant vector was expected", at: plan.place)
    }
  }

  private func vector(_ call: CallPlan, at time: Int64) throws(EvaluationError) -> Vector {
    switch call.function.work {
    case .each(let work):
      let input = try argument(call, at: time)
      return try unique(input.map(nameless(input.shape, call.slot), work))
    case .eachWith(let work):
      var parameters: [Double] = []
      for argument in call.arguments.dropFirst() { parameters.append(try number(argument, at: time)) }
      return try eachWith(call, parameters, at: time, work)
    case .date(let work):
      let input =
        call.arguments.isEmpty ? Vector(.single, [Double(time) / 1000]) : try argument(call, at: time)
      return try unique(input.map(nameless(input.shape, call.slot)) { Self.date($0, work) })
    case .window(let keepsName, let work): return try windows(call, at: time, keepsName: keepsName, work)
    case .vector(let work): return try work(self, call, time)
    case .elements(let work):
      return try unique(vector(of: try work(self, call, time), call.slot))
    case .refused:
      throw EvaluationError(
        "\"\(call.function.name)\" needs native histograms, which are not supported; "
          + "use classic histograms", at: call.place)
    case .number(let work): return Vector(.single, [try work(self, call, time)])
    }
  }

  /// The first argument that is a vector.
  func argument(_ call: CallPlan, at time: Int64) throws(EvaluationError) -> Vector {
    guard let argument = call.vector else { return .empty }
    return try vector(argument, at: time)
  }

  private func eachWith(
    _ call: CallPlan, _ parameters: [Double], at time: Int64, _ work: (Double, [Double]) -> Double?
  ) throws(EvaluationError) -> Vector {
    let input = try argument(call, at: time)
    var values: [Double] = []
    var places: [Int32] = []
    for index in input.values.indices {
      guard let value = work(input.values[index], parameters) else { continue }
      values.append(value)
      places.append(Int32(truncatingIfNeeded: input.place(index)))
    }
    let shape = nameless(input.shape, call.slot)
    return try unique(Vector(shape, values, at: places, isSorted: input.places == nil))
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
    _ call: CallPlan, at time: Int64, keepsName: Bool, _ work: (Window) -> Double?
  ) throws(EvaluationError) -> Vector {
    var parameters: [Double] = []
    for argument in call.numbers { parameters.append(try number(argument, at: time)) }
    guard let matrix = call.matrix else { return .empty }
    try checkWindowParameters(call, parameters)
    try checkExtent(call, matrix)
    let hintsEach = hint(call, matrix)
    if !hintsEach, call.hasConstantNumbers,
      let ahead = try windowsAhead(call.slot, of: matrix, at: time, parameters, call.windowKind, work)
    {
      if ahead.isEmpty { return .empty }
      if keepsName { return try unique(ahead) }
      let shape = nameless(ahead.shape, call.slot)
      return try distinct(Vector(shape, ahead.values, as: ahead), call.slot)
    }
    var values: [Double] = []
    var places: [Int32] = []
    var input = Shape.empty
    try eachWindow(of: matrix, at: time, parameters: parameters) { shape, place, window in
      guard let value = work(window) else { return }
      if hintsEach { hint(shape.labels[place].metricName ?? "", matrix) }
      if values.isEmpty {
        input = shape
        values.reserveCapacity(shape.count)
        places.reserveCapacity(shape.count)
      }
      values.append(value)
      places.append(Int32(truncatingIfNeeded: place))
    }
    if values.isEmpty { return .empty }
    if keepsName { return try unique(Vector(input, values, at: places, isSorted: true)) }
    let shape = nameless(input, call.slot)
    return try distinct(Vector(shape, values, at: places, isSorted: true), call.slot)
  }
}
