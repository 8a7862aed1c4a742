/// A matcher with its texts looked up: decides by numbers, and asks a regular expression once for every value.
private struct Condition {
  let matcher: Matcher
  let name: UInt32
  let takesAbsent: Bool
  /// For `=` and `!=`: the number of the text, nil when no series has it.
  let value: UInt32?
  private var verdicts: [UInt32: Bool] = [:]

  init(_ matcher: Matcher, name: UInt32, in catalog: borrowing Catalog) {
    self.matcher = matcher
    self.name = name
    takesAbsent = matcher.matches("")
    value = matcher.predicate == nil ? catalog.symbols.find(matcher.value) : nil
  }

  mutating func takes(
    _ pairs: UnsafeBufferPointer<Catalog.Pair>, _ postings: inout Postings,
    _ catalog: borrowing Catalog
  ) -> Bool {
    for pair in pairs where pair.name == name { return takes(pair.value, &postings, catalog) }
    return takesAbsent
  }

  mutating func takes(_ symbol: UInt32, _ postings: inout Postings, _ catalog: borrowing Catalog)
    -> Bool
  {
    switch matcher.op {
    case .equal: return symbol == value
    case .notEqual: return symbol != value
    case .matches, .doesNotMatch:
      if let known = verdicts[symbol] { return known }
      let verdict = matcher.matches(postings.text(of: symbol, in: catalog))
      verdicts[symbol] = verdict
      return verdict
    }
  }
}

extension Postings {
  /// The series that fit every matcher, ascending by place.
  mutating func select(_ matchers: [Matcher], in catalog: borrowing Catalog) -> [SeriesID] {
    var conditions: [Condition] = []
    for matcher in matchers {
      if let name = catalog.symbols.find(matcher.name) {
        conditions.append(Condition(matcher, name: name, in: catalog))
      } else if !matcher.matches("") {
        return []
      }
    }
    guard let (candidates, used) = candidates(&conditions, in: catalog) else {
      return (0..<catalog.count).compactMap { index in
        let pairs = catalog.pairs(at: index)
        for place in conditions.indices where !conditions[place].takes(pairs, &self, catalog) {
          return nil
        }
        return catalog.id(at: index)
      }
    }
    if let used { conditions.remove(at: used) }
    var selected: [SeriesID] = []
    selected.reserveCapacity(conditions.isEmpty ? candidates.count : 0)
    candidates: for index in candidates {
      let pairs = catalog.pairs(at: Int(index))
      for place in conditions.indices where !conditions[place].takes(pairs, &self, catalog) {
        continue candidates
      }
      if let id = catalog.id(at: Int(index)) { selected.append(id) }
    }
    return selected
  }

  /// A small list that holds every series fitting the conditions, perhaps more, and the condition that all in it
  /// fulfil; nil when no condition narrows it.
  private func candidates(
    _ conditions: inout [Condition], in catalog: borrowing Catalog
  ) -> (list: [UInt32], condition: Int?)? {
    var best: (list: [UInt32], condition: Int?)?
    func offer(_ list: [UInt32], _ condition: Int) {
      if list.count < best?.list.count ?? .max { best = (list, condition) }
    }
    for (place, condition) in conditions.enumerated() where !condition.takesAbsent {
      switch condition.matcher.op {
      case .equal: offer(condition.value.map { list(condition.name, $0) } ?? [], place)
      case .matches:
        guard let literals = condition.matcher.predicate?.literals else { continue }
        offer(union(literals.compactMap { catalog.symbols.find($0) }, of: condition.name), place)
      case .notEqual, .doesNotMatch: continue
      }
    }
    if best != nil { return best }
    var postings = self
    for place in conditions.indices where !conditions[place].takesAbsent {
      let name = conditions[place].name
      let fitting = values(of: name).filter { conditions[place].takes($0, &postings, catalog) }
      offer(union(fitting, of: name), place)
    }
    return best
  }

  /// The series with one of these values: a series has one value of a name, so the lists do not overlap.
  private func union(_ values: [UInt32], of name: UInt32) -> [UInt32] {
    var values = values
    values.sort()
    if values.count == 1, let only = values.first { return list(name, only) }
    var result: [UInt32] = []
    var last: UInt32?
    for value in values where value != last {
      result += list(name, value)
      last = value
    }
    result.sort()
    return result
  }
}
