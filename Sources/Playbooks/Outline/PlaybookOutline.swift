import Values

/// A new playbook's text, made from an outline.
package enum PlaybookOutline {
  /// What a playbook for trouble usually has.
  package static let common = """
    Symptoms
    Diagnosis
      - What has changed?
      - Which errors are there?
    Recovery
      - Take the change back
      - Check that all is well
    Afterwards
      - Tell the others
    """

  /// Lines that are neither indented nor items, and headings, are sections; items (`-`, `*`, `+`, `1.`) under them are
  /// steps, deeper ones sub-steps. Where an outline has items alone, the outermost ones that hold others are sections.
  ///
  /// - Parameter name: the file's name without `.md`.
  package static func playbook(name: String, outline: String) -> String {
    let title = title(of: name)
    var text = """
      ---
      title: \(quoted(title))
      # What `midwatch playbook check` looks at; every key may be left out.
      # alerts: [NameOfTheAlert]     # p on one of these opens this file
      # services: [api]
      # review: 90d                  # after it was last confirmed
      # reviewed: 2026-01-31         # when that was
      # variables:
      #   TENANT: {ask: Whose?, pattern: "[a-z]+"}
      # steps:
      #   Take the change back: {due: 10m, undo: Roll it out again}
      ---

      # \(title)

      """
    for line in lines(of: outline) {
      switch line.depth {
      case nil: text += "\n## \(line.text)\n\n"
      case let depth?: text += String(repeating: "   ", count: depth) + "1. \(line.text)\n"
      }
    }
    return text
  }

  /// Why a name cannot be a playbook's; nil when it can.
  package static func objection(to name: String) -> String? {
    let isFit =
      !name.isEmpty && name.utf8.count <= 100 && name.first != "-"
      && name.utf8.allSatisfy { $0.isNameByte || $0 == UInt8(ascii: "-") }
    return isFit
      ? nil
      : "\"\(Inert.terminal(name))\" is no name of a playbook; use letters, digits, hyphens and underscores."
  }

  /// `high-error-rate` is "High error rate".
  static func title(of name: String) -> String {
    let words = name.split { "-_".contains($0) }.joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private struct Line {
    /// Nil for a section; 0 for a step, more for its sub-steps.
    var depth: Int?
    var text: String
  }

  private struct Raw {
    let indent: Int
    let isItem: Bool
    let text: String
  }

  private static func lines(of outline: String) -> [Line] {
    let raws = outline.split(whereSeparator: \.isNewline).compactMap { raw(String($0)) }
    let hasHeadings = raws.contains { !$0.isItem && $0.indent == 0 }
    var indents: [Int] = []
    var lines: [Line] = []
    for (place, raw) in raws.enumerated() {
      let isOuter = raw.indent == 0
      let holdsOthers = place + 1 < raws.count && raws[place + 1].indent > raw.indent
      if isOuter, !raw.isItem || !hasHeadings && holdsOthers {
        indents = []
        lines.append(Line(depth: nil, text: raw.text))
        continue
      }
      while let last = indents.last, last >= raw.indent { indents.removeLast() }
      lines.append(Line(depth: min(indents.count, 5), text: raw.text))
      indents.append(raw.indent)
    }
    return lines
  }

  private static func raw(_ line: String) -> Raw? {
    var indent = 0
    for character in line {
      if character == " " { indent += 1 } else if character == "\t" { indent += 4 } else { break }
    }
    var text = line.trimmed
    if text.hasPrefix("#") {
      text = String(text.drop { $0 == "#" }).trimmed
      return text.isEmpty ? nil : Raw(indent: 0, isItem: false, text: safe(text))
    }
    let marker = text.prefix { !$0.isWhitespace }
    let isItem =
      ["-", "*", "+"].contains(marker)
      || [".", ")"].contains(marker.last) && marker.count > 1 && marker.dropLast().allSatisfy(\.isNumber)
    if isItem { text = String(text.dropFirst(marker.count)).trimmed }
    for box in ["[ ]", "[x]", "[X]"] where text.hasPrefix(box + " ") {
      text = String(text.dropFirst(box.count)).trimmed
    }
    return text.isEmpty ? nil : Raw(indent: indent, isItem: isItem, text: safe(text))
  }

  /// On one line, without what a terminal would obey; Markdown in it stays.
  private static func safe(_ text: String) -> String { Inert.terminal(text) }

  /// As a YAML text in double quotes.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
