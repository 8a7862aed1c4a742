import Values

/// Markdown that a person wrote for a retro, made inert: no raw HTML, no script in a link, no heading above the
/// section's own, no control characters. Code stays code.
enum WrittenMarkdown {
  /// - Parameter level: of the headings that may stand in it; higher ones are lowered.
  static func inert(_ text: String, under level: Int) -> [String] {
    var fence: Substring?
    var lines: [String] = []
    for raw in Inert.terminalLines(text) {
      if let open = fence {
        lines.append(raw)
        if closes(raw, open) { fence = nil }
      } else if let mark = opens(raw) {
        fence = mark
        lines.append(raw)
      } else {
        lines.append(lowered(escaped(raw), to: level, after: lines.last))
      }
    }
    if let fence { lines.append(String(fence)) }
    return lines
  }

  /// The fence that a line opens: three or more backquotes or tildes, at most three blanks before them.
  private static func opens(_ line: String) -> Substring? {
    let rest = line.drop { $0 == " " }
    guard line.count - rest.count <= 3, let sign = rest.first, sign == "`" || sign == "~" else { return nil }
    let mark = rest.prefix { $0 == sign }
    guard mark.count >= 3, sign == "~" || !rest.dropFirst(mark.count).contains("`") else { return nil }
    return mark
  }

  private static func closes(_ line: String, _ fence: Substring) -> Bool {
    let rest = line.drop { $0 == " " }
    guard line.count - rest.count <= 3, let sign = fence.first else { return false }
    let mark = rest.prefix { $0 == sign }
    return mark.count >= fence.count && rest.dropFirst(mark.count).allSatisfy { $0 == " " }
  }

  /// Tags, entities and schemes that act.
  private static func escaped(_ line: String) -> String {
    var safe = ""
    let characters = Array(line.unicodeScalars)
    for (index, scalar) in characters.enumerated() {
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      let begins = next.properties.isAlphabetic || "/!?#".unicodeScalars.contains(next)
      if scalar == "<" && begins || scalar == "&" && (begins || next == "#") { safe += "\\" }
      safe.unicodeScalars.append(scalar)
    }
    return disarmed(safe)
  }

  private static let schemes = ["javascript", "vbscript", "data", "file", "blob"].map { Array($0.utf8) }

  /// `javascript:` is no scheme once its colon is encoded; what is not followed by anything is prose.
  private static func disarmed(_ line: String) -> String {
    let bytes = Array(line.utf8)
    var safe: [UInt8] = []
    var copied = 0
    for (colon, byte) in bytes.enumerated() where byte == UInt8(ascii: ":") {
      let end = colon > 0 && bytes[colon - 1] == UInt8(ascii: "\\") ? colon - 1 : colon
      let isProse = colon + 1 == bytes.count || bytes[colon + 1] == UInt8(ascii: " ")
      // Lower case differs from upper case of ASCII letters in this bit.
      let isScheme = schemes.contains { word in
        end >= word.count && zip(bytes[(end - word.count)..<end], word).allSatisfy { $0 | 0x20 == $1 }
      }
      guard isScheme, !isProse else { continue }
      safe += bytes[copied..<end] + Array("%3A".utf8)
      copied = colon + 1
    }
    return copied == 0 ? line : String(decoding: safe + bytes[copied...], as: UTF8.self)
  }

  /// A heading above the section's is as deep as a group's; an underline makes none of the line before.
  private static func lowered(_ line: String, to level: Int, after last: String?) -> String {
    let rest = line.drop { $0 == " " }
    let marks = rest.prefix { $0 == "#" }
    guard line.count - rest.count <= 3, (1...6).contains(marks.count) else {
      let body = rest.reversed().drop { $0 == " " }
      let isLine = !body.isEmpty && (body.allSatisfy { $0 == "=" } || body.allSatisfy { $0 == "-" })
      return isLine && last?.isEmpty == false ? "\\" + rest : line
    }
    let body = rest.dropFirst(marks.count)
    guard body.isEmpty || body.first == " " else { return line }
    return String(repeating: "#", count: min(6, max(level, marks.count))) + body
  }
}
