/// A column of a list: how wide, which side, and when it goes.
package struct Column: Hashable, Sendable {
  package enum Side: Hashable, Sendable { case left, right }

  package var title: String
  /// Columns it needs to be of use.
  package var minimum: Int
  /// Columns it would like; the widest content, when known.
  package var ideal: Int
  package var side: Side
  /// When room is short the column with the highest number goes first; 0 never goes.
  package var drop: Int

  package init(
    _ title: String, minimum: Int, ideal: Int? = nil, side: Side = .left, drop: Int = 0
  ) {
    self.title = title
    self.minimum = max(0, minimum)
    self.ideal = max(self.minimum, ideal ?? minimum)
    self.side = side
    self.drop = drop
  }

  /// Width of each column in `width` with `gap` blanks between them; nil for those that go.
  ///
  /// What is left over goes to the columns in turn, up to their ideals. O(columns²).
  package static func fit(_ columns: [Column], width: Int, gap: Int = 1) -> [Int?] {
    var kept = Array(columns.indices)
    func needed(_ indices: [Int]) -> Int {
      indices.reduce(max(0, indices.count - 1) * gap) { $0.addingSaturating(columns[$1].minimum) }
    }
    while needed(kept) > width,
      let victim = kept.filter({ columns[$0].drop > 0 }).max(by: { columns[$0].drop <= columns[$1].drop })
    {
      kept.removeAll { $0 == victim }
    }
    var widths: [Int?] = columns.map { _ in nil }
    for index in kept { widths[index] = columns[index].minimum }
    var spare = width.subtractingSaturating(needed(kept))
    for index in kept where spare > 0 {
      let extra = min(spare, columns[index].ideal - columns[index].minimum)
      widths[index] = columns[index].minimum + extra
      spare -= extra
    }
    return widths
  }
}

extension Frame {
  /// Draws one row of a table; `widths` are those of ``Column/fit(_:width:gap:)``.
  ///
  /// Right-aligned cells lose their beginning, others their middle (a cell of several pieces its end), and
  /// `…` marks it.
  package mutating func row(
    _ cells: [[(String, Style)]], columns: [Column], widths: [Int?], in line: Rect, gap: Int = 1
  ) {
    var x = line.x
    for (index, column) in columns.enumerated() {
      guard index < widths.count, let width = widths[index] else { continue }
      if index < cells.count {
        let cell = cells[index].fitted(to: width, side: column.side)
        let indent = column.side == .right ? max(0, width - cell.displayWidth) : 0
        put(cell, at: Point(x: x.addingSaturating(indent), y: line.y), maxWidth: width, clip: line)
      }
      x = x.addingSaturating(width.addingSaturating(gap))
    }
  }
}

extension [(String, Style)] {
  /// At most `width` columns, `…` where something was cut.
  package func fitted(to width: Int, side: Column.Side = .left) -> [(String, Style)] {
    guard displayWidth > width else { return self }
    if count == 1, let only = first {
      return [
        (side == .right ? only.0.truncatedStart(to: width) : only.0.truncatedMiddle(to: width), only.1)
      ]
    }
    var room = width
    var kept: [(String, Style)] = []
    for (text, style) in self where room > 0 {
      let columns = text.displayWidth
      if columns < room || (columns == room && kept.count == count - 1) {
        kept.append((text, style))
        room -= columns
      } else {
        // Something follows or is cut here, so the mark must fit too.
        kept.append(
          ((text + "…").displayWidth > room ? (text + "…").truncatedEnd(to: room) : text + "…", style))
        room = 0
      }
    }
    return kept
  }
}
