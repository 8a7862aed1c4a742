import Metrics

/// Which group each place of a shape belongs to.
final class Grouping: Sendable {
  let from: Shape
  /// For each place the number of its group.
  let groups: [Int32]
  /// The groups' labels.
  let shape: Shape

  init(_ from: Shape, _ make: (Labels) -> Labels) {
    self.from = from
    let numbering = Numbering(from.labels.lazy.map(make))
    groups = numbering.places
    var drops: [Bool] = []
    if !from.dropsName.isEmpty {
      drops = Array(repeating: false, count: numbering.values.count)
      for place in from.labels.indices where from.drops(place) { drops[Int(groups[place])] = true }
    }
    shape = Shape(numbering.values, dropsName: drops)
  }

  /// The values of each group that has any, in the order of the groups.
  func gathered(_ vector: Vector) -> [(group: Int, indices: [Int])] {
    var members: [[Int]] = Array(repeating: [], count: shape.count)
    for index in vector.values.indices { members[Int(groups[vector.place(index)])].append(index) }
    return members.enumerated().compactMap { $1.isEmpty ? nil : ($0, $1) }
  }

  /// Adds the values group by group, each to a part of its own that begins as `start`.
  @inline(__always)
  func folded<Part>(
    _ vector: Vector, _ start: Part, _ add: (inout Part, Double) -> Void, _ end: (Part) -> Double
  ) -> Vector {
    guard !vector.isEmpty else { return .empty }
    if shape.count == 1 {
      var part = start
      for value in vector.values { add(&part, value) }
      return Vector(shape, [end(part)])
    }
    var parts = Array(repeating: start, count: shape.count)
    var isPresent = Array(repeating: false, count: shape.count)
    for index in vector.values.indices {
      let group = Int(groups[vector.place(index)])
      add(&parts[group], vector.values[index])
      isPresent[group] = true
    }
    var values: [Double] = []
    values.reserveCapacity(shape.count)
    var places: [Int32] = []
    for group in parts.indices where isPresent[group] {
      values.append(end(parts[group]))
      places.append(Int32(truncatingIfNeeded: group))
    }
    return Vector(shape, values, at: places, isSorted: true)
  }
}

/// The least or the greatest of the values so far; a NaN gives way to any other.
struct Extreme {
  private(set) var value = Double.nan
  private var isEmpty = true

  @inline(__always)
  mutating func add(_ next: Double, _ beats: (Double, Double) -> Bool) {
    if isEmpty || beats(next, value) || value.isNaN { value = next }
    isEmpty = false
  }
}

/// The variance of a population, by Welford's method.
struct Variance {
  private var count = 0.0
  private var mean = 0.0
  private var squares = 0.0

  mutating func add(_ value: Double) {
    if count == 0, !value.isFinite { squares = .nan }
    count += 1
    let delta = value - mean
    mean += delta / count
    if count > 1 { squares += delta * (value - mean) }
  }

  var value: Double { squares / count }
}
