import Foundation
import Glibc
import Host
import Incidents
import Values

/// Asking on a terminal.
enum Question {
  static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// A line, without blanks around it; nil at the end of input.
  static func line(_ prompt: String) -> String? {
    _ = StandardStream.error.write(Array(Inert.terminal(prompt).utf8))
    guard let line = readLine() else { return nil }
    return line.trimmingCharacters(in: .whitespaces)
  }

  /// Throws unless somebody says yes; without a terminal only `isSaid` says it.
  static func confirm(_ what: String, isSaid: Bool) throws {
    if isSaid { return }
    guard isTerminal else { throw Refusal("\(what) asks first; --yes says that it is meant.") }
    let answer = line("\(what)? [y/N] ")?.lowercased()
    guard answer == "y" || answer == "yes" else { throw Refusal("Nothing was done.") }
  }
}
