/// Lines in blocks of bounded size: a copy shares all blocks but the one that grows.
struct LineBlocks: Equatable, Sendable {
  private struct Block: Equatable {
    /// The number of its first line.
    let start: Int
    var lines: [CommandOutput.Line] = []
    var size = 0
  }

  private static let blockLines = 512
  private static let blockSize = 64 << 10
  /// Memory of a line besides its text.
  private static let overhead = 32

  private var blocks: [Block] = []
  /// Lines that were given up at the beginning.
  private(set) var dropped = 0
  /// Bytes of memory, about.
  private(set) var size = 0
  private var end = 0

  var count: Int { end - dropped }

  static func size(of line: CommandOutput.Line) -> Int { line.text.utf8.count + overhead }

  mutating func append(_ line: CommandOutput.Line) {
    let added = Self.size(of: line)
    let isFull = blocks.last.map { $0.lines.count >= Self.blockLines || $0.size + added > Self.blockSize }
    if isFull ?? true { blocks.append(Block(start: end)) }
    let last = blocks.count - 1
    blocks[last].lines.append(line)
    blocks[last].size += added
    size += added
    end += 1
  }

  /// Gives up the oldest block. Returns how many lines that were.
  mutating func dropFirst() -> Int {
    guard let first = blocks.first else { return 0 }
    blocks.removeFirst()
    size -= first.size
    dropped += first.lines.count
    return first.lines.count
  }

  /// The line at a place among those that are left. O(log n).
  subscript(_ place: Int) -> CommandOutput.Line? {
    guard place >= 0, place < count else { return nil }
    let number = place + dropped
    var (low, high) = (0, blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].start <= number { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let block = blocks[low - 1]
    let offset = number - block.start
    return block.lines.indices.contains(offset) ? block.lines[offset] : nil
  }

  func forEach(_ body: (CommandOutput.Line) -> Void) {
    for block in blocks { block.lines.forEach(body) }
  }
}
