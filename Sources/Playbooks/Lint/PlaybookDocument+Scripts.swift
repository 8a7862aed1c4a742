/// A command as a text whose syntax a shell can look at without running it.
package struct Script: Equatable, Sendable {
  package enum Dialect: Equatable, Sendable {
    case sh
    /// For `zsh` too, which nobody needs to have installed.
    case bash
  }

  package let dialect: Dialect
  /// With a harmless word for each placeholder; as many lines as the command.
  package let text: String
  /// The line of the file on which it begins.
  package let line: Int

  package init(dialect: Dialect, text: String, line: Int) {
    self.dialect = dialect
    self.text = text
    self.line = line
  }
}

extension PlaybookDocument {
  /// Every command that is whole, in the order of the document.
  ///
  /// - Parameter declared: names that are placeholders without brackets.
  package func scripts(declared: Set<String>) -> [Script] {
    steps.flatMap(\.codeBlocks).flatMap { code in
      code.commands.filter { $0.flaw == nil }.map { command in
        Script(
          dialect: ["bash", "zsh"].contains(code.language) ? .bash : .sh,
          text: Self.filled(command.text, declared), line: command.line)
      }
    }
  }

  private static func filled(_ text: String, _ declared: Set<String>) -> String {
    let bytes = Array(text.utf8)
    var filled: [UInt8] = []
    var end = 0
    for placeholder in PlaceholderScanner.placeholders(in: text, declared: declared) {
      filled += bytes[end..<placeholder.bytes.lowerBound] + [UInt8(ascii: "x")]
      end = placeholder.bytes.upperBound
    }
    return String(decoding: filled + bytes[end...], as: UTF8.self)
  }
}
