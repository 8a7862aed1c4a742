import Foundation

@testable import Playbooks

/// A command as a shell reads it, for comparing two that may be written differently: white space is one
/// space, it does not matter which quotes a word stands in, comments are gone, and placeholders are ``hole``.
struct ShellReading: Hashable {
  /// Stands for a placeholder; nobody types it.
  static let hole: Character = "\u{E000}"

  let text: String

  init(_ command: String, declared: Set<String> = []) {
    var bytes = Array(command.utf8)
    for found in PlaceholderScanner.placeholders(in: command, declared: declared).reversed() {
      bytes.replaceSubrange(found.bytes, with: Array(String(Self.hole).utf8))
    }
    text = Self.read(Array(String(decoding: bytes, as: UTF8.self)))
  }

  /// What means something to a shell; quoted, it is written with a backslash.
  private static let special = Set("|&;<>()$`*?[]{}#~\"'\\ ")

  private static func read(_ characters: [Character]) -> String {
    var out = ""
    var quote: Character?
    var index = 0
    func literal(_ character: Character) {
      let plain: Character = character.isWhitespace ? " " : character
      if plain == " ", out.hasSuffix("\\ ") { return }
      out += special.contains(plain) ? "\\\(plain)" : String(plain)
    }
    while index < characters.count {
      let character = characters[index]
      let next = index + 1 < characters.count ? characters[index + 1] : nil
      index += 1
      if character == quote {
        quote = nil
      } else if let quote {
        if quote == "\"", character == "\\", let next, "$`\"\\\n".contains(next) {
          index += 1
          if next != "\n" { literal(next) }
        } else if quote == "\"", character == "$" || character == "`" {
          out.append(character)
        } else {
          literal(character)
        }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == "\\", let next, next != "\n" {
        index += 1
        literal(next)
      } else if character.isWhitespace || character == "\\" {
        if !out.isEmpty, !out.hasSuffix(" ") || out.hasSuffix("\\ ") { out += " " }
      } else if character == "#", out.isEmpty || (out.hasSuffix(" ") && !out.hasSuffix("\\ ")) {
        while index < characters.count, characters[index] != "\n" { index += 1 }
      } else {
        out.append(character)
      }
    }
    while out.hasSuffix(" ") { out.removeLast() }
    return out
  }

  /// Whether this could have been `other` before its values were made placeholders: each hole stands for a
  /// piece of a word, or for words within quotes, and everything else is the same.
  func covers(_ other: ShellReading) -> Bool {
    guard text.contains(Self.hole) else { return text == other.text }
    let parts = text.split(separator: Self.hole, omittingEmptySubsequences: false).map {
      NSRegularExpression.escapedPattern(for: String($0))
    }
    let pattern = "^" + parts.joined(separator: #"(?:[^\s\\"',{}()|&;]|\\ )+"#) + "$"
    return other.text.range(of: pattern, options: .regularExpression) != nil
  }
}
