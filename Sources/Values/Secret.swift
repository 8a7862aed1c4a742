/// A value that must not be printed: description, reflection and encoding all show `•••`.
package struct Secret: Hashable, Sendable {
  private let value: String

  package init(_ value: String) {
    self.value = value
  }

  /// The only way to the value; call it where the bytes leave for their destination, nowhere else.
  package func revealed() -> String { value }

  package static let mask = "•••"

  /// `text` with every occurrence of the value masked; values shorter than four characters are left, for
  /// masking those would garble everything.
  package func masking(_ text: String) -> String {
    guard value.count >= 4 else { return text }
    var rest = text[...]
    var masked = ""
    while let range = rest.firstRange(of: value) {
      masked += rest[..<range.lowerBound]
      masked += Self.mask
      rest = rest[range.upperBound...]
    }
    return masked + rest
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { Self.mask }
  package var debugDescription: String { Self.mask }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
