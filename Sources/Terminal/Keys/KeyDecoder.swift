/// Turns the bytes of a terminal into keys: UTF-8, xterm's and its kin's sequences, bracketed paste.
///
/// Bytes may come in any pieces. A lone ESC waits: whoever reads calls ``flush()`` when 25 ms brought
/// nothing more, and it becomes the key Esc.
package struct KeyDecoder: Sendable {
  private var buffer: [UInt8] = []
  private var paste: [UInt8]?
  /// Whether the terminal has said that it knows synchronised output (mode 2026).
  package private(set) var hasSynchronisedOutput = false

  /// A paste longer than this comes in pieces, so that a lost end cannot swallow keys for ever.
  static let maximumPaste = 1 << 20

  package init() {}

  /// Whether something begun may end with the next bytes, or be over when none come.
  package var isWaiting: Bool { !buffer.isEmpty && paste == nil }

  package mutating func receive(_ bytes: some Sequence<UInt8>) -> [Key] {
    buffer.append(contentsOf: bytes)
    var keys: [Key] = []
    while let key = next() { keys += key }
    return keys
  }

  /// Nothing more came: what waits are keys of their own.
  package mutating func flush() -> [Key] {
    guard isWaiting, let first = buffer.first else { return [] }
    guard first == 0x1B else {
      buffer = []
      return [.unknown]
    }
    let rest = Array(buffer.dropFirst())
    buffer = []
    guard let second = rest.first else { return [.escape] }
    // ESC [ or ESC O alone: Alt with that character. A longer sequence that broke off is nothing.
    return rest.count == 1 && second < 0x80 ? [.alt(Character(Unicode.Scalar(second)))] : [.unknown]
  }

  /// What stands first in the buffer; nil when that is not whole yet, nothing for what is no key.
  private mutating func next() -> [Key]? {
    if paste != nil { return nextOfPaste() }
    guard let first = buffer.first else { return nil }
    if first == 0x1B { return nextSequence() }
    if first < 0x20 || first == 0x7F {
      buffer.removeFirst()
      return [Self.control(first)]
    }
    return nextCharacter(from: 0).map { scalar, length in
      buffer.removeFirst(length)
      return [Self.key(scalar)]
    }
  }

  private static func key(_ scalar: Unicode.Scalar?) -> Key {
    guard let scalar, !(0x80..<0xA0).contains(scalar.value) else { return .unknown }
    return .character(Character(scalar))
  }

  private static func control(_ byte: UInt8) -> Key {
    switch byte {
    case 0x00: .ctrl(" ")
    case 0x09: .tab
    case 0x0A, 0x0D: .enter
    case 0x08, 0x7F: .backspace
    case 0x01...0x1A: .ctrl(Character(Unicode.Scalar(byte + 0x60)))
    default: .ctrl(Character(Unicode.Scalar(byte + 0x40)))
    }
  }

  /// One UTF-8 character at an offset: nil while it is not whole; a nil scalar for what is no UTF-8.
  private func nextCharacter(from offset: Int) -> (scalar: Unicode.Scalar?, length: Int)? {
    let rest = buffer.dropFirst(offset)
    guard let first = rest.first else { return nil }
    let length: Int
    switch first {
    case 0..<0x80: length = 1
    case 0xC2..<0xE0: length = 2
    case 0xE0..<0xF0: length = 3
    case 0xF0..<0xF5: length = 4
    default: return (nil, 1)
    }
    let bytes = rest.prefix(length)
    let good = 1 + bytes.dropFirst().prefix { $0 & 0xC0 == 0x80 }.count
    if good < bytes.count { return (nil, good) }
    guard bytes.count == length else { return nil }
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
    let isWhole = scalars.count == 1 && scalars.first != "\u{FFFD}"
    return (isWhole || bytes.elementsEqual([0xEF, 0xBF, 0xBD]) ? scalars.first : nil, length)
  }

  private mutating func nextSequence() -> [Key]? {
    guard let second = buffer.dropFirst().first else { return nil }
    switch second {
    case 0x5B: return nextControlSequence()
    case 0x4F:
      guard let third = buffer.dropFirst(2).first else { return nil }
      buffer.removeFirst(3)
      return [KeySequence(parameters: [], final: third).applicationKey]
    case 0x50, 0x5D, 0x5F: return skipString()
    case 0x1B:
      buffer.removeFirst()
      return [.escape]
    default:
      guard let (scalar, length) = nextCharacter(from: 1) else { return nil }
      buffer.removeFirst(1 + length)
      guard second >= 0x20, second != 0x7F, case .character(let character) = Self.key(scalar) else {
        return second == 0x0D || second == 0x7F ? [.alt(second == 0x0D ? "\r" : "\u{7F}")] : [.unknown]
      }
      return [.alt(character)]
    }
  }

  private mutating func nextControlSequence() -> [Key]? {
    var parameters = buffer.dropFirst(2).prefix { (0x20..<0x40).contains($0) }
    if parameters.isEmpty, buffer.dropFirst(2).first == 0x5B {
      // The Linux console's F1…F5: ESC [ [ A.
      guard let final = buffer.dropFirst(3).first else { return nil }
      buffer.removeFirst(4)
      return [(0x41...0x45).contains(final) ? .function(Int(final) - 0x40) : .unknown]
    }
    let length = 2 + parameters.count
    guard let final = buffer.dropFirst(length).first else {
      guard length > 64 else { return nil }
      buffer = []
      return [.unknown]
    }
    let text = Array(parameters)
    parameters = []
    // A byte that cannot stand here ends the sequence and counts for itself.
    guard (0x40..<0x7F).contains(final) else {
      buffer.removeFirst(length)
      return [.unknown]
    }
    buffer.removeFirst(length + 1)
    return received(KeySequence(parameters: text, final: final))
  }

  private mutating func received(_ sequence: KeySequence) -> [Key] {
    switch sequence.report {
    case .key(let key): return [key]
    case .pasteBegins:
      paste = []
      return []
    case .synchronisedOutput:
      hasSynchronisedOutput = true
      return []
    case .nothing: return []
    }
  }

  /// Answers of the terminal (OSC, DCS, APC), up to BEL or ESC \.
  private mutating func skipString() -> [Key]? {
    for (index, byte) in buffer.enumerated().dropFirst(2) {
      if byte == 0x07 || (byte == 0x5C && buffer[index - 1] == 0x1B) {
        buffer.removeFirst(index + 1)
        return []
      }
    }
    guard buffer.count > 4096 else { return nil }
    buffer = []
    return [.unknown]
  }

  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

  private mutating func nextOfPaste() -> [Key]? {
    guard var content = paste else { return nil }
    if let end = buffer.firstRange(of: Self.pasteEnd) {
      content += buffer[..<end.lowerBound]
      buffer.removeSubrange(..<end.upperBound)
      paste = nil
      return [Self.pasted(content)]
    }
    // The last bytes may be the beginning of the end.
    let sure = max(0, buffer.count - Self.pasteEnd.count)
    content += buffer.prefix(sure)
    buffer.removeFirst(sure)
    paste = content
    guard content.count > Self.maximumPaste else { return nil }
    paste = nil
    return [Self.pasted(content)]
  }

  private static func pasted(_ bytes: [UInt8]) -> Key {
    let text = String(decoding: bytes, as: UTF8.self)
    return .paste(String(text.map { $0 == "\r" || $0 == "\r\n" ? "\n" : $0 }))
  }
}
