/// A grid of dots finer than cells, for lines in charts; each cell belongs to who drew in it last.
package struct DotCanvas<Owner: Sendable>: Sendable {
  package let cellWidth: Int
  package let cellHeight: Int
  private let mode: GraphMode
  /// Dots of each cell as bits, the cell's top left first, line by line.
  private var bits: [UInt8]
  private var owners: [Owner?]

  package init(width: Int, height: Int, mode: GraphMode) {
    cellWidth = max(0, width)
    cellHeight = max(0, height)
    self.mode = mode
    bits = Array(repeating: 0, count: cellWidth * cellHeight)
    owners = Array(repeating: nil, count: cellWidth * cellHeight)
  }

  /// Dots a cell, across and down.
  private var grain: (x: Int, y: Int) {
    switch mode {
    case .braille: (2, 4)
    case .block: (2, 2)
    case .ascii: (1, 1)
    }
  }

  /// Dots across.
  package var width: Int { cellWidth * grain.x }
  /// Dots down.
  package var height: Int { cellHeight * grain.y }

  /// Nothing outside.
  package mutating func dot(x: Int, y: Int, owner: Owner) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let cell = y / grain.y * cellWidth + x / grain.x
    bits[cell] |= 1 << UInt8(y % grain.y * grain.x + x % grain.x)
    owners[cell] = owner
  }

  /// A straight line, both ends included: one dot for each step of its longer side.
  package mutating func line(fromX: Int, fromY: Int, toX: Int, toY: Int, owner: Owner) {
    let steps = max(abs(toX - fromX), abs(toY - fromY))
    guard steps > 0 else { return dot(x: fromX, y: fromY, owner: owner) }
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      dot(
        x: fromX + Int((Double(toX - fromX) * share).rounded()),
        y: fromY + Int((Double(toY - fromY) * share).rounded()), owner: owner)
    }
  }

  /// The character of a cell and whose it is; nil when it has no dot.
  package func cell(x: Int, y: Int) -> (text: String, owner: Owner)? {
    guard x >= 0, x < cellWidth, y >= 0, y < cellHeight else { return nil }
    let index = y * cellWidth + x
    guard bits[index] != 0, let owner = owners[index] else { return nil }
    switch mode {
    case .braille: return (Self.braille(bits[index]), owner)
    case .block: return (quadrants[Int(bits[index] & 15)], owner)
    case .ascii: return ("*", owner)
    }
  }

  /// Bits line by line to those of U+2800, which go down the left column first (dots 1 2 3, then 7; right 4 5 6, 8).
  private static func braille(_ bits: UInt8) -> String {
    let order: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
    var scalar: UInt32 = 0x2800
    for (index, dot) in order.enumerated() where bits & (1 << UInt8(index)) != 0 { scalar |= dot }
    return String(Unicode.Scalar(scalar) ?? " ")
  }
}

private let quadrants = [
  " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
]
