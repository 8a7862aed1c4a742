import Metrics
import Values

/// Aggregations.
extension Evaluation {
  func vector(_ aggregation: AggregationPlan, at time: Int64) throws(EvaluationError) -> Vector {
    let input = try vector(aggregation.inner, at: time)
    switch aggregation.op {
    case .topk, .bottomk: return try ranked(aggregation, input, at: time)
    case .limitk:
      let size = try size(aggregation, at: time)
      return input.picking(grouping(aggregation, input).gathered(input).flatMap { $0.indices.prefix(size) })
    case .limitRatio: return try sampled(aggregation, input, at: time)
    case .countValues: return vector(of: try countedValues(aggregation, input.elements), aggregation.slot)
    case .quantile:
      let phi = try number(aggregation.parameter, at: time)
      checkQuantile(phi, at: aggregation.parameter?.place ?? aggregation.place)
      if input.isEmpty { return .empty }
      let grouping = grouping(aggregation, input)
      let groups = grouping.gathered(input)
      let values = groups.map { group in quantile(phi, of: group.indices.map { input.values[$0] }) }
      return named(
        Vector(
          grouping.shape, values, at: groups.map { Int32(truncatingIfNeeded: $0.group) }, isSorted: true),
        grouping, input)
    default:
      if input.isEmpty { return .empty }
      let grouping = grouping(aggregation, input)
      return named(reduced(input, grouping, aggregation.op), grouping, input)
    }
  }

  private func number(_ parameter: Plan?, at time: Int64) throws(EvaluationError) -> Double {
    guard let parameter else { return .nan }
    return try number(parameter, at: time)
  }

  private func grouping(_ aggregation: AggregationPlan, _ input: Vector) -> Grouping {
    if case .grouping(let known) = memory.findings[aggregation.slot], known.from === input.shape {
      return known
    }
    let made = Grouping(input.shape) { aggregation.group(of: $0) }
    memory.findings[aggregation.slot] = .grouping(made)
    return made
  }

  private func reduced(_ input: Vector, _ grouping: Grouping, _ op: Aggregation.Operator) -> Vector {
    switch op {
    case .sum: grouping.folded(input, CompensatedSum(), { $0.add($1) }, \.total)
    case .avg: grouping.folded(input, Mean(), { $0.add($1) }, \.value)
    case .min: grouping.folded(input, Extreme(), { $0.add($1, <) }, \.value)
    case .max: grouping.folded(input, Extreme(), { $0.add($1, >) }, \.value)
    case .count: grouping.folded(input, 0.0, { count, _ in count += 1 }, { $0 })
    case .group: grouping.folded(input, 1.0, { _, _ in }, { $0 })
    case .stddev: grouping.folded(input, Variance(), { $0.add($1) }, { $0.value.squareRoot() })
    case .stdvar: grouping.folded(input, Variance(), { $0.add($1) }, \.value)
    default: grouping.folded(input, Double.nan, { _, _ in }, { $0 })
    }
  }

  /// A group loses the metric's name at the end if one of its elements does that is there now.
  private func named(_ output: Vector, _ grouping: Grouping, _ input: Vector) -> Vector {
    guard !input.shape.dropsName.isEmpty, input.count < input.shape.count else { return output }
    var drops = Array(repeating: false, count: grouping.shape.count)
    for index in input.values.indices where input.shape.drops(input.place(index)) {
      drops[Int(grouping.groups[input.place(index)])] = true
    }
    if (0..<output.count).allSatisfy({ drops[output.place($0)] == output.shape.drops(output.place($0)) }) {
      return output
    }
    return Vector(Shape(grouping.shape.labels, dropsName: drops), output.values, as: output)
  }

  /// The parameter of topk and its like as a count.
  private func size(_ aggregation: AggregationPlan, at time: Int64) throws(EvaluationError) -> Int {
    let size = try number(aggregation.parameter, at: time)
    guard !size.isNaN else { throw EvaluationError("Parameter value is NaN", at: aggregation.place) }
    guard size < 0x1p63, size > -0x1p63 else {
      let word = size > 0 ? "overflows" : "underflows"
      throw EvaluationError("Scalar value \(size.generalText) \(word) int64", at: aggregation.place)
    }
    return max(0, Int(exactly: size.rounded(.towardZero)) ?? 0)
  }

  private func ranked(_ aggregation: AggregationPlan, _ input: Vector, at time: Int64)
    throws(EvaluationError) -> Vector
  {
    let size = try size(aggregation, at: time)
    guard size > 0, !input.isEmpty else { return .empty }
    let isTop = aggregation.op == .topk
    let values = input.values
    return input.picking(
      grouping(aggregation, input).gathered(input).flatMap { group in
        group.indices.sorted { a, b in
          let (x, y) = (values[a], values[b])
          if x.isNaN || y.isNaN { return x.isNaN == y.isNaN ? a < b : y.isNaN }
          return x == y ? a < b : isTop ? x > y : x < y
        }.prefix(size)
      })
  }

  /// A share of the elements, the same ones every time; a negative one takes the others.
  private func sampled(
    _ aggregation: AggregationPlan, _ input: Vector, at time: Int64
  ) throws(EvaluationError) -> Vector {
    let ratio = try shareLimit(aggregation, number(aggregation.parameter, at: time))
    return input.filter { index, _ in input.labels(index).isSampled(by: ratio) }
  }

  private func countedValues(_ aggregation: AggregationPlan, _ elements: [Element]) throws(EvaluationError)
    -> [Element]
  {
    let name = aggregation.parameter.map { string($0) } ?? ""
    guard !name.isEmpty else {
      throw EvaluationError("invalid label name \(name.quotedAsInGo)", at: aggregation.place)
    }
    var counts: [Labels: Int] = [:]
    var order: [Element] = []
    for element in elements {
      let valued = element.labels.setting(name, element.value.decimalText)
      let labels =
        aggregation.isWithout
        ? valued.removing(aggregation.grouping + [.metricName])
        : valued.keeping(aggregation.grouping + [name])
      if let place = counts[labels] {
        order[place].value += 1
        order[place].dropsName = order[place].dropsName || element.dropsName
      } else {
        counts[labels] = order.count
        order.append(Element(labels, 1, dropsName: element.dropsName))
      }
    }
    return order
  }
}

extension AggregationPlan {
  func group(of labels: Labels) -> Labels {
    isWithout ? labels.removing(grouping + [.metricName]) : labels.keeping(grouping)
  }
}
