import Metrics

/// Operators between vectors and scalars.
extension Evaluation {
  func vector(_ binary: Binary, at time: Int64) throws(EvaluationError) -> [Element] {
    guard binary.op != .trimUpper, binary.op != .trimLower else {
      throw EvaluationError(
        "\"\(binary.op.rawValue)\" needs native histograms, which midwatch does not read", at: binary.place)
    }
    switch (binary.left.valueType, binary.right.valueType) {
    case (.vector, .scalar):
      let vector = try vector(binary.left, at: time)
      let number = try number(binary.right, at: time)
      return try withScalar(binary, vector) { ($0, number) }
    case (.scalar, .vector):
      let number = try number(binary.left, at: time)
      let vector = try vector(binary.right, at: time)
      return try withScalar(binary, vector) { (number, $0) }
    default: break
    }
    let left = try vector(binary.left, at: time)
    let right = try vector(binary.right, at: time)
    let matching = binary.matching ?? VectorMatching()
    switch binary.op {
    case .and: return intersection(binary, left, right, matching, keeps: true)
    case .unless: return intersection(binary, left, right, matching, keeps: false)
    case .or:
      let known = Set(left.map { signature($0, binary, matching) })
      return try unique(left + right.filter { !known.contains(signature($0, binary, matching)) })
    default: return try unique(matched(binary, left, right, matching))
    }
  }

  private func withScalar(
    _ binary: Binary, _ vector: [Element], _ sides: (Double) -> (Double, Double)
  ) throws(EvaluationError) -> [Element] {
    var result: [Element] = []
    for element in vector {
      let (left, right) = sides(element.value)
      if let value = binary.op.arithmetic(left, right) {
        result.append(nameless(element, value))
      } else if let holds = binary.op.compare(left, right) {
        if binary.returnsBool {
          result.append(nameless(element, holds ? 1 : 0))
        } else if holds {
          result.append(element)
        }
      }
    }
    return try unique(result)
  }

  /// The labels by which two elements find each other.
  private func signature(_ element: Element, _ binary: Binary, _ matching: VectorMatching) -> Labels {
    memory.labels(element.labels, at: binary.index) { matching.signature($0) }
  }

  private func intersection(
    _ binary: Binary, _ left: [Element], _ right: [Element], _ matching: VectorMatching, keeps: Bool
  ) -> [Element] {
    let known = Set(right.map { signature($0, binary, matching) })
    return left.filter { known.contains(signature($0, binary, matching)) == keeps }
  }

  private func matched(
    _ binary: Binary, _ left: [Element], _ right: [Element], _ matching: VectorMatching
  ) throws(EvaluationError) -> [Element] {
    let isSwapped = matching.cardinality == .oneToMany
    let many = isSwapped ? right : left
    let one = isSwapped ? left : right
    // As in Prometheus, fill_left means the many side also where that is the right one.
    let (manyFill, oneFill) = (matching.fillLeft, matching.fillRight)
    guard !many.isEmpty || manyFill != nil, !one.isEmpty || oneFill != nil else { return [] }
    var ones: [Labels: Element] = [:]
    for element in one {
      let signature = signature(element, binary, matching)
      if let other = ones.updateValue(element, forKey: signature) {
        throw duplicates(
          signature, [element.labels, other.labels], isSwapped ? "left" : "right", binary.place)
      }
    }
    var taken: [Labels: Set<Labels>] = [:]
    var result: [Element] = []
    for element in many {
      let signature = signature(element, binary, matching)
      guard let partner = ones[signature] ?? oneFill.map({ Element(signature, $0) }) else { continue }
      if matching.cardinality == .oneToOne, taken.updateValue([], forKey: signature) != nil {
        throw EvaluationError(
          "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)",
          at: binary.place)
      }
      try pair(element, partner, binary, matching, &taken[signature, default: []], &result)
    }
    if let manyFill {
      for element in one {
        let signature = signature(element, binary, matching)
        guard taken[signature] == nil else { continue }
        var labels = Set<Labels>()
        try pair(Element(signature, manyFill), element, binary, matching, &labels, &result)
      }
    }
    return result
  }

  /// Adds the result of two elements that found each other; `taken` holds what their group has yielded.
  private func pair(
    _ many: Element, _ one: Element, _ binary: Binary, _ matching: VectorMatching, _ taken: inout Set<Labels>,
    _ result: inout [Element]
  ) throws(EvaluationError) {
    let sides = matching.cardinality == .oneToMany ? (one.value, many.value) : (many.value, one.value)
    let value: Double
    if let computed = binary.op.arithmetic(sides.0, sides.1) {
      value = computed
    } else {
      let holds = binary.op.compare(sides.0, sides.1) ?? false
      guard holds || binary.returnsBool else { return }
      value = binary.returnsBool ? (holds ? 1 : 0) : sides.0
    }
    let labels = resultLabels(binary, many.labels, one.labels, matching)
    guard taken.insert(labels).inserted else {
      throw EvaluationError(
        "multiple matches for labels: grouping labels must ensure unique matches", at: binary.place)
    }
    result.append(Element(labels, value, dropsName: binary.returnsBool))
  }

  private func duplicates(_ group: Labels, _ pair: [Labels], _ side: String, _ place: Place)
    -> EvaluationError
  {
    let names = pair.sorted().map(\.fullDescription).joined(separator: ", ")
    return EvaluationError(
      "found duplicate series for the match group \(group) on the \(side) hand-side of the operation: [\(names)];"
        + "many-to-many matching not allowed: matching labels must be unique on one side", at: place)
  }

  private func resultLabels(
    _ binary: Binary, _ many: Labels, _ one: Labels, _ matching: VectorMatching
  ) -> Labels {
    var labels = many
    if !binary.op.isComparison || (binary.returnsBool && !options.delaysNameRemoval) {
      labels = labels.withoutMetricName
    }
    if matching.cardinality == .oneToOne {
      labels = matching.isOn ? labels.keeping(matching.labels) : labels.removing(matching.labels)
    }
    for name in matching.included { labels = labels.setting(name, one[name] ?? "") }
    return labels
  }
}

extension VectorMatching {
  /// The labels by which two elements find each other.
  func signature(_ labels: Labels) -> Labels {
    isOn ? labels.keeping(self.labels) : labels.removing(self.labels + [.metricName])
  }
}
