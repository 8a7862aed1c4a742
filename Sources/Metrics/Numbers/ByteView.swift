/// Bytes that somebody else keeps alive, read by index: the only place where pages are read through a pointer.
///
/// Every read is bounded. What lies outside reads as a newline, so that a scanner stops at the end of a page
/// as it stops at the end of a line.
struct ByteView {
  let base: UnsafeRawPointer
  let count: Int

  static let newline = UInt8(ascii: "\n")
  private static let newlines: UInt64 = 0x0a0a_0a0a_0a0a_0a0a

  /// The bytes of a buffer, which must outlive the view.
  init?(_ buffer: UnsafeRawBufferPointer) {
    guard let base = buffer.baseAddress else { return nil }
    self.base = base
    count = buffer.count
  }

  @inline(__always) subscript(index: Int) -> UInt8 {
    UInt(bitPattern: index) < UInt(bitPattern: count)
      ? base.load(fromByteOffset: index, as: UInt8.self) : Self.newline
  }

  /// Eight bytes from `index`, the first one lowest.
  @inline(__always) func word(at index: Int) -> UInt64 {
    if index >= 0, index <= count &- 8 {
      return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }
    return lastWord(at: index)
  }

  @inline(never) private func lastWord(at index: Int) -> UInt64 {
    var word: UInt64 = 0
    for offset in 0..<8 { word |= UInt64(self[index &+ offset]) << UInt64(8 &* offset) }
    return word
  }

  /// Up to 16 bytes as two words, zeros behind them.
  @inline(__always) func words(at index: Int, count: Int) -> (UInt64, UInt64) {
    if count > 8 { return (word(at: index), word(at: index &+ 8) & Self.mask(count &- 8)) }
    return (word(at: index) & Self.mask(count), 0)
  }

  @inline(__always) private static func mask(_ bytes: Int) -> UInt64 {
    bytes >= 8 ? .max : (1 << UInt64(truncatingIfNeeded: bytes &* 8)) &- 1
  }

  /// Whether `length` bytes from `index` are those of `other` from `start`; false where either ends before.
  @inline(__always) func equals(at index: Int, _ other: ByteView, at start: Int, length: Int) -> Bool {
    guard length >= 0, index >= 0, start >= 0, length <= count &- index, length <= other.count &- start else {
      return false
    }
    let a = base + index
    let b = other.base + start
    if length < 16 {
      let (a0, a1) = words(at: index, count: length)
      let (b0, b1) = other.words(at: start, count: length)
      return (a0 ^ b0) | (a1 ^ b1) == 0
    }
    // The last sixteen bytes may overlap those before.
    let last = length &- 16
    var offset = 0
    var difference = Self.difference(a + last, b + last)
    while offset < last {
      difference |= Self.difference(a + offset, b + offset)
      offset &+= 16
    }
    let halves = unsafeBitCast(difference, to: SIMD2<UInt64>.self)
    return halves.x | halves.y == 0
  }

  @inline(__always) private static func difference(
    _ a: UnsafeRawPointer, _ b: UnsafeRawPointer
  ) -> SIMD16<UInt8> {
    a.loadUnaligned(as: SIMD16<UInt8>.self) ^ b.loadUnaligned(as: SIMD16<UInt8>.self)
  }

  /// How many bytes from `a` are those from `b`, at most up to the end.
  @inline(__always) func commonPrefix(_ a: Int, _ b: Int) -> Int {
    guard a >= 0, b >= 0, max(a, b) < count else { return 0 }
    // What lies beyond the second place is no prefix of the first: without this bound a page of equal lines would be
    // compared to its end for each of them.
    let most = min(count &- max(a, b), abs(a &- b))
    let (first, second) = (base + a, base + b)
    var length = 0
    while length <= most &- 8 {
      let difference =
        UInt64(littleEndian: (first + length).loadUnaligned(as: UInt64.self))
        ^ UInt64(littleEndian: (second + length).loadUnaligned(as: UInt64.self))
      if difference != 0 { return length &+ difference.trailingZeroBitCount >> 3 }
      length &+= 8
    }
    while length < most, self[a &+ length] == self[b &+ length] { length &+= 1 }
    return length
  }

  /// The first newline from `index`, or the end.
  @inline(__always) func lineEnd(from index: Int) -> Int {
    var index = index
    while index < count {
      let found = Self.zeros(word(at: index) ^ Self.newlines)
      if found != 0 { return min(count, index &+ found.trailingZeroBitCount >> 3) }
      index &+= 8
    }
    return count
  }

  /// The first quote, backslash, newline or byte beyond ASCII from `index`, or the end.
  @inline(__always) func quotedStop(from index: Int) -> Int {
    var index = index
    while index < count {
      let word = word(at: index)
      let found =
        Self.zeros(word ^ 0x2222_2222_2222_2222) | Self.zeros(word ^ 0x5c5c_5c5c_5c5c_5c5c)
        | Self.zeros(word ^ Self.newlines) | (word & 0x8080_8080_8080_8080)
      if found != 0 { return min(count, index &+ found.trailingZeroBitCount >> 3) }
      index &+= 8
    }
    return count
  }

  /// The top bit of the lowest byte that is zero, and perhaps of some above it (Hacker's Delight, 6-1).
  @inline(__always) private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// A copy of a part, cut off at the end.
  func bytes(_ start: Int, _ length: Int) -> UnsafeRawBufferPointer {
    let start = max(0, min(start, count))
    return UnsafeRawBufferPointer(start: base + start, count: max(0, min(length, count &- start)))
  }

  func text(_ start: Int, _ length: Int) -> String { String(decoding: bytes(start, length), as: UTF8.self) }

  /// How many newlines stand in a part.
  func newlines(from start: Int = 0, to end: Int) -> Int {
    bytes(start, end &- start).reduce(0) { $1 == Self.newline ? $0 &+ 1 : $0 }
  }
}
