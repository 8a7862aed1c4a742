internal import Values

/// Notifications of the desktop through the terminal (OSC 9 or OSC 777), which also works over ssh.
package enum DesktopNotice: String, CaseIterable, Sendable {
  /// `ESC ] 9 ; text`: iTerm2, kitty, WezTerm, Ghostty, ConEmu; others let it pass.
  case osc9
  /// `ESC ] 777 ; notify ; title ; text`: rxvt-unicode, foot, and what is built on VTE.
  case osc777
  case none

  /// What a terminal understands, by what it says of itself; one that shows what it does not understand gets none.
  ///
  /// - Parameters:
  ///   - term: `$TERM`.
  ///   - isVTE: whether `$VTE_VERSION` is set.
  package init(term: String, isVTE: Bool = false) {
    if Clipboard.terminalsWithout.contains(term) {
      self = .none
    } else if isVTE || term.hasPrefix("rxvt") || term.hasPrefix("foot") {
      self = .osc777
    } else {
      self = .osc9
    }
  }

  /// In characters; a notification is a line or two.
  static let longest = 200

  /// The bytes to send; nil where none are to be sent. Nothing in `title` or `text` can end the sequence or begin
  /// another.
  package func sequence(title: String, text: String, term: String, isInTmux: Bool) -> String? {
    let text = String(Inert.terminal(text).prefix(Self.longest))
    // A semicolon would end the title.
    let title = String(Inert.terminal(title).prefix(60)).replacing(";", with: ",")
    let plain: String
    switch self {
    case .none: return nil
    // Beginning with words: numbers there are commands to ConEmu and Windows Terminal.
    case .osc9: plain = "\u{1B}]9;\(title.first?.isNumber == true ? "– " : "")\(title): \(text)\u{7}"
    case .osc777: plain = "\u{1B}]777;notify;\(title);\(text)\u{7}"
    }
    return Passthrough.wrapped(plain, term: term, isInTmux: isInTmux)
  }
}
