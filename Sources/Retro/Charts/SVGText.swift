import Values

/// Pieces of SVG, with every text and number in them made safe.
enum SVGText {
  /// One decimal, and never an exponent, NaN or infinity; what lies far outside is cut.
  static func number(_ value: Double) -> String {
    let tenths = Int((min(100_000, max(-100_000, value.isNaN ? 0 : value)) * 10).rounded())
    let rest = tenths.magnitude % 10
    return (tenths < 0 ? "-" : "") + "\(tenths.magnitude / 10)" + (rest == 0 ? "" : ".\(rest)")
  }

  static func line(_ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    "<line class=\"\(style)\" x1=\"\(number(x1))\" y1=\"\(number(y1))\" "
      + "x2=\"\(number(x2))\" y2=\"\(number(y2))\"/>"
  }

  static func rectangle(_ style: String, x: Double, y: Double, width: Double, height: Double) -> String {
    "<rect class=\"\(style)\" x=\"\(number(x))\" y=\"\(number(y))\" "
      + "width=\"\(number(width))\" height=\"\(number(height))\"/>"
  }

  enum Anchor: String {
    case start, middle, end
  }

  /// - Parameter style: a class of ``ChartStyle``; empty for plain ink.
  static func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, style: String = ""
  ) -> String {
    let side = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    return "<text\(style.isEmpty ? "" : " class=\"\(style)\"") x=\"\(number(x))\" y=\"\(number(y))\"\(side)>"
      + "\(Inert.html(Inert.terminal(text)))</text>"
  }

  /// On one line, at most `columns` letters, and made safe.
  static func safe(_ text: String, columns: Int) -> String {
    Inert.html(Inert.terminal(fitted(text, columns: columns)))
  }

  /// Roughly: letters of East Asia and pictures are wide; signs like `…` and `≥` are not.
  private static func columnsOf(_ character: Character) -> Int {
    let value = character.unicodeScalars.first?.value ?? 0
    return (0x1100..<0x1200).contains(value) || value >= 0x2E80 ? 2 : 1
  }

  /// Rows of at most `columns` letters, broken at blanks where it can be; what would fill more than `most` rows
  /// loses its middle.
  static func rows(_ text: String, columns: Int, most: Int) -> [String] {
    var rows: [String] = []
    var row: [Character] = []
    var used = 0
    for character in fitted(text, columns: columns * most) {
      if used + columnsOf(character) > columns {
        // A blank near the beginning would leave a row that is all but empty.
        let blank = row.lastIndex(of: " ").flatMap { $0 * 2 < row.count ? nil : $0 }
        let end = character == " " ? row.count : blank ?? row.count
        rows.append(String(row[..<end]))
        row = Array(row[end...].drop { $0 == " " })
        used = row.reduce(0) { $0 + columnsOf($1) }
      }
      if character == " ", row.isEmpty { continue }
      row.append(character)
      used += columnsOf(character)
    }
    return row.isEmpty && !rows.isEmpty ? rows : rows + [String(row)]
  }

  /// At most `columns` letters, of which wide ones are two; the middle goes, for names differ at both ends.
  static func fitted(_ text: String, columns: Int) -> String {
    func taken(_ characters: some Sequence<Character>, _ room: Int) -> [Character] {
      var room = room
      return characters.prefix {
        room -= columnsOf($0)
        return room >= 0
      }
    }
    // What is longer is cut anyway, and counting a megabyte of letters takes its time.
    let near = text.utf8.count > columns * 8 ? nil : Array(text)
    if let near, near.reduce(0, { $0 + columnsOf($1) }) <= columns { return text }
    let head = taken(text, columns / 2)
    let tail = taken(text.lazy.reversed(), columns - columns / 2 - 1).reversed()
    return String(head) + "…" + String(tail)
  }
}
