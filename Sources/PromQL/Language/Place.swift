import Values

/// Where something begins in an expression.
package struct Place: Hashable, Comparable, Sendable {
  /// In characters (Unicode scalars), from 0.
  package let offset: Int
  /// 1-based; the column counts characters.
  package let position: Position

  package init(offset: Int, position: Position) {
    self.offset = offset
    self.position = position
  }

  package static let start = Place(offset: 0, position: .start)

  package static func < (a: Self, b: Self) -> Bool { a.offset < b.offset }
}

/// Why a text is not an expression.
package struct ParseError: Error, Hashable, Sendable {
  package let place: Place
  /// A whole sentence without place: what was found and what was expected.
  package let message: String

  /// In characters from the beginning of the text.
  package var offset: Int { place.offset }
  package var position: Position { place.position }

  package init(_ message: String, at place: Place) {
    self.message = message
    self.place = place
  }
}

extension ParseError: CustomStringConvertible {
  /// `line:column: message`.
  package var description: String { "\(position.line):\(position.column): \(message)" }
}
