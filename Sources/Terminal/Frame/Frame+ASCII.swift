extension Frame {
  /// The same frame with every sign, rule and graph character in its ASCII form, one column for one.
  /// Letters of other scripts stay: they are content.
  package func asciiSigns() -> Frame {
    var frame = self
    for index in frame.cells.indices {
      let grapheme = frame.cells[index].grapheme
      if grapheme.utf8.count > 1, let form = Self.asciiForm(of: grapheme) {
        frame.cells[index].grapheme = form
        frame.finishComparison(grapheme, at: index)
      }
    }
    return frame
  }

  /// `≥ ` becomes `>=`: the blank behind gives its place, since `>` alone says something else.
  private mutating func finishComparison(_ grapheme: String, at index: Int) {
    guard "≥≤≠".contains(grapheme), (index + 1) % max(1, size.width) != 0, cells.indices.contains(index + 1),
      cells[index + 1].grapheme == " "
    else { return }
    cells[index + 1].grapheme = "="
  }

  /// The same frame with nothing but ASCII, for a terminal of another character set: what has no form is `?`.
  package func asciiOnly() -> Frame {
    var frame = asciiSigns()
    for index in frame.cells.indices where !frame.cells[index].grapheme.utf8.allSatisfy({ $0 < 0x80 }) {
      let width = frame.cells[index].width
      frame.cells[index].grapheme = "?"
      guard width == 2 else { continue }
      frame.cells[index].width = 1
      frame.cells[index + 1] = Cell(" ", style: frame.cells[index].style)
    }
    return frame
  }

  private static func asciiForm(of grapheme: String) -> String? {
    if let form = asciiForms[grapheme] { return form }
    guard let scalar = grapheme.unicodeScalars.first else { return nil }
    switch scalar.value {
    case 0x2800: return " "
    case 0x2801...0x28FF: return "*"
    case 0x2500...0x257F: return "+"
    default: return nil
    }
  }

  /// One column each.
  static let asciiForms: [String: String] = [
    "●": "*", "▲": "!", "◌": "o", "✓": "+", "✔": "+", "✖": "x", "‖": "=", "…": ".",
    "▌": ">", "▸": ">", "☐": "_", "☑": "+", "◇": "o", "★": "*", "✎": "\"", "»": ">", "⛓": "#", "⏎": "/",
    "─": "-", "╌": "-", "━": "-", "│": "|", "┊": ":", "┤": "|", "├": "|", "└": "+", "┘": "+", "┌": "+",
    "┐": "+", "▏": "|", "▕": "|",
    "▁": "_", "▂": ".", "▃": ":", "▄": "-", "▅": "=", "▆": "+", "▇": "*", "█": "#",
    "▀": "\"", "▐": "#", "▖": ".", "▗": ".", "▘": "'", "▝": "'", "▙": "#", "▛": "#", "▜": "#", "▟": "#",
    "▚": "%", "▞": "%",
    "·": ".", "–": "-", "—": "-", "−": "-", "×": "x", "≥": ">", "≤": "<", "≠": "!", "≈": "~", "→": ">",
    "←": "<", "↑": "^", "↓": "v", "↳": ">", "“": "\"", "”": "\"", "‘": "'", "’": "'", "§": "$", "°": "o",
    "µ": "u",
    "•": "*", "␛": "?", "\u{FFFD}": "?",
  ]
}
