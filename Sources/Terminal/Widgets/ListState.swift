/// Which row of a list is selected and which rows are in sight. The selection is an identity: when rows
/// come, go or move, the same thing stays selected, and stays on its line of the screen.
package struct ListState<ID: Hashable & Sendable>: Hashable, Sendable {
  /// Nil only while the list is empty.
  package private(set) var selected: ID?
  package private(set) var marked: Set<ID> = []
  /// The first row in sight.
  package private(set) var offset = 0
  private var index = 0
  private var isTouched = false
  private let followsEnd: Bool

  /// - Parameter followsEnd: while the last row is selected, a new last row is selected instead (newest last).
  package init(followsEnd: Bool = false) {
    self.followsEnd = followsEnd
  }

  /// Takes the rows as they are now. When the selected one is gone, the one in its place is selected.
  /// Until somebody moved, the beginning of the list stays in sight (the end, when it follows the end).
  ///
  /// - Parameter keepsMarks: rows are only part of the list, so a mark outlives its row.
  package mutating func update(_ rows: [ID], height: Int, keepsMarks: Bool = false) {
    if !keepsMarks { marked.formIntersection(rows) }
    guard !rows.isEmpty else {
      (selected, offset, index) = (nil, 0, 0)
      return
    }
    let line = index.subtractingSaturating(offset)
    let found = selected.flatMap { rows.firstIndex(of: $0) }
    let wasLast = followsEnd && !isHeld && (!isTouched || isAtEnd)
    index = wasLast ? rows.count - 1 : found ?? min(max(0, selected == nil ? 0 : index), rows.count - 1)
    selected = rows[index]
    isAtEnd = index == rows.count - 1
    if isTouched || followsEnd { offset = index - line }
    clamp(count: rows.count, height: height)
  }

  private var isAtEnd = false
  /// Until somebody moves, the selected row stays selected.
  private var isHeld = false

  /// Selects a row, if the list has it.
  package mutating func select(_ id: ID, in rows: [ID], height: Int) {
    guard let place = rows.firstIndex(of: id) else { return }
    move(to: place, in: rows, height: height)
  }

  /// Handles the keys that every list knows: arrows, `j k g G`, PgUp, PgDn, Home, End, Ctrl-D, Ctrl-U.
  ///
  /// - Returns: whether the key was one of them.
  package mutating func handle(_ key: Key, rows: [ID], height: Int) -> Bool {
    let page = max(1, height - 1)
    switch key {
    case .down, .character("j"): move(to: index.addingSaturating(1), in: rows, height: height)
    case .up, .character("k"): move(to: index.subtractingSaturating(1), in: rows, height: height)
    case .home, .character("g"): move(to: 0, in: rows, height: height)
    case .end, .character("G"): move(to: .max, in: rows, height: height)
    case .pageDown: move(to: index.addingSaturating(page), in: rows, height: height)
    case .pageUp: move(to: index.subtractingSaturating(page), in: rows, height: height)
    case .ctrl("d"): move(to: index.addingSaturating(max(1, height / 2)), in: rows, height: height)
    case .ctrl("u"): move(to: index.subtractingSaturating(max(1, height / 2)), in: rows, height: height)
    default: return false
    }
    return true
  }

  /// The selected row stays selected, even where it is the last one and the list follows its end.
  package mutating func hold() {
    isHeld = true
  }

  /// Brings the beginning into sight, wherever the selection is: for a list that nobody works on.
  package mutating func showBeginning() {
    offset = 0
  }

  /// Marks the selected row, or takes its mark away.
  package mutating func toggleMark() {
    guard let selected else { return }
    if marked.remove(selected) == nil { marked.insert(selected) }
  }

  package mutating func clearMarks() { marked = [] }

  /// The rows in sight of a list of `count`.
  package func visible(count: Int, height: Int) -> Range<Int> {
    let start = min(max(0, offset), max(0, count))
    return start..<min(max(0, count), start.addingSaturating(max(0, height)))
  }

  private mutating func move(to place: Int, in rows: [ID], height: Int) {
    guard !rows.isEmpty else { return }
    (isTouched, isHeld) = (true, false)
    index = min(max(0, place), rows.count - 1)
    selected = rows[index]
    isAtEnd = index == rows.count - 1
    clamp(count: rows.count, height: height)
  }

  /// Scrolls no further than needed to see the selected row, and never past the end.
  private mutating func clamp(count: Int, height: Int) {
    let height = max(1, height)
    offset = max(offset, index - height + 1)
    offset = min(offset, index, max(0, count - height))
    offset = max(0, offset)
  }
}
