/// The one place where text from outside is made safe for each thing that would interpret it.
///
/// Whatever came from an endpoint, a log, a runbook or a command passes one of these before it reaches
/// the terminal, HTML, Markdown or CSV. (Shell words are quoted where commands are built, in Playbooks.)
package enum Inert {
  /// For a terminal: one line, no control, escape, bidirectional or invisible format characters.
  ///
  /// C0, C1 and DEL become `␀`-style pictures or `�`; tab becomes a space; line ends become `⏎`.
  package static func terminal(_ text: String) -> String {
    if isInert(text, keepingLines: false) { return text }
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
    let safe = terminalKeepingLines(text)
    func entity(_ byte: UInt8) -> StaticString? {
      switch byte {
      case UInt8(ascii: "&"): "&amp;"
      case UInt8(ascii: "<"): "&lt;"
      case UInt8(ascii: ">"): "&gt;"
      case UInt8(ascii: "\""): "&quot;"
      case UInt8(ascii: "'"): "&#39;"
      default: nil
      }
    }
    guard safe.utf8.contains(where: { entity($0) != nil }) else { return safe }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(safe.utf8.count + 16)
    for byte in safe.utf8 {
      if let entity = entity(byte) {
        bytes += UnsafeBufferPointer(start: entity.utf8Start, count: entity.utf8CodeUnitCount)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// For Markdown running text: one line, punctuation that starts a construct is escaped (CommonMark 2.4):
  /// everywhere what can begin an inline or end a table cell, at the beginning what can begin a block.
  package static func markdown(_ text: String) -> String {
    // What is inert on a terminal has no line ends, of no kind.
    let isLine = isInert(text, keepingLines: false)
    var line = isLine ? text : terminal(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    return line.withUTF8 { markdown($0) } ?? line
  }

  /// Nil when it stays as it is.
  private static func markdown(_ line: UnsafeBufferPointer<UInt8>) -> String? {
    var safe: [UInt8] = []
    var copied = 0
    var isAtStart = true
    var isNumber = false
    for (index, byte) in line.enumerated() {
      let begins: Bool
      switch byte {
      case UInt8(ascii: "#"), UInt8(ascii: "="): begins = isAtStart && !isNumber
      // A bullet or a rule; `-5`, `+1m` and dates are none.
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        let next = index + 1 < line.count ? line[index + 1] : UInt8(ascii: " ")
        begins = isAtStart && !isNumber && (next == UInt8(ascii: " ") || next == byte)
      case UInt8(ascii: "."), UInt8(ascii: ")"):
        begins = isAtStart && (index + 1 == line.count || line[index + 1] == UInt8(ascii: " "))
      case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["),
        UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: "~"),
        UInt8(ascii: "&"):
        begins = true
      default: begins = false
      }
      if begins {
        if safe.isEmpty { safe.reserveCapacity(line.count + 16) }
        safe += line[copied..<index]
        safe.append(UInt8(ascii: "\\"))
        copied = index
      }
      let isDigit = byte >= 0x30 && byte <= 0x39
      isNumber = isNumber || isDigit
      isAtStart = isAtStart && (isDigit || byte == UInt8(ascii: " "))
    }
    return safe.isEmpty ? nil : String(decoding: safe + line[copied...], as: UTF8.self)
  }

  /// For one CSV field (RFC 4180), with leading formula characters neutralised by an apostrophe, also those
  /// behind blanks and the wide forms, which some spreadsheets take for the same.
  package static func csv(_ text: String) -> String {
    var field = terminalKeepingLines(text)
    if beginsFormula(field) { field = "'" + field }
    let isQuoted = field.utf8.contains { byte in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: ";"), 0x0A, 0x0D: true
      default: false
      }
    }
    guard isQuoted else { return field }
    // By bytes: a quotation mark with an accent on it is one, too.
    var bytes = [UInt8(ascii: "\"")]
    bytes.reserveCapacity(field.utf8.count + 8)
    for byte in field.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func beginsFormula(_ field: String) -> Bool {
    // Letters and digits, most often.
    if let byte = field.utf8.first, byte >= 0x30, byte < 0x7F, byte != UInt8(ascii: "="),
      byte != UInt8(ascii: "@")
    {
      return false
    }
    let first = field.unicodeScalars.first { !$0.properties.isWhitespace }
    return first.map { "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) } ?? false
  }

  /// As ``terminal(_:)``, but line ends stay.
  package static func terminalKeepingLines(_ text: String) -> String {
    isInert(text, keepingLines: true) ? text : terminalLines(text).joined(separator: "\n")
  }

  /// Whether nothing in it has to be made safe. Most texts are ASCII: those are told by their bytes.
  ///
  /// - Parameter keepingLines: whether a LF may stand in it.
  private static func isInert(_ text: String, keepingLines: Bool) -> Bool {
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 0x20 && byte < 0x7F || byte == 0x0A && keepingLines
    }
    return isPlain
      || !text.unicodeScalars.contains { isUnsafeOnTerminal($0) && !($0 == "\n" && keepingLines) }
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
