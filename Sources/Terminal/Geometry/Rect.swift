/// A rectangle of cells. Its sides are never negative and its arithmetic saturates, so that no layout
/// can trap, whatever the terminal's size.
package struct Rect: Hashable, Sendable {
  package let x: Int
  package let y: Int
  package let width: Int
  package let height: Int

  /// Negative sides become 0.
  package init(x: Int = 0, y: Int = 0, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  package init(_ size: Size) {
    self.init(width: size.width, height: size.height)
  }

  package static let zero = Rect(width: 0, height: 0)

  package var size: Size { Size(width: width, height: height) }
  package var origin: Point { Point(x: x, y: y) }
  package var isEmpty: Bool { width == 0 || height == 0 }
  /// The first column to the right of it.
  package var right: Int { x.addingSaturating(width) }
  /// The first line below it.
  package var bottom: Int { y.addingSaturating(height) }

  package func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < right && point.y >= y && point.y < bottom
  }

  /// What both cover; of no size at its own place when they do not touch.
  package func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: min(right, other.right).subtractingSaturating(left),
      height: min(bottom, other.bottom).subtractingSaturating(top))
  }

  /// Smaller by this many columns on the left and right, and lines on the top and bottom.
  package func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
    let left = min(max(0, left), width)
    let top = min(max(0, top), height)
    return Rect(
      x: x.addingSaturating(left), y: y.addingSaturating(top),
      width: (width - left).subtractingSaturating(max(0, right)),
      height: (height - top).subtractingSaturating(max(0, bottom)))
  }

  /// The first `lines` lines and the rest; all of it and nothing when it is too small.
  package func splitTop(_ lines: Int) -> (top: Rect, rest: Rect) {
    let cut = min(max(0, lines), height)
    return (Rect(x: x, y: y, width: width, height: cut), inset(top: cut))
  }

  /// The last `lines` lines and what is above them.
  package func splitBottom(_ lines: Int) -> (rest: Rect, bottom: Rect) {
    let (rest, bottom) = splitTop(height - min(max(0, lines), height))
    return (rest, bottom)
  }

  /// The first `columns` columns and the rest.
  package func splitLeft(_ columns: Int) -> (left: Rect, rest: Rect) {
    let cut = min(max(0, columns), width)
    return (Rect(x: x, y: y, width: cut, height: height), inset(left: cut))
  }

  /// The last `columns` columns and what is left of them.
  package func splitRight(_ columns: Int) -> (rest: Rect, right: Rect) {
    let (rest, right) = splitLeft(width - min(max(0, columns), width))
    return (rest, right)
  }

  /// The line `index` of it, counted from its top; of no size when it has no such line.
  package func line(_ index: Int) -> Rect {
    guard index >= 0, index < height else { return Rect(x: x, y: bottom, width: 0, height: 0) }
    return Rect(x: x, y: y.addingSaturating(index), width: width, height: 1)
  }
}
