import Metrics

/// The labels of a vector's elements, in order, made once and shared by the vectors of many evaluations.
///
/// What depends on labels alone (groups, partners, labels made of labels) is worked out once for a shape: whoever
/// remembers it compares two references and no labels.
package final class Shape: Sendable {
  package let labels: [Labels]
  /// Which elements lose the metric's name at the end of the evaluation; empty: none of them.
  let dropsName: [Bool]
  /// A number for each place, the same where labels are the same; empty: all labels differ.
  let identities: [Int32]

  package static let empty = Shape([])
  /// One element without labels.
  static let single = Shape([.empty])

  init(_ labels: [Labels], dropsName: [Bool] = []) {
    self.labels = labels
    self.dropsName = dropsName.contains(true) ? dropsName : []
    identities = Self.numbered(labels)
  }

  package var count: Int { labels.count }
  var isUnique: Bool { identities.isEmpty }

  /// A shape of as many places with other labels.
  package func relabelled(_ make: (Labels) -> Labels) -> Shape { Shape(labels.map(make)) }

  func drops(_ place: Int) -> Bool { dropsName.isEmpty ? false : dropsName[place] }

  /// Whether the elements have just these labels.
  func fits(_ elements: [Element]) -> Bool {
    guard elements.count == labels.count else { return false }
    for place in elements.indices {
      guard elements[place].labels == labels[place], elements[place].dropsName == drops(place) else {
        return false
      }
    }
    return true
  }

  /// Linear when all fingerprints differ, but for the sorting of them.
  private static func numbered(_ labels: [Labels]) -> [Int32] {
    guard labels.count > 1 else { return [] }
    var fingerprints = labels.map(\.fingerprint)
    fingerprints.sort()
    guard zip(fingerprints, fingerprints.dropFirst()).contains(where: ==) else { return [] }
    let numbers = Numbering(labels)
    return numbers.values.count == labels.count ? [] : numbers.places
  }
}

/// Labels numbered in the order in which they first come.
struct Numbering {
  private(set) var values: [Labels] = []
  /// For each of the labels given, its number.
  private(set) var places: [Int32] = []
  private var numbers: [Labels: Int32] = [:]

  init() {}

  init(_ labels: some Sequence<Labels>) {
    for one in labels { add(one) }
  }

  @discardableResult
  mutating func add(_ labels: Labels) -> Int32 {
    let fresh = Int32(truncatingIfNeeded: values.count)
    let number = numbers[labels] ?? fresh
    if number == fresh {
      numbers[labels] = fresh
      values.append(labels)
    }
    places.append(number)
    return number
  }
}
