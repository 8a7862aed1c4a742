extension Frame {
  /// Writes one line of text, made inert, from `point` to the right; what lies outside the frame, beyond
  /// `maxWidth` columns or outside `clip` is left away without a mark.
  ///
  /// - Returns: the column after what was asked for, whether or not it fitted.
  @discardableResult
  package mutating func put(
    _ text: String, at point: Point, style: Style = .text, maxWidth: Int = .max, clip: Rect? = nil
  ) -> Int {
    let visible = (clip ?? bounds).intersection(bounds)
    let end = point.x.addingSaturating(max(0, maxWidth))
    var x = point.x
    for glyph in text.glyphs {
      let next = x.addingSaturating(glyph.width)
      guard next <= end else { break }
      if x >= visible.x, next <= visible.right, point.y >= visible.y, point.y < visible.bottom {
        set(Cell(glyph.text, width: glyph.width, style: style), at: Point(x: x, y: point.y))
      }
      x = next
    }
    return x
  }

  /// Writes pieces one after the other, each in its style.
  @discardableResult
  package mutating func put(
    _ spans: [(String, Style)], at point: Point, maxWidth: Int = .max, clip: Rect? = nil
  ) -> Int {
    let end = point.x.addingSaturating(max(0, maxWidth))
    var x = point.x
    for (text, style) in spans where x < end {
      let room = end.subtractingSaturating(x)
      let next = put(text, at: Point(x: x, y: point.y), style: style, maxWidth: room, clip: clip)
      if next.subtractingSaturating(x) < text.displayWidth { return next }
      x = next
    }
    return x
  }

  /// Writes text that ends just before the column `right`; the end of a number is never cut, so when there
  /// are more columns than `maxWidth` the beginning goes, marked `…`.
  package mutating func putRight(
    _ text: String, right: Int, y: Int, style: Style = .text, maxWidth: Int = .max
  ) {
    let shown = text.truncatedStart(to: maxWidth)
    put(shown, at: Point(x: right.subtractingSaturating(shown.displayWidth), y: y), style: style)
  }

  /// Fills a rectangle with one character of one column, a blank if nothing else is said.
  package mutating func fill(_ rect: Rect, with character: Character = " ", style: Style = .text) {
    let visible = rect.intersection(bounds)
    guard !visible.isEmpty else { return }
    let text = String(character).displayWidth == 1 ? String(character) : " "
    for y in visible.y..<visible.bottom {
      for x in visible.x..<visible.right { set(Cell(text, style: style), at: Point(x: x, y: y)) }
    }
  }

  /// Gives every cell of a rectangle another background and leaves the rest: the selected row.
  package mutating func highlight(_ rect: Rect, background: Slot = .selection) {
    let visible = rect.intersection(bounds)
    guard !visible.isEmpty else { return }
    for y in visible.y..<visible.bottom {
      for x in visible.x..<visible.right {
        if let index = index(of: Point(x: x, y: y)) { cells[index].style.background = background }
      }
    }
  }

  /// Copies another frame with its top left at `point`, its cursor too.
  package mutating func draw(_ other: Frame, at point: Point) {
    for y in 0..<other.size.height {
      for x in 0..<other.size.width {
        let cell = other.cell(at: Point(x: x, y: y))
        guard cell.width > 0 else { continue }
        set(cell, at: Point(x: point.x.addingSaturating(x), y: point.y.addingSaturating(y)))
      }
    }
    if let inner = other.cursor {
      cursor = Point(x: point.x.addingSaturating(inner.x), y: point.y.addingSaturating(inner.y))
    }
  }
}
