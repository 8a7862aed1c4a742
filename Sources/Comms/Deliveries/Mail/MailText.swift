import Values

/// A message as RFC 5322 has it, with headers as RFC 2047 encodes them and one text part (RFC 2045). All of it is ASCII
/// in lines of at most 76 characters where they can be folded, and never more than 998.
struct MailText {
  private var lines: [String] = []

  static let end = "\r\n"
  private static let fold = 76

  /// A header of pieces between which its line may be folded; each is printable ASCII without blanks of its own.
  mutating func add(_ name: String, words: [String]) {
    var line = name + ":"
    var isFirst = true
    for word in words {
      if !isFirst, line.utf8.count + 1 + word.utf8.count > Self.fold {
        lines.append(line)
        line = ""
      }
      line += " " + word
      isFirst = false
    }
    lines.append(line)
  }

  mutating func add(_ name: String, addresses: [MailAddress]) {
    var words: [String] = []
    for (index, address) in addresses.enumerated() {
      let isLast = index + 1 == addresses.count
      words += address.words.dropLast() + [(address.words.last ?? "") + (isLast ? "" : ",")]
    }
    add(name, words: words)
  }

  /// A header of free text.
  mutating func add(_ name: String, text: String) {
    let isPlain =
      text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
      && text.split(separator: " ").allSatisfy { $0.utf8.count <= Self.fold }
    let words =
      isPlain ? text.split(separator: " ").map(String.init) : Self.encodedWords(text, behind: name + ": ")
    add(name, words: words.isEmpty ? [""] : words)
  }

  /// The whole message.
  func message(_ text: String) -> String {
    let content = Self.lines(text)
    let isPlain = content.allSatisfy { line in
      line.utf8.count <= Self.fold && line.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        && !line.hasSuffix(" ") && !line.hasPrefix(".") && !line.hasPrefix("From ")
    }
    let head =
      lines + [
        "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: \(isPlain ? "7bit" : "quoted-printable")", "",
      ]
    let body = isPlain ? content : content.map(Self.quotedPrintable)
    return (head + body).map { $0 + Self.end }.joined()
  }

  /// Lines however they end; a line end at the very end begins no further line.
  private static func lines(_ text: String) -> [String] {
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
      .map(String.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  // MARK: RFC 2045, 6.7

  /// One line of text in lines of at most 76 characters.
  private static func quotedPrintable(_ line: String) -> String {
    var written = ""
    var width = 0
    let bytes = Array(line.utf8)
    for (index, byte) in bytes.enumerated() {
      let isLast = index + 1 == bytes.count
      let isBlank = byte == 0x20 || byte == 0x09
      let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
      // A dot or a From at the beginning is what some servers change.
      let isDot = width == 0 && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "F"))
      let piece = (isPlain && !isDot) || (isBlank && !isLast) ? String(UnicodeScalar(byte)) : hex(byte, "=")
      if width + piece.utf8.count > (isLast ? fold : fold - 1) {
        written += "=" + end
        width = 0
        if piece == "." || piece == "F" {
          written += hex(byte, "=")
          width = 3
          continue
        }
      }
      written += piece
      width += piece.utf8.count
    }
    return written
  }

  // MARK: RFC 2047

  /// `=?UTF-8?Q?…?=` words of at most 75 characters, each of whole characters.
  ///
  /// - Parameter start: stands on the line of the first.
  static func encodedWords(_ text: String, behind start: String = "") -> [String] {
    let frame = "=?UTF-8?Q??=".utf8.count
    var room = 75 - start.utf8.count
    var words: [String] = []
    var word = ""
    for scalar in text.unicodeScalars {
      let piece = String(scalar).utf8.map { byte in
        byte == 0x20 ? "_" : isPhraseByte(byte) ? String(UnicodeScalar(byte)) : hex(byte, "=")
      }.joined()
      if frame + word.utf8.count + piece.utf8.count > room {
        words.append(word)
        word = ""
        room = 75
      }
      word += piece
    }
    words.append(word)
    return words.filter { !$0.isEmpty }.map { "=?UTF-8?Q?\($0)?=" }
  }

  /// What may stand for itself wherever an encoded word may stand (RFC 2047, 5, rule 3).
  private static func isPhraseByte(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "!*+-/".utf8.contains(byte)
  }

  // MARK: Words

  /// `Sat, 21 Nov 2026 03:08:33 +0000`.
  static func date(_ instant: Instant) -> String {
    let civil = CivilTime(instant)
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let weekday = ((civil.daysSinceEpoch % 7) + 7) % 7
    let day = days.indices.contains(weekday) ? days[weekday] : "Thu"
    let month = months.indices.contains(civil.month - 1) ? months[civil.month - 1] : "Jan"
    let clock = "\(civil.hour.padded(2)):\(civil.minute.padded(2)):\(civil.second.padded(2))"
    return "\(day), \(civil.day.padded(2)) \(month) \(civil.year.padded(4)) \(clock) +0000"
  }

  /// What may stand in an atom (RFC 5322, 3.2.3).
  static func isAtom(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }

  /// A text as one atom: any other character is `_`.
  static func atoms(_ text: String) -> String {
    let bytes = text.utf8.prefix(200).map { isAtom($0) || $0 == UInt8(ascii: ".") ? $0 : UInt8(ascii: "_") }
    let parts = bytes.split(separator: UInt8(ascii: ".")).map { String(decoding: $0, as: UTF8.self) }
    return parts.isEmpty ? "x" : parts.joined(separator: ".")
  }

  static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }

  private static func hex(_ byte: UInt8, _ mark: String) -> String {
    mark + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
