import Terminal
import Values

/// Rows of text in aligned columns, for terminals and pipes; every cell is inert.
enum Columns {
  /// No column is made wider than this: one note of ten kilobytes must not push the others off the screen.
  private static let widest = 80

  static func text(_ rows: [[String]]) -> String {
    let cells = rows.map { $0.map { Inert.terminal($0) } }
    let count = cells.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      min(widest, cells.map { $0.indices.contains(column) ? $0[column].displayWidth : 0 }.max() ?? 0)
    }
    return cells.map { row in
      zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: max(0, width - cell.displayWidth))
      }.joined(separator: "  ").trimmingEnd
    }.joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
