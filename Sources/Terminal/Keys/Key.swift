/// What came from the keyboard, decoded.
package enum Key: Hashable, Sendable {
  /// A printable character, as typed; a capital needs no shift flag.
  case character(Character)
  case enter, escape, tab, backtab, backspace, delete, insert
  case up, down, left, right, pageUp, pageDown, home, end
  /// Ctrl with a letter (lower case) or with one of `\ ] ^ _` and space.
  case ctrl(Character)
  /// Alt with a character: ESC and the character arrived together.
  case alt(Character)
  case function(Int)
  /// A bracketed paste, whole; it is text to insert and never keys to act on.
  case paste(String)
  /// The terminal has another size.
  case resize(Size)
  /// A sequence that nobody knows.
  case unknown
}

extension Key: CustomStringConvertible {
  /// As footers and help show it: `a`, `Enter`, `^A`, `M-x`, `F1`, `PgUp`.
  package var description: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backtab: "S-Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .home: "Home"
    case .end: "End"
    case .ctrl(" "): "^Space"
    case .ctrl(let character): "^\(character.uppercased())"
    case .alt(let character): "M-\(character)"
    case .function(let number): "F\(number)"
    case .paste: "paste"
    case .resize(let size): "resize \(size)"
    case .unknown: "unknown key"
    }
  }
}
