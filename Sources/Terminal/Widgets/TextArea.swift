/// Several lines that are being written, wrapped to the width they are shown in.
package struct TextArea: Hashable, Sendable {
  /// Characters by line; never empty.
  private(set) var lines: [[Character]] = [[]]
  /// Where the cursor stands: a line, and characters before it on that line.
  package private(set) var line = 0
  package private(set) var column = 0
  /// The first wrapped row in sight.
  private(set) var top = 0
  /// The screen column that Up and Down aim at, while they are pressed in a row.
  private var goal: Int?

  /// The cursor begins at the start of the text.
  package init(_ text: String = "") {
    lines = Self.split(text)
  }

  /// The whole text, lines joined by LF. Setting it keeps the cursor's line and column where they exist.
  package var text: String {
    get { lines.map { String($0) }.joined(separator: "\n") }
    set {
      lines = Self.split(newValue)
      line = min(line, lines.count - 1)
      column = min(column, lines[line].count)
    }
  }

  /// Takes characters, pastes, Enter and the editing keys; `size` is that of the rectangle it is drawn in.
  ///
  /// - Returns: whether the key was one of them; Tab, Esc and function keys never are.
  package mutating func handle(_ key: Key, size: Size) -> Bool {
    let goal = self.goal
    self.goal = nil
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let text): insert(text)
    case .enter: insert("\n")
    case .left, .ctrl("b"): moveLeft()
    case .right, .ctrl("f"): moveRight()
    case .up: moveRows(-1, goal: goal, width: size.width)
    case .down: moveRows(1, goal: goal, width: size.width)
    case .pageUp: moveRows(-max(1, size.height - 1), goal: goal, width: size.width)
    case .pageDown: moveRows(max(1, size.height - 1), goal: goal, width: size.width)
    case .home, .ctrl("a"): column = 0
    case .end, .ctrl("e"): column = lines[line].count
    case .backspace, .ctrl("h"):
      if line > 0 || column > 0 {
        moveLeft()
        deleteForward()
      }
    case .delete, .ctrl("d"): deleteForward()
    case .ctrl("u"): remove(0..<column)
    case .ctrl("k"):
      if column == lines[line].count { deleteForward() } else { remove(column..<lines[line].count) }
    case .ctrl("w"): deleteWord()
    default:
      self.goal = goal
      return false
    }
    scroll(size)
    return true
  }

  /// Draws the rows in sight, and the cursor. Every occurrence of an emphasised text gets its style.
  package func draw(
    in frame: inout Frame, _ rect: Rect, style: Style = .text, emphasis: [(text: String, style: Style)] = [],
    isFocused: Bool = true
  ) {
    let visible = rect.intersection(frame.bounds)
    guard !rect.isEmpty, !visible.isEmpty else { return }
    let rows = rows(width: rect.width)
    let here = cursorRow(in: rows)
    // The size may have changed since the last key.
    let first = Self.first(top, showing: here, of: rows.count, height: rect.height)
    let styled = lines.map { Self.spans(of: $0, style: style, emphasis: emphasis) }
    for (offset, row) in rows.dropFirst(first).prefix(rect.height).enumerated() {
      let spans = zip(lines[row.line][row.range], styled[row.line][row.range])
        .map { (String($0), $1) }.joinedByStyle
      frame.put(spans, at: Point(x: rect.x, y: rect.y.addingSaturating(offset)), clip: rect)
    }
    if isFocused, here < rows.count {
      let x = min(rect.width - 1, screenColumn(in: rows[here]))
      frame.cursor = Point(x: rect.x.addingSaturating(x), y: rect.y.addingSaturating(here - first))
    }
  }

  private static func spans(
    of line: [Character], style: Style, emphasis: [(text: String, style: Style)]
  ) -> [Style] {
    var styles = Array(repeating: style, count: line.count)
    for (text, style) in emphasis {
      let wanted = Array(text)
      guard !wanted.isEmpty, wanted.count <= line.count else { continue }
      for start in 0...(line.count - wanted.count)
      where line[start..<(start + wanted.count)].elementsEqual(wanted) {
        for index in start..<(start + wanted.count) { styles[index] = style }
      }
    }
    return styles
  }

  private static func split(_ text: String) -> [[Character]] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      line.compactMap { character in
        if character == "\t" { return " " }
        return character.unicodeScalars.contains { $0.properties.generalCategory == .control }
          ? nil : character
      }
    }
  }
}

// MARK: - Editing

extension TextArea {
  private mutating func insert(_ text: String) {
    var added = Self.split(text)
    let end = added.count - 1
    let tail = lines[line][column...]
    added[0] = lines[line][..<column] + added[0]
    column = added[end].count
    added[end] += tail
    lines.replaceSubrange(line...line, with: added)
    line += end
    (lines[line], column) = lines[line].rejoined(cursor: column)
    let first = line - end
    if end > 0 { lines[first] = lines[first].rejoined(cursor: 0).characters }
  }

  private mutating func deleteForward() {
    if column < lines[line].count {
      remove(column..<(column + 1))
    } else if line + 1 < lines.count {
      lines[line] += lines.remove(at: line + 1)
      remove(column..<column)
    }
  }

  private mutating func deleteWord() {
    var start = column
    while start > 0, lines[line][start - 1].isWhitespace { start -= 1 }
    while start > 0, !lines[line][start - 1].isWhitespace { start -= 1 }
    remove(start..<column)
  }

  /// Removes characters of the cursor's line and leaves the cursor where they were.
  private mutating func remove(_ range: Range<Int>) {
    lines[line].removeSubrange(range)
    (lines[line], column) = lines[line].rejoined(cursor: range.lowerBound)
  }

  private mutating func moveLeft() {
    if column > 0 {
      column -= 1
    } else if line > 0 {
      line -= 1
      column = lines[line].count
    }
  }

  private mutating func moveRight() {
    if column < lines[line].count {
      column += 1
    } else if line + 1 < lines.count {
      line += 1
      column = 0
    }
  }

  private mutating func moveRows(_ count: Int, goal: Int?, width: Int) {
    let rows = rows(width: width)
    let here = cursorRow(in: rows)
    let wanted = goal ?? screenColumn(in: rows[here])
    let row = rows[min(max(0, here + count), rows.count - 1)]
    line = row.line
    column = row.range.lowerBound
    var x = 0
    while column < row.last {
      x += String(lines[line][column]).displayWidth
      if x > wanted { break }
      column += 1
    }
    self.goal = wanted
  }

  private mutating func scroll(_ size: Size) {
    let rows = rows(width: size.width)
    top = Self.first(top, showing: cursorRow(in: rows), of: rows.count, height: max(1, size.height))
  }

  /// The first row in sight: as it was, but for what the cursor needs, and no blank rows below while some are above.
  private static func first(_ top: Int, showing here: Int, of count: Int, height: Int) -> Int {
    min(max(top, here - height + 1), here, max(0, count - height))
  }
}

// MARK: - Wrapping

extension TextArea {
  /// A row as drawn: a line's characters. `last` is the last cursor place that belongs to it.
  struct Row: Hashable {
    let line: Int
    let range: Range<Int>
    let isLineEnd: Bool

    var last: Int { isLineEnd ? range.upperBound : max(range.lowerBound, range.upperBound - 1) }
  }

  /// All rows at a width. Blanks at a break stay on the row before it, past its edge where need be, so that
  /// every character belongs to one row. O(characters).
  func rows(width: Int) -> [Row] {
    let width = max(1, width)
    var rows: [Row] = []
    for (number, characters) in lines.enumerated() {
      var start = 0
      var used = 0
      var afterBlank: Int?
      var index = 0
      while index < characters.count {
        let isBlank = characters[index] == " "
        let columns = String(characters[index]).displayWidth
        if used + columns > width, !isBlank, index > start {
          let stop = afterBlank ?? index
          rows.append(Row(line: number, range: start..<stop, isLineEnd: false))
          start = stop
          used = 0
          afterBlank = nil
          index = stop
          continue
        }
        used += columns
        index += 1
        if isBlank { afterBlank = index }
      }
      rows.append(Row(line: number, range: start..<characters.count, isLineEnd: true))
    }
    return rows
  }

  private func cursorRow(in rows: [Row]) -> Int {
    rows.firstIndex { $0.line == line && column >= $0.range.lowerBound && column <= $0.last } ?? 0
  }

  private func screenColumn(in row: Row) -> Int {
    let end = min(max(column, row.range.lowerBound), row.range.upperBound)
    return String(lines[row.line][row.range.lowerBound..<end]).displayWidth
  }
}
