/// Why the terminal cannot be taken, as a sentence with what to do.
package enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Standard input or output is something else.
  case noTerminal
  /// It cannot place text.
  case incapable(term: String)
  /// Neither its own description nor those of common ones are installed.
  case unknown(tried: [String])
  case system

  package var description: String {
    switch self {
    case .noTerminal:
      "standard input and output are not a terminal; use --plain, or a command such as check"
    case .incapable(let term):
      "the terminal \"\(term)\" cannot place text; use --plain, or set TERM to what it really is"
    case .unknown(let tried):
      "no terminal description was found (tried \(tried.joined(separator: ", "))); install ncurses-base or use --plain"
    case .system: "the terminal's modes cannot be read; use --plain"
    }
  }
}
