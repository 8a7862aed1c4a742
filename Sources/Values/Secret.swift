/// A value that must not be printed: description, reflection and encoding all show `•••`.
package struct Secret: Hashable, Sendable {
  private let value: String

  package init(_ value: String) {
    self.value = value
  }

  /// The only way to the value; call it where the bytes leave for their destination, nowhere else.
  package func revealed() -> String { value }

  package static let mask = "•••"

  /// The value as it may come back from where it went: as it is, as part of a URL, as part of a JSON text.
  package var echoes: [Secret] {
    let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let forms = [value, percentEncoded(), escaped, escaped.replacing("/", with: "\\/")]
    return Set(forms).sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }.map { Secret($0) }
  }

  /// The value as part of a URL: what is neither unreserved (RFC 3986, section 2.3) nor in `allowed` is encoded.
  package func percentEncoded(allowing allowed: String = "") -> String {
    let allowed = Set(allowed.utf8)
    var text = ""
    for byte in value.utf8 {
      let isUnreserved =
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"):
          true
        default: "-._~".utf8.contains(byte)
        }
      if isUnreserved || allowed.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += byte < 16 ? "%0" : "%"
        text += String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }

  /// Whether it is masked where it comes back.
  package var isMasked: Bool { value.count >= Self.shortestMasked }

  /// Characters without which a value is left as it is.
  package static let shortestMasked = 4

  /// `text` with every occurrence of the value masked; values shorter than four characters are left, for
  /// masking those would garble everything.
  package func masking(_ text: String) -> String {
    guard isMasked else { return text }
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
