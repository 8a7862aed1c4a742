/// One name and value of a series.
package struct Label: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension Label: Comparable {
  package static func < (a: Self, b: Self) -> Bool { (a.name, a.value) < (b.name, b.value) }
}

extension String {
  /// Whether two texts have the same bytes, as Prometheus compares them: `==` holds for more, such as an é of one
  /// code point and one of two.
  package func hasBytes(of other: String) -> Bool { self == other && utf8.elementsEqual(other.utf8) }

  /// A total order in which texts that are `==` are told apart by their bytes.
  func isBefore(_ other: String) -> Bool {
    self < other || self == other && utf8.lexicographicallyPrecedes(other.utf8)
  }
}
