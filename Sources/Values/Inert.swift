/// The one place where text from outside is made safe for each thing that would interpret it.
///
/// Whatever came from an endpoint, a log, a runbook or a command passes one of these before it reaches
/// the terminal, HTML, Markdown or CSV. (Shell words are quoted where commands are built, in Playbooks.)
package enum Inert {
  /// For a terminal: one line, no control, escape, bidirectional or invisible format characters.
  ///
  /// C0, C1 and DEL become `␀`-style pictures or `�`; tab becomes a space; line ends become `⏎`.
  package static func terminal(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafeOnTerminal) else { return text }
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      safe.append(isUnsafeOnTerminal(scalar) ? picture(of: scalar) : scalar)
    }
    return String(safe)
  }

  /// For a terminal, line by line; line ends (LF, CRLF) separate the lines.
  package static func terminalLines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map { terminal(String($0)) }
  }

  /// For HTML text and quoted attribute values.
  package static func html(_ text: String) -> String {
    var safe = ""
    for scalar in terminalKeepingLines(text).unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  /// For Markdown running text: one line, punctuation that starts a construct is escaped (CommonMark 2.4):
  /// everywhere what can begin an inline or end a table cell, at the beginning what can begin a block.
  package static func markdown(_ text: String) -> String {
    let line = terminal(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    var safe = ""
    var isAtStart = true
    var isNumber = false
    let scalars = Array(line.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      let begins =
        switch scalar {
        case "#", "=": isAtStart && !isNumber
        // A bullet or a rule; `-5`, `+1m` and dates are none.
        case "+", "-": isAtStart && !isNumber && (next == " " || next == scalar)
        case ".", ")": isAtStart && next == " "
        default: false
        }
      if begins || "\\`*_[]<>|~&".unicodeScalars.contains(scalar) { safe += "\\" }
      safe.unicodeScalars.append(scalar)
      isNumber = isNumber || ("0"..."9").contains(scalar)
      isAtStart = isAtStart && (("0"..."9").contains(scalar) || scalar == " ")
    }
    return safe
  }

  /// For one CSV field (RFC 4180), with leading formula characters neutralised by an apostrophe, also those
  /// behind blanks and the wide forms, which some spreadsheets take for the same.
  package static func csv(_ text: String) -> String {
    var field = terminalKeepingLines(text)
    let first = field.unicodeScalars.first { !$0.properties.isWhitespace }
    if let first, "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first) {
      field = "'" + field
    }
    guard field.unicodeScalars.contains(where: { "\",\n\r;".unicodeScalars.contains($0) }) else {
      return field
    }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// As ``terminal(_:)``, but line ends stay.
  package static func terminalKeepingLines(_ text: String) -> String {
    terminalLines(text).joined(separator: "\n")
  }

  private static func isUnsafeOnTerminal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x061C, 0x200B...0x200C, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB:
      true
    case 0xE0000...0xE0FFF: true
    // Noncharacters: no file that carries text may hold them.
    case 0xFDD0...0xFDEF: true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }

  private static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09: " "
    case 0x0A, 0x0D, 0x2028, 0x2029: "⏎"
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x7F: "␡"
    default: "\u{FFFD}"
    }
  }
}
