import Metrics

/// Operators between vectors and scalars.
extension Evaluation {
  func vector(_ binary: BinaryPlan, at time: Int64) throws(EvaluationError) -> Vector {
    guard binary.op != .trimUpper, binary.op != .trimLower else {
      throw EvaluationError(
        "\"\(binary.op.rawValue)\" needs native histograms, which are not supported", at: binary.place)
    }
    switch (binary.left.type, binary.right.type) {
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
    return binary.op.isSet ? try combined(binary, left, right) : try matched(binary, left, right)
  }

  @inline(__always)
  private func withScalar(
    _ binary: BinaryPlan, _ vector: Vector, _ sides: (Double) -> (Double, Double)
  ) throws(EvaluationError) -> Vector {
    if vector.isEmpty { return vector }
    let op = binary.op
    guard op.isComparison else {
      let shape = nameless(vector.shape, binary.slot)
      return try unique(
        vector.map(shape) {
          let (left, right) = sides($0)
          return op.arithmetic(left, right) ?? .nan
        })
    }
    guard binary.returnsBool else {
      return try unique(
        vector.filter {
          let (left, right) = sides($1)
          return op.compare(left, right) ?? false
        })
    }
    let shape = nameless(vector.shape, binary.slot)
    return try unique(
      vector.map(shape) {
        let (left, right) = sides($0)
        return op.compare(left, right) ?? false ? 1 : 0
      })
  }

  // MARK: Sets

  private func combined(_ binary: BinaryPlan, _ left: Vector, _ right: Vector) throws(EvaluationError)
    -> Vector
  {
    switch binary.op {
    case .and where left.isEmpty || right.isEmpty: return .empty
    case .unless where left.isEmpty || right.isEmpty: return left
    case .or where left.isEmpty: return try unique(right)
    case .or where right.isEmpty: return try unique(left)
    default: break
    }
    let pairing = setPairing(binary, left.shape, right.shape)
    guard binary.op == .or else {
      let known = pairing.present(right, pairing.rightNumbers)
      let keeps = binary.op == .and
      return left.filter { index, _ in known[Int(pairing.leftNumbers[left.place(index)])] == keeps }
    }
    let known = pairing.present(left, pairing.leftNumbers)
    var values = left.values
    var places = left.values.indices.map { Int32(truncatingIfNeeded: left.place($0)) }
    for index in right.values.indices {
      let place = right.place(index)
      if known[Int(pairing.rightNumbers[place])] { continue }
      values.append(right.values[index])
      places.append(Int32(truncatingIfNeeded: left.shape.count + place))
    }
    return try unique(Vector(pairing.joined, values, at: places, isSorted: false))
  }

  private func setPairing(_ binary: BinaryPlan, _ left: Shape, _ right: Shape) -> SetPairing {
    if case .union(let known) = memory.findings[binary.slot], known.left === left, known.right === right {
      return known
    }
    let made = SetPairing(left, right, binary.matching, joins: binary.op == .or)
    memory.findings[binary.slot] = .union(made)
    return made
  }

  // MARK: Arithmetic and comparisons

  private func matched(_ binary: BinaryPlan, _ left: Vector, _ right: Vector) throws(EvaluationError)
    -> Vector
  {
    let matching = binary.matching
    let isSwapped = matching.cardinality == .oneToMany
    let (many, one) = isSwapped ? (right, left) : (left, right)
    // As in Prometheus, fill_left means the many side also where that is the right one.
    guard !many.isEmpty || matching.fillLeft != nil, !one.isEmpty || matching.fillRight != nil else {
      return .empty
    }
    let pairing = pairing(binary, many.shape, one.shape)
    guard pairing.isSettled else {
      let elements = try matchedOneByOne(binary, many.elements, one.elements)
      return try unique(vector(of: elements, binary.slot))
    }
    // Where on the one side the value of a place stands; -1: it is not there now.
    var indices: [Int32] = []
    if one.places != nil {
      indices = Array(repeating: -1, count: one.shape.count)
      for index in one.values.indices { indices[one.place(index)] = Int32(truncatingIfNeeded: index) }
    }
    var values: [Double] = []
    var places: [Int32] = []
    for index in many.values.indices {
      let result = pairing.results[many.place(index)]
      guard result >= 0 else { continue }
      var partner = Int(pairing.partners[Int(result)])
      if !indices.isEmpty { partner = Int(indices[partner]) }
      guard partner >= 0 else { continue }
      let (a, b) = (many.values[index], one.values[partner])
      guard let value = isSwapped ? binary.value(b, a) : binary.value(a, b) else { continue }
      values.append(value)
      places.append(result)
    }
    return Vector(pairing.shape, values, at: places, isSorted: many.places == nil)
  }

  private func pairing(_ binary: BinaryPlan, _ many: Shape, _ one: Shape) -> Pairing {
    if case .pairing(let known) = memory.findings[binary.slot], known.many === many, known.one === one {
      return known
    }
    let made = Pairing(many: many, one: one, binary.matching, dropsName: binary.returnsBool) {
      resultLabels(binary, $0, $1)
    }
    memory.findings[binary.slot] = .pairing(made)
    return made
  }

  /// The same where partners depend on which elements are there: with fills, and where several elements of a side
  /// could claim the same partner or result, which is an error when they do.
  private func matchedOneByOne(
    _ binary: BinaryPlan, _ many: [Element], _ one: [Element]
  ) throws(EvaluationError) -> [Element] {
    let matching = binary.matching
    var ones: [Labels: Element] = [:]
    for element in one {
      let signature = matching.signature(element.labels)
      if let other = ones.updateValue(element, forKey: signature) {
        let side = matching.cardinality == .oneToMany ? "left" : "right"
        throw duplicates(signature, [element.labels, other.labels], side, binary.place)
      }
    }
    var taken: [Labels: Set<Labels>] = [:]
    var result: [Element] = []
    for element in many {
      let signature = matching.signature(element.labels)
      guard let partner = ones[signature] ?? matching.fillRight.map({ Element(signature, $0) }) else {
        continue
      }
      if matching.cardinality == .oneToOne, taken.updateValue([], forKey: signature) != nil {
        throw EvaluationError(
          "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)",
          at: binary.place)
      }
      try pair(element, partner, binary, &taken[signature, default: []], &result)
    }
    if let manyFill = matching.fillLeft {
      for element in one {
        let signature = matching.signature(element.labels)
        guard taken[signature] == nil else { continue }
        var labels = Set<Labels>()
        try pair(Element(signature, manyFill), element, binary, &labels, &result)
      }
    }
    return result
  }

  /// Adds the result of two elements that found each other; `taken` holds what their group has yielded.
  private func pair(
    _ many: Element, _ one: Element, _ binary: BinaryPlan, _ taken: inout Set<Labels>,
    _ result: inout [Element]
  ) throws(EvaluationError) {
    let isSwapped = binary.matching.cardinality == .oneToMany
    guard let value = isSwapped ? binary.value(one.value, many.value) : binary.value(many.value, one.value)
    else { return }
    let labels = resultLabels(binary, many.labels, one.labels)
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

  private func resultLabels(_ binary: BinaryPlan, _ many: Labels, _ one: Labels) -> Labels {
    let matching = binary.matching
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

extension BinaryPlan {
  /// What two elements yield; nil when a comparison leaves them out.
  @inline(__always)
  func value(_ left: Double, _ right: Double) -> Double? {
    guard op.isComparison else { return op.arithmetic(left, right) }
    let holds = op.compare(left, right) ?? false
    if returnsBool { return holds ? 1 : 0 }
    return holds ? left : nil
  }
}

extension VectorMatching {
  /// The labels by which two elements find each other.
  func signature(_ labels: Labels) -> Labels {
    isOn ? labels.keeping(self.labels) : labels.removing(self.labels + [.metricName])
  }
}
