extension Frame {
  /// The lines as text, blanks at their ends removed: what golden tests compare.
  package var text: String { textLines.joined(separator: "\n") }

  /// ``text``, line by line; as many as the frame has.
  package var textLines: [String] { rows { $0.grapheme } }

  /// A text of the frame's shape with one letter for each cell's style, blank for plain text, and a line
  /// for each style that is more than a slot: `α = page, bold, on selection`.
  package var styleMap: String {
    var legend: [(style: Style, letter: String)] = []
    let lines = rows { cell in
      if cell.width == 0 { return "" }
      let letter = Self.letter(of: cell.style, legend: &legend)
      return cell.width == 2 ? letter + letter : letter
    }
    return (lines + legend.map { "\($0.letter) = \($0.style)" }).joined(separator: "\n")
  }

  private func rows(_ letter: (Cell) -> String) -> [String] {
    (0..<size.height).map { y in
      var line = ""
      for x in 0..<size.width { line += letter(cell(at: Point(x: x, y: y))) }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static let greek = Array("αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ").map(String.init)

  private static func letter(of style: Style, legend: inout [(style: Style, letter: String)]) -> String {
    if style == Style(style.slot) { return letters[style.slot] ?? "¿" }
    if let known = legend.first(where: { $0.style == style }) { return known.letter }
    let letter = legend.count < greek.count ? greek[legend.count] : "¿"
    legend.append((style, letter))
    return letter
  }

  /// The letter of each slot in ``styleMap``.
  package static let letters: [Slot: String] = [
    .text: " ", .dim: "d", .strong: "s", .rule: "r", .selection: "S", .key: "k", .match: "m", .input: "i",
    .page: "P", .warn: "W", .info: "I", .pending: "p", .up: "u", .down: "D", .unknown: "?",
    .maintenance: "M", .done: "o", .due: "e", .overdue: "O", .public: "B", .internal: "n", .added: "+",
    .removed: "-", .threshold: "t", .chart0: "0", .chart1: "1", .chart2: "2", .chart3: "3", .chart4: "4",
    .chart5: "5",
  ]
}

extension Style: CustomStringConvertible {
  /// `page, bold, on selection`.
  package var description: String {
    var words = [slot.name]
    if bold { words.append("bold") }
    if underline { words.append("underline") }
    if reverse { words.append("reverse") }
    if let background { words.append("on \(background.name)") }
    return words.joined(separator: ", ")
  }
}
