/// What a screen shows: a grid of cells and a cursor. A plain value; drawing outside of it does nothing.
///
/// Invariant: a cell of width 2 is followed, on its line, by one of width 0, and no other has width 0.
package struct Frame: Hashable, Sendable {
  package let size: Size
  /// Line by line, `size.width × size.height` of them.
  package internal(set) var cells: [Cell]
  /// Where the terminal's cursor is shown; hidden when nil.
  package var cursor: Point?

  /// A blank frame; sides above ``maximumSide`` are cut to it.
  package init(_ size: Size) {
    self.size = Size(width: min(size.width, Self.maximumSide), height: min(size.height, Self.maximumSide))
    cells = Array(repeating: .blank, count: self.size.width * self.size.height)
  }

  /// No terminal is larger; a wrong size reported by one must not cost the memory of a million lines.
  static let maximumSide = 1000

  package init(width: Int, height: Int) {
    self.init(Size(width: width, height: height))
  }

  package var bounds: Rect { Rect(size) }

  /// The cell at a place; blank outside.
  package func cell(at point: Point) -> Cell {
    index(of: point).map { cells[$0] } ?? .blank
  }

  func index(of point: Point) -> Int? {
    guard point.x >= 0, point.x < size.width, point.y >= 0, point.y < size.height else { return nil }
    return point.y * size.width + point.x
  }

  /// Sets a cell of width 1 or 2 and keeps the invariant: a wide character that loses one half becomes a
  /// blank in the other. Does nothing when it does not fit.
  mutating func set(_ cell: Cell, at point: Point) {
    guard let first = index(of: point), point.x + cell.width <= size.width, cell.width > 0 else { return }
    for offset in 0..<cell.width { release(Point(x: point.x + offset, y: point.y)) }
    cells[first] = cell
    if cell.width == 2 { cells[first + 1] = Cell("", width: 0, style: cell.style) }
  }

  /// Blanks the other half of the wide character of which this cell is one half.
  private mutating func release(_ point: Point) {
    guard let here = index(of: point) else { return }
    switch cells[here].width {
    case 2: cells[here + 1] = Cell(" ", style: cells[here + 1].style)
    case 0: cells[here - 1] = Cell(" ", style: cells[here - 1].style)
    default: break
    }
  }
}
