import Metrics
import Values

/// Aggregations.
extension Evaluation {
  func vector(_ aggregation: Aggregation, at time: Int64) throws(EvaluationError) -> [Element] {
    let elements = try vector(aggregation.expr, at: time)
    switch aggregation.op {
    case .topk, .bottomk: return try ranked(aggregation, elements, at: time)
    case .limitk:
      let size = try size(aggregation, at: time)
      return groups(aggregation, elements).flatMap { $0.elements.prefix(size) }
    case .limitRatio: return try sampled(aggregation, elements, at: time)
    case .countValues: return try countedValues(aggregation, elements)
    case .quantile:
      let phi = try number(aggregation.parameter, at: time)
      checkQuantile(phi, at: aggregation.parameter?.place ?? aggregation.place)
      return groups(aggregation, elements).map { group in
        group.element(quantile(phi, of: group.elements.map(\.value)))
      }
    default:
      return groups(aggregation, elements).map { $0.element($0.aggregated(aggregation.op)) }
    }
  }

  private func number(_ parameter: Expr?, at time: Int64) throws(EvaluationError) -> Double {
    guard let parameter else { return .nan }
    return try number(parameter, at: time)
  }

  private func groups(_ aggregation: Aggregation, _ elements: [Element]) -> [Group] {
    if elements.isEmpty { return [] }
    if aggregation.grouping.isEmpty, !aggregation.isWithout {
      return [Group(labels: .empty, elements: elements)]
    }
    let grouping = memory.grouping(of: elements, at: aggregation.index) { aggregation.group(of: $0) }
    var groups = grouping.groups.map { Group(labels: $0, elements: []) }
    for (element, place) in zip(elements, grouping.places) { groups[place].elements.append(element) }
    return groups
  }

  /// The parameter of topk and its like as a count.
  private func size(_ aggregation: Aggregation, at time: Int64) throws(EvaluationError) -> Int {
    let size = try number(aggregation.parameter, at: time)
    guard !size.isNaN else { throw EvaluationError("Parameter value is NaN", at: aggregation.place) }
    guard size < 0x1p63, size > -0x1p63 else {
      let word = size > 0 ? "overflows" : "underflows"
      throw EvaluationError("Scalar value \(size.generalText) \(word) int64", at: aggregation.place)
    }
    return max(0, Int(exactly: size.rounded(.towardZero)) ?? 0)
  }

  private func ranked(_ aggregation: Aggregation, _ elements: [Element], at time: Int64)
    throws(EvaluationError) -> [Element]
  {
    let size = try size(aggregation, at: time)
    guard size > 0 else { return [] }
    let isTop = aggregation.op == .topk
    return groups(aggregation, elements).flatMap { group in
      let order = group.elements.enumerated().sorted { a, b in
        let (x, y) = (a.element.value, b.element.value)
        if x.isNaN || y.isNaN { return x.isNaN == y.isNaN ? a.offset < b.offset : y.isNaN }
        return x == y ? a.offset < b.offset : isTop ? x > y : x < y
      }
      return order.prefix(size).map(\.element)
    }
  }

  /// A share of the elements, the same ones every time; a negative one takes the others.
  private func sampled(
    _ aggregation: Aggregation, _ elements: [Element], at time: Int64
  ) throws(EvaluationError) -> [Element] {
    let ratio = try shareLimit(aggregation, number(aggregation.parameter, at: time))
    return elements.filter { $0.labels.isSampled(by: ratio) }
  }

  private func countedValues(_ aggregation: Aggregation, _ elements: [Element]) throws(EvaluationError)
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

extension Aggregation {
  func group(of labels: Labels) -> Labels {
    isWithout ? labels.removing(grouping + [.metricName]) : labels.keeping(grouping)
  }
}

/// The elements that are aggregated into one.
struct Group {
  let labels: Labels
  var elements: [Element]

  func element(_ value: Double) -> Element {
    Element(labels, value, dropsName: elements.contains(where: \.dropsName))
  }

  func aggregated(_ op: Aggregation.Operator) -> Double {
    switch op {
    case .sum:
      var sum = CompensatedSum()
      for element in elements { sum.add(element.value) }
      return sum.total
    case .avg:
      var mean = Mean()
      for element in elements { mean.add(element.value) }
      return mean.value
    case .min: return extreme { $0 < $1 }
    case .max: return extreme { $0 > $1 }
    case .count: return Double(elements.count)
    case .group: return 1
    case .stddev: return variance.squareRoot()
    case .stdvar: return variance
    default: return .nan
    }
  }

  private func extreme(_ beats: (Double, Double) -> Bool) -> Double {
    guard var best = elements.first?.value else { return .nan }
    for element in elements.dropFirst() where beats(element.value, best) || best.isNaN {
      best = element.value
    }
    return best
  }

  /// Of the population, by Welford's method.
  private var variance: Double {
    var (count, mean, squares) = (0.0, 0.0, 0.0)
    for element in elements {
      if count == 0, !element.value.isFinite { squares = .nan }
      count += 1
      let delta = element.value - mean
      mean += delta / count
      if count > 1 { squares += delta * (element.value - mean) }
    }
    return squares / count
  }
}
