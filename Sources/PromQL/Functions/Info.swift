import Metrics
import Patterns

/// `info`: adds the labels of info series, such as `target_info`, to the series that they describe.
extension Function {
  /// The labels by which an info series is known to describe another series.
  private static let identifying = ["instance", "job"]

  static func info(
    _ evaluation: Evaluation, _ call: CallPlan, _ time: Int64
  ) throws(EvaluationError) -> [Element] {
    guard let described = call.arguments.first else { return [] }
    let elements = try evaluation.vector(described, at: time).elements
    var matchers: [Matcher] = []
    if case .selector(let selector)? = call.arguments.dropFirst().first?.expr { matchers = selector.matchers }
    let wanted = matchers.filter { $0.name != .metricName }
    var names = matchers.filter { $0.name == .metricName }
    // Info series themselves are left as they are; braces without a name in them name none.
    let namesInfo = call.arguments.count == 1 || !names.isEmpty
    if names.isEmpty {
      names = [Matcher(.metricName, "target_info")]
    } else if names.allSatisfy({ $0.op == .notEqual || $0.op == .doesNotMatch }),
      let pattern = try? Regex(".+_info")
    {
      names.append(Matcher(.metricName, pattern.pattern, predicate: pattern))
    }
    let isInfo = { [names] (labels: Labels) in namesInfo && names.allSatisfy { $0.matches(labels) } }
    let others = elements.filter { !isInfo($0.labels) }
    let found = try infoSeries(
      evaluation, call, describing: others, names + wanted,
      at: evaluation.referenceTime(of: described.expr, time))
    var result: [Element] = []
    for element in elements {
      guard !isInfo(element.labels) else {
        result.append(element)
        continue
      }
      let partners = found[element.labels.keeping(identifying)] ?? []
      if partners.isEmpty, wanted.contains(where: { !$0.matches("") }) { continue }
      var enriched = element
      enriched.labels = try element.labels.enriched(by: partners, Set(wanted.map(\.name)), at: call.place)
      result.append(enriched)
    }
    return result
  }

  /// The newest info series of each name by the labels that identify what it describes.
  private static func infoSeries(
    _ evaluation: Evaluation, _ call: CallPlan, describing elements: [Element], _ matchers: [Matcher],
    at time: Int64
  ) throws(EvaluationError) -> [Labels: [Labels]] {
    var known: [String: Set<String>] = [:]
    for name in identifying {
      let values = Set(elements.compactMap { $0.labels[name] })
      if !values.isEmpty { known[name] = values }
    }
    guard !known.isEmpty else { return [:] }
    var newest: [Labels: (labels: Labels, time: Int64)] = [:]
    for id in evaluation.store.select(matchers) {
      guard let labels = evaluation.store.labels(of: id),
        known.allSatisfy({ $0.value.contains(labels[$0.key] ?? "") }),
        let point = evaluation.store.newest(
          id, after: time.subtractingSaturating(evaluation.options.lookback), through: time),
        !point.v.isStale
      else { continue }
      try evaluation.count(1)
      let key = labels.keeping(identifying + [.metricName])
      if let other = newest[key] {
        guard other.time != point.t else {
          throw EvaluationError(
            "found duplicate series for info metric: existing \(other.labels) @ \(other.time), new \(labels)"
              + " @ \(point.t)", at: call.place)
        }
        if other.time > point.t { continue }
      }
      newest[key] = (labels, point.t)
    }
    return Dictionary(grouping: newest.values.map(\.labels)) { $0.keeping(identifying) }
  }

  /// Start timestamps are not read, so that no sample has one.
  static func startTimestamp(
    _ evaluation: Evaluation, _ call: CallPlan, _ time: Int64
  ) throws(EvaluationError) -> Vector {
    _ = try evaluation.argument(call, at: time)
    return .empty
  }
}

extension Labels {
  /// With the labels of info series that are not there yet; `names` are the only ones wanted, unless empty.
  fileprivate func enriched(
    by partners: [Labels], _ names: Set<String>, at place: Place
  ) throws(EvaluationError) -> Labels {
    var added: [String: String] = [:]
    for partner in partners {
      for label in partner.pairs
      where label.name != .metricName && (names.isEmpty || names.contains(label.name)) {
        if let other = added[label.name], other != label.value {
          throw EvaluationError("conflicting label: \(label.name)", at: place)
        }
        if self[label.name] == nil { added[label.name] = label.value }
      }
    }
    return added.reduce(self) { $0.setting($1.key, $1.value) }
  }
}

extension Evaluation {
  /// The time that the leftmost selector looks at when the expression is evaluated at `time`: `@` and `offset` of a
  /// series' samples hold for the info series that describe it.
  func referenceTime(of expr: Expr, _ time: Int64) -> Int64 {
    switch expr {
    case .selector(let selector): shifted(time, selector.shift)
    case .range(let range): shifted(time, range.selector.shift)
    case .subquery(let subquery): referenceTime(of: subquery.expr, shifted(time, subquery.shift))
    default:
      expr.children.first { !$0.selectors.isEmpty }.map { referenceTime(of: $0, time) } ?? time
    }
  }
}
