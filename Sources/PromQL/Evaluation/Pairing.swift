import Metrics

/// How the elements of two shapes find each other in arithmetic and comparisons, as far as labels alone decide it.
final class Pairing: Sendable {
  let many: Shape
  let one: Shape
  /// For each place of the many side that has a partner: its place in the result; others -1.
  let results: [Int32]
  /// For each place of the result the partner's place on the one side.
  let partners: [Int32]
  let shape: Shape
  /// Whether nothing but labels decides: no two elements of a side can ever claim the same partner or result.
  let isSettled: Bool

  /// - Parameter label: the labels of a result, from those of its two sides.
  init(
    many: Shape, one: Shape, _ matching: VectorMatching, dropsName: Bool, _ label: (Labels, Labels) -> Labels
  ) {
    self.many = many
    self.one = one
    var ones: [Labels: Int32] = [:]
    var isUnique = matching.fillLeft == nil && matching.fillRight == nil
    for (place, labels) in one.labels.enumerated() {
      let other = ones.updateValue(Int32(truncatingIfNeeded: place), forKey: matching.signature(labels))
      if other != nil { isUnique = false }
    }
    var results: [Int32] = []
    var partners: [Int32] = []
    var labels: [Labels] = []
    var taken = Set<Int32>()
    for own in many.labels {
      guard let partner = ones[matching.signature(own)] else {
        results.append(-1)
        continue
      }
      if matching.cardinality == .oneToOne, !taken.insert(partner).inserted { isUnique = false }
      results.append(Int32(truncatingIfNeeded: partners.count))
      partners.append(partner)
      labels.append(label(own, one.labels[Int(partner)]))
    }
    self.results = results
    self.partners = partners
    shape = Shape(labels, dropsName: dropsName ? Array(repeating: true, count: labels.count) : [])
    isSettled = isUnique && shape.isUnique
  }
}

/// How the elements of two shapes find each other in `and`, `or` and `unless`.
final class SetPairing: Sendable {
  let left: Shape
  let right: Shape
  /// For each place a number, the same where the labels that count are.
  let leftNumbers: [Int32]
  let rightNumbers: [Int32]
  let count: Int
  /// The left side's places, then the right side's; of `or` only.
  let joined: Shape

  init(_ left: Shape, _ right: Shape, _ matching: VectorMatching, joins: Bool) {
    self.left = left
    self.right = right
    var numbering = Numbering()
    leftNumbers = left.labels.map { numbering.add(matching.signature($0)) }
    rightNumbers = right.labels.map { numbering.add(matching.signature($0)) }
    count = numbering.values.count
    joined =
      joins
      ? Shape(
        left.labels + right.labels,
        dropsName: left.labels.indices.map(left.drops) + right.labels.indices.map(right.drops)) : .empty
  }

  /// Which numbers are there now.
  func present(_ vector: Vector, _ numbers: [Int32]) -> [Bool] {
    var present = Array(repeating: false, count: count)
    for index in vector.values.indices { present[Int(numbers[vector.place(index)])] = true }
    return present
  }
}
