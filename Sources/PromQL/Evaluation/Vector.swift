import Metrics

/// An instant vector: values at some or all places of a shape.
package struct Vector: Sendable {
  package let shape: Shape
  /// The place of each value, each at most once; nil: the values stand at all places in order.
  let places: [Int32]?
  package let values: [Double]

  static let empty = Vector(.empty, [])

  /// Values at all places.
  init(_ shape: Shape, _ values: [Double]) {
    self.shape = shape
    self.values = values
    places = nil
  }

  /// - Parameter isSorted: the places ascend, so that as many values as places stand at all of them.
  init(_ shape: Shape, _ values: [Double], at places: [Int32], isSorted: Bool) {
    self.shape = shape
    self.values = values
    self.places = isSorted && values.count == shape.count ? nil : places
  }

  /// The same places of a shape that has as many.
  init(_ shape: Shape, _ values: [Double], as other: Vector) {
    self.shape = shape
    self.values = values
    places = other.places
  }

  package var count: Int { values.count }
  var isEmpty: Bool { values.isEmpty }

  /// Where in the shape value number `index` stands.
  @inline(__always) package func place(_ index: Int) -> Int {
    guard let places else { return index }
    return Int(places[index])
  }

  package func labels(_ index: Int) -> Labels { shape.labels[place(index)] }

  /// Two of its elements that have the same labels in a shape of as many places.
  package func twins(in shape: Shape) -> (Int, Int)? {
    guard !shape.isUnique, count > 1 else { return nil }
    var seen = Array(repeating: -1, count: shape.count)
    for index in values.indices {
      let identity = Int(shape.identities[place(index)])
      if seen[identity] >= 0 { return (seen[identity], index) }
      seen[identity] = index
    }
    return nil
  }

  package var elements: [Element] {
    values.indices.map { index in
      let place = place(index)
      return Element(shape.labels[place], values[index], dropsName: shape.drops(place))
    }
  }

  /// The elements for which `keeps` holds; the values stay.
  func filter(_ keeps: (_ index: Int, _ value: Double) -> Bool) -> Vector {
    var kept: [Double] = []
    var at: [Int32] = []
    for index in values.indices where keeps(index, values[index]) {
      kept.append(values[index])
      at.append(Int32(truncatingIfNeeded: place(index)))
    }
    return kept.count == count ? self : Vector(shape, kept, at: at, isSorted: false)
  }

  /// The elements at these indices, in this order.
  func picking(_ indices: [Int]) -> Vector {
    Vector(
      shape, indices.map { values[$0] }, at: indices.map { Int32(truncatingIfNeeded: place($0)) },
      isSorted: false)
  }

  func map(_ shape: Shape, _ work: (Double) -> Double) -> Vector { Vector(shape, values.map(work), as: self) }
}
