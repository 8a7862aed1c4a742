/// Which series have a label with a value: label name, then value, then places, ascending.
struct Postings: Sendable {
  private var lists: [String: [String: [UInt32]]] = [:]

  var names: [String] { lists.keys.sorted() }

  func values(of name: String) -> [String] { (lists[name] ?? [:]).keys.sorted() }

  mutating func add(_ labels: Labels, _ index: UInt32) {
    for pair in labels.pairs {
      lists[pair.name, default: [:]][pair.value, default: []].insertSorted(index)
    }
  }

  mutating func remove(_ labels: Labels, _ index: UInt32) {
    for pair in labels.pairs {
      lists[pair.name]?[pair.value]?.removeSorted(index)
      if lists[pair.name]?[pair.value]?.isEmpty == true { lists[pair.name]?[pair.value] = nil }
      if lists[pair.name]?.isEmpty == true { lists[pair.name] = nil }
    }
  }

  /// A small list that holds every series fitting the matchers, perhaps more; nil when no matcher narrows it.
  func candidates(_ matchers: [Matcher]) -> [UInt32]? {
    var best: [UInt32]?
    func offer(_ list: [UInt32]) {
      if list.count < best?.count ?? .max { best = list }
    }
    for matcher in matchers where matcher.op == .equal && !matcher.value.isEmpty {
      offer(lists[matcher.name]?[matcher.value] ?? [])
    }
    for matcher in matchers where matcher.op == .matches && !matcher.matches("") {
      guard let literals = matcher.predicate?.literals else { continue }
      offer(union(literals.map { lists[matcher.name]?[$0] ?? [] }))
    }
    if best != nil { return best }
    for matcher in matchers where matcher.op != .equal && !matcher.matches("") {
      offer(union((lists[matcher.name] ?? [:]).filter { matcher.matches($0.key) }.map(\.value)))
    }
    return best
  }

  /// A series has one value per label, so lists of one name never overlap.
  private func union(_ lists: [[UInt32]]) -> [UInt32] {
    if lists.count == 1, let only = lists.first { return only }
    return Array(Set(lists.joined())).sorted()
  }
}

extension [UInt32] {
  fileprivate mutating func insertSorted(_ value: UInt32) {
    if let last, last < value {
      append(value)
    } else {
      insert(value, at: place(of: value))
    }
  }

  fileprivate mutating func removeSorted(_ value: UInt32) {
    let place = place(of: value)
    if place < count, self[place] == value { remove(at: place) }
  }

  private func place(of value: UInt32) -> Int { withUnsafeBufferPointer { $0.partition { $0 >= value } } }
}
