/// Reads a DNS message from its beginning to its end. Whatever it holds, reading it ends and does not trap.
struct MessageReader {
  /// It is not as it says.
  struct Malformed: Error, Equatable {}

  private let bytes: [UInt8]
  private(set) var place = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func byte() throws(Malformed) -> UInt8 {
    guard place < bytes.count else { throw Malformed() }
    defer { place += 1 }
    return bytes[place]
  }

  mutating func number16() throws(Malformed) -> UInt16 { UInt16(try byte()) << 8 | UInt16(try byte()) }
  mutating func number32() throws(Malformed) -> UInt32 {
    UInt32(try number16()) << 16 | UInt32(try number16())
  }

  mutating func take(_ count: Int) throws(Malformed) -> [UInt8] {
    guard count >= 0, count <= bytes.count - place else { throw Malformed() }
    defer { place += count }
    return Array(bytes[place..<place + count])
  }

  /// A name with its labels' lengths and no pointers, in its own case. Pointers lead backwards only, so there is
  /// an end to them (RFC 1035, section 4.1.4).
  mutating func name() throws(Malformed) -> [UInt8] {
    var wire: [UInt8] = []
    var here = place
    var end: Int?
    while true {
      guard here < bytes.count else { throw Malformed() }
      let length = Int(bytes[here])
      switch length {
      case 0:
        place = end ?? here + 1
        return wire + [0]
      case 1...63:
        guard length < bytes.count - here, wire.count + length + 1 <= 254 else { throw Malformed() }
        wire += bytes[here...here + length]
        here += length + 1
      case 0xC0...:
        guard here + 1 < bytes.count else { throw Malformed() }
        let target = (length & 0x3F) << 8 | Int(bytes[here + 1])
        guard target < here else { throw Malformed() }
        end = end ?? here + 2
        here = target
      default: throw Malformed()
      }
    }
  }

  /// `api.internal.`, with what would be misread escaped as in zone files.
  static func text(_ wire: [UInt8]) -> String {
    var text = ""
    var rest = wire[...]
    while let length = rest.popFirst(), length > 0 {
      for byte in rest.prefix(Int(length)) { text += escaped(byte, and: ".") }
      text += "."
      rest = rest.dropFirst(Int(length))
    }
    return text.isEmpty ? "." : text
  }

  /// A character that can be printed as itself, `\"`, or `\009`.
  static func escaped(_ byte: UInt8, and special: Character) -> String {
    let character = Character(UnicodeScalar(byte))
    if character == special || character == "\\" { return "\\\(character)" }
    if (0x20...0x7E).contains(byte) { return String(character) }
    return "\\" + String("00\(byte)".suffix(3))
  }
}
