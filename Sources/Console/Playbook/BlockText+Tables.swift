import Playbooks
import Terminal

extension BlockText {
  /// Cells under their headings; what is too wide for its column goes on in it.
  mutating func add(_ table: Table) {
    let header = table.header.map(styled)
    let rows = table.rows.map { $0.map(styled) }
    let count = max(header.count, rows.map(\.count).max() ?? 0)
    guard count > 0 else { return }
    let widths = columnWidths([header] + rows, count: count)
    // Too narrow for columns: each row as its cells one below the other.
    guard let widths else {
      for row in rows {
        blank()
        for (place, cell) in row.enumerated() where !cell.isEmpty {
          let name = place < header.count ? header[place].map(\.0).joined() : ""
          add(cell, first: [(name.isEmpty ? "" : "\(name): ", .dim)])
        }
      }
      return
    }
    addRow(header.map { $0.map { ($0.0, Style.strong) } }, widths)
    append([(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "), .rule)])
    for row in rows { addRow(row, widths) }
  }

  private mutating func addRow(_ cells: [Spans], _ widths: [Int]) {
    let wrapped = widths.indices.map { place in
      place < cells.count ? cells[place].wrapped(to: widths[place]) : [[]]
    }
    for line in 0..<(wrapped.map(\.count).max() ?? 0) {
      var spans: Spans = []
      for (place, width) in widths.enumerated() {
        let cell = line < wrapped[place].count ? wrapped[place][line] : []
        spans += cell
        guard place + 1 < widths.count else { break }
        spans.append((String(repeating: " ", count: max(0, width - cell.displayWidth) + 2), .text))
      }
      append(spans)
    }
  }

  /// As wide as their content while there is room, else the widest give way; nil when that leaves too little.
  private func columnWidths(_ rows: [[Spans]], count: Int) -> [Int]? {
    var widths = (0..<count).map { place in
      rows.map { place < $0.count ? $0[place].displayWidth : 0 }.max() ?? 0
    }
    var spare = room - (count - 1) * 2 - widths.reduce(0, +)
    while spare < 0, let widest = widths.max(), widest > 6, let place = widths.firstIndex(of: widest) {
      widths[place] -= 1
      spare += 1
    }
    return spare < 0 ? nil : widths
  }
}
