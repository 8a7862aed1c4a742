/// How much room there is, in cells; never negative.
package struct Size: Hashable, Sendable {
  package let width: Int
  package let height: Int

  /// Negative sides become 0.
  package init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }

  package static let zero = Size(width: 0, height: 0)
}

extension Size: CustomStringConvertible {
  /// `80×24`.
  package var description: String { "\(width)×\(height)" }
}
