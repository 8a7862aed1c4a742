internal import Values

extension Frame {
  /// The frame as a picture (SVG 1.1) in a theme's colours, for documents. Each run of one style is placed by
  /// its column, so that a reader's font may have other widths.
  package func svg(theme: Theme, foreground: String = "#d8dee9", background: String = "#11151c") -> String {
    let (cellWidth, cellHeight, margin) = (9, 19, 12)
    let width = size.width * cellWidth + 2 * margin
    let height = size.height * cellHeight + 2 * margin
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(width) \#(height)" "#
        + #"font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="15" xml:space="preserve">"#,
      #"<rect width="\#(width)" height="\#(height)" rx="8" fill="\#(background)"/>"#,
    ]
    for y in 0..<size.height {
      for run in runs(y: y) {
        let look = theme.look(of: run.style)
        var colours = (
          look.foreground?.svg(terminal: foreground) ?? foreground,
          look.background?.svg(terminal: background) ?? background
        )
        if look.reverse { colours = (colours.1, colours.0) }
        let x = margin + run.x * cellWidth
        let top = margin + y * cellHeight
        if colours.1 != background {
          lines.append(
            #"<rect x="\#(x)" y="\#(top)" width="\#(run.width * cellWidth)" height="\#(cellHeight)" "#
              + #"fill="\#(colours.1)"/>"#)
        }
        guard run.text.contains(where: { $0 != " " }) else { continue }
        let weight = look.bold ? #" font-weight="bold""# : ""
        let line = look.underline ? #" text-decoration="underline""# : ""
        lines.append(
          #"<text x="\#(x)" y="\#(top + 14)" textLength="\#(run.width * cellWidth)" "#
            + #"fill="\#(colours.0)"\#(weight)\#(line)>\#(Inert.html(run.text))</text>"#)
      }
    }
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  private struct Run {
    var x: Int
    var width: Int
    var text: String
    let style: Style
  }

  private func runs(y: Int) -> [Run] {
    var runs: [Run] = []
    for x in 0..<size.width {
      let cell = cell(at: Point(x: x, y: y))
      guard cell.width > 0 else { continue }
      if let last = runs.last, last.style == cell.style {
        runs[runs.count - 1].text += cell.grapheme
        runs[runs.count - 1].width += cell.width
      } else {
        runs.append(Run(x: x, width: cell.width, text: cell.grapheme, style: cell.style))
      }
    }
    return runs
  }
}

extension Colour {
  /// As SVG writes it; `terminal` stands for the terminal's own.
  fileprivate func svg(terminal: String) -> String {
    switch self {
    case .terminal: return terminal
    case .rgb: return description
    case .indexed:
      let value = number(ofColours: 1 << 24)
      return Colour.rgb(
        UInt8(truncatingIfNeeded: value >> 16), UInt8(truncatingIfNeeded: value >> 8),
        UInt8(truncatingIfNeeded: value)
      ).description
    }
  }
}
