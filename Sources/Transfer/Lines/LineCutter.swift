/// Takes whole lines out of bytes, and cuts those that are too long.
struct LineCutter {
  /// Bytes of one line.
  let limit: Int
  /// Whole lines, each with its end.
  private(set) var lines: [UInt8] = []
  /// How many were cut.
  private(set) var cut = 0
  /// Whether what comes up to the next line's end belongs to a line that is done with.
  var isSkipping = false

  init(limit: Int) {
    self.limit = max(1, limit)
  }

  /// Takes all whole lines. Returns how many bytes it took: what is left is the beginning of a line.
  mutating func take(_ bytes: [UInt8]) -> Int {
    var start = 0
    while start < bytes.count {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else {
        guard !isSkipping else { return bytes.count }
        guard bytes.count - start >= limit else { return start }
        // As long as may be, and no end in sight: its beginning is the line.
        append(bytes[start...].prefix(limit))
        cut += 1
        isSkipping = true
        return bytes.count
      }
      if !isSkipping { append(bytes[start..<end]) }
      isSkipping = false
      start = end + 1
    }
    return start
  }

  /// Takes what has no end, and will have none, as a line.
  mutating func takeRest(_ bytes: [UInt8]) {
    if !isSkipping, !bytes.isEmpty { append(bytes[...]) }
    isSkipping = false
  }

  private mutating func append(_ line: ArraySlice<UInt8>) {
    var line = line
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    if line.count > limit {
      cut += 1
      line = line.prefix(limit)
    }
    lines += line
    lines.append(UInt8(ascii: "\n"))
  }
}
