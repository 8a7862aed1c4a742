import Retro
import Terminal
import Values

/// Two incidents beside each other, as lines of a page.
struct ComparisonText {
  let lines: [(String, Style)]

  init(_ comparison: IncidentComparison, width: Int) {
    let table = Table(width: max(30, width))
    var lines: [(String, Style)] = [(table.row("", comparison.left, comparison.right), .strong)]
    lines += comparison.rows.map { (table.row($0.name, $0.left, $0.right), .text) }
    func part(_ title: String, _ rows: [IncidentComparison.Row]) {
      guard !rows.isEmpty else { return }
      lines += [("", .text), (title, .strong)]
      lines += rows.map { row in
        let more = row.longer.map { $0 == .zero ? "" : $0 > .zero ? "  +\($0.short)" : "  -\((-$0).short)" }
        return (table.row(row.name, row.left, row.right + (more ?? "")), .text)
      }
    }
    part("times", comparison.times)
    part("alerts that fired", comparison.alerts)
    part("steps", comparison.steps)
    self.lines = lines
  }

  private struct Table {
    let name: Int
    let cell: Int

    init(width: Int) {
      name = min(44, width * 2 / 5)
      cell = max(8, (width - name - 6) / 2)
    }

    func row(_ cells: String...) -> String {
      zip(cells, [name, cell, cell]).map { text, width in
        Inert.terminal(text).truncatedEnd(to: width).paddedRight(to: width)
      }.joined(separator: "  ")
    }
  }
}
