import Metrics

/// How the places of a shape are buckets of classic histograms: series with a label `le` that counts what is less or
/// equal.
final class HistogramLayout: Sendable {
  let from: Shape
  /// The histograms' labels, and their metrics' names before those were removed.
  let shape: Shape
  let names: [String]
  /// The buckets' bounds by place; NaN where there is none to read.
  let bounds: [Double]
  /// For each histogram the places of its buckets, by ascending bound.
  let members: [[Int]]
  /// Places whose label `le` is missing or no number.
  let malformed: [Int]

  /// - Parameter delaysNameRemoval: marks the names for removal at the end instead of removing them.
  init(_ from: Shape, delaysNameRemoval: Bool) {
    self.from = from
    var numbering = Numbering()
    var bounds: [Double] = []
    var members: [[Int]] = []
    var malformed: [Int] = []
    for (place, labels) in from.labels.enumerated() {
      guard let text = labels["le"], let bound = GoFloat.parse(text) else {
        malformed.append(place)
        bounds.append(.nan)
        continue
      }
      bounds.append(bound)
      let number = Int(numbering.add(labels.removing("le")))
      if number == members.count { members.append([]) }
      members[number].append(place)
    }
    self.bounds = bounds
    self.malformed = malformed
    self.members = members.map { places in
      places.sorted { a, b in
        let (x, y) = (bounds[a], bounds[b])
        if x.isNaN || y.isNaN { return x.isNaN == y.isNaN ? a < b : y.isNaN }
        return x == y ? a < b : x < y
      }
    }
    names = numbering.values.map { $0.metricName ?? "" }
    let keys = Shape(numbering.values)
    shape = delaysNameRemoval ? keys.marked : keys.nameless
  }
}
