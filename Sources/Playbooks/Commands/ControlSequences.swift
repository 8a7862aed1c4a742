/// Escape sequences in the output of programs (ECMA-48, sections 5.3 to 5.6; xterm's OSC may end with BEL).
///
/// A machine that can be given a text in pieces. A sequence that has no end takes what follows with it, as on a terminal.
struct ControlSequences: Equatable {
  private enum State: Equatable {
    case text
    /// After ESC, and after the bytes between it and the one that ends it.
    case escape, intermediate
    /// In a control sequence.
    case control
    /// In a string that BEL or ST ends, and after an ESC in it.
    case string, stringEscape
  }

  private var state = State.text

  /// `text` without them. O(n).
  static func removed(from text: String) -> String {
    var sequences = Self()
    return sequences.remove(from: text)
  }

  /// Goes on where the piece before ended.
  mutating func remove(from text: String) -> String {
    if state == .text, !text.unicodeScalars.contains(where: { Self.begins($0) }) { return text }
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where takes(scalar) { kept.append(scalar) }
    return String(kept)
  }

  private static func begins(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{1B}" || (0x80..<0xA0).contains(scalar.value)
  }

  /// Whether it is text.
  private mutating func takes(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // CAN and SUB end whatever has begun.
    case 0x18, 0x1A:
      defer { state = .text }
      return state == .text
    case 0x1B:
      state = state == .string ? .stringEscape : .escape
      return false
    default: break
    }
    switch state {
    case .text: return !beginsWithOne(scalar)
    case .escape, .stringEscape:
      afterEscape(scalar)
      return false
    case .intermediate:
      if !(0x20...0x2F).contains(scalar.value) { state = .text }
      return false
    case .control:
      if (0x40...0x7E).contains(scalar.value) { state = .text }
      // What cannot stand in one ends it; the controls of ASCII can.
      if scalar.value >= 0x80 {
        state = .text
        return !beginsWithOne(scalar)
      }
      return false
    case .string:
      if scalar.value == 0x07 || scalar.value == 0x9C { state = .text }
      return false
    }
  }

  /// The introducers that are one character (ECMA-48, section 5.3).
  private mutating func beginsWithOne(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9B: state = .control
    case 0x90, 0x98, 0x9D, 0x9E, 0x9F: state = .string
    default: return false
    }
    return true
  }

  private mutating func afterEscape(_ scalar: Unicode.Scalar) {
    switch scalar {
    // ST, which is nothing on its own.
    case "\\": state = .text
    case "[": state = .control
    case "]", "P", "X", "^", "_": state = .string
    default: state = (0x20...0x2F).contains(scalar.value) ? .intermediate : .text
    }
  }
}
