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
