/// What identifies a series: name and value pairs, sorted by name, each name once, empty values absent.
///
/// The hash is computed once, when the labels are made; equality compares it first.
package struct Labels: Sendable {
  /// Sorted by name.
  package let pairs: [Label]
  /// A hash over the bytes of all pairs: equal labels have equal fingerprints. The same in every process.
  package let fingerprint: UInt64

  package static let empty = Labels(sorted: [])

  /// Names and values in any order; of a name given twice the last value counts.
  package init(_ pairs: [(String, String)]) {
    self.init(unsorted: pairs.map { Label($0.0, $0.1) })
  }

  package init(_ dictionary: [String: String]) {
    self.init(unsorted: dictionary.map { Label($0.key, $0.value) })
  }

  /// Labels in any order; of a name given twice the last value counts.
  package init(unsorted labels: [Label]) {
    var sorted: [Label] = []
    sorted.reserveCapacity(labels.count)
    for label in labels {
      // Labels mostly come sorted, and are few: an insertion from the end finds its place at once.
      var place = sorted.count
      while place > 0, label.name.isBefore(sorted[place - 1].name) { place -= 1 }
      if place > 0, sorted[place - 1].name.hasBytes(of: label.name) {
        sorted[place - 1] = label
      } else {
        sorted.insert(label, at: place)
      }
    }
    if sorted.contains(where: \.value.isEmpty) { sorted.removeAll(where: \.value.isEmpty) }
    self.init(sorted: sorted)
  }

  /// For pairs that are known to be sorted, unique and without empty values.
  init(sorted pairs: [Label]) {
    self.pairs = pairs
    var sum: UInt64 = 0
    for pair in pairs {
      sum &+= Fingerprint.pair(
        name: Fingerprint.hash(pair.name), value: Fingerprint.hash(pair.value))
    }
    fingerprint = Fingerprint.finish(sum)
  }

  /// The same when the fingerprint is already known.
  init(sorted pairs: [Label], fingerprint: UInt64) {
    self.pairs = pairs
    self.fingerprint = fingerprint
  }

  package var isEmpty: Bool { pairs.isEmpty }
  package var count: Int { pairs.count }

  /// The value of a name, nil when absent. Linear: series have few labels.
  package subscript(name: String) -> String? {
    for pair in pairs where pair.name == name { return pair.value }
    return nil
  }

  package var metricName: String? { self[.metricName] }

  package var dictionary: [String: String] {
    Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }
}

extension String {
  /// The label that holds a series' metric name.
  package static let metricName = "__name__"
}

extension Labels: Hashable {
  package static func == (a: Self, b: Self) -> Bool {
    a.fingerprint == b.fingerprint && a.pairs == b.pairs
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}

extension Labels: Comparable {
  /// Pair by pair, then the shorter one: the order in which Prometheus sorts series.
  package static func < (a: Self, b: Self) -> Bool { a.pairs.lexicographicallyPrecedes(b.pairs) }
}
