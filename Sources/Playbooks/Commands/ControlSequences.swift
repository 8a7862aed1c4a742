/// Escape sequences in the output of programs (ECMA-48, sections 5.3 to 5.6; xterm's OSC may end with BEL).
enum ControlSequences {
  /// `text` without them. One that has no end takes what follows with it, as on a terminal. O(n).
  static func removed(from text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 == "\u{1B}" || (0x80..<0xA0).contains($0.value) }) else {
      return text
    }
    var kept = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar.value {
      case 0x1B:
        guard let next = rest.first else { return String(kept) }
        switch next {
        case "[":
          rest.removeFirst()
          skipControl(&rest)
        case "]", "P", "X", "^", "_":
          rest.removeFirst()
          skipString(&rest)
        default:
          // Intermediate bytes, then a final one.
          while let byte = rest.first, (0x20...0x2F).contains(byte.value) { rest.removeFirst() }
          if let byte = rest.first, (0x30...0x7E).contains(byte.value) { rest.removeFirst() }
        }
      case 0x9B: skipControl(&rest)
      case 0x90, 0x98, 0x9D, 0x9E, 0x9F: skipString(&rest)
      default: kept.append(scalar)
      }
    }
    return String(kept)
  }

  private static func skipControl(_ rest: inout Substring.UnicodeScalarView) {
    while let byte = rest.first, (0x20...0x3F).contains(byte.value) { rest.removeFirst() }
    if let byte = rest.first, (0x40...0x7E).contains(byte.value) { rest.removeFirst() }
  }

  private static func skipString(_ rest: inout Substring.UnicodeScalarView) {
    while let scalar = rest.popFirst() {
      if scalar.value == 0x07 || scalar.value == 0x9C { return }
      if scalar.value == 0x1B {
        if rest.first == "\\" { rest.removeFirst() }
        return
      }
    }
  }
}
