/// Reads what ``BitWriter`` wrote. Nothing is read outside the bytes, whatever they hold: behind their end are zeros.
struct BitReader {
  private let base: UnsafeRawPointer?
  /// How many bytes there are.
  private let end: Int
  /// In bits.
  @usableFromInline var position: Int

  /// - Parameter start: the byte at which to begin.
  init(_ bytes: UnsafeRawBufferPointer, from start: Int = 0) {
    base = bytes.baseAddress
    end = bytes.count
    position = min(max(0, start), bytes.count) &* 8
  }

  /// The byte that is next; only after whole bytes.
  var offset: Int { min(position >> 3, end) }

  var isAtEnd: Bool { position >> 3 >= end }

  mutating func skip(bytes: Int) { position = min(position &+ max(0, bytes) &* 8, end &* 8) }

  mutating func align() { position = (position &+ 7) & ~7 }

  /// At least 57 of the bits that follow, without moving on.
  @inline(__always) func peek() -> UInt64 {
    let byte = position >> 3
    if byte &+ 8 <= end, let base {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: byte, as: UInt64.self))
      return word &>> UInt64(truncatingIfNeeded: position & 7)
    }
    return peekNearEnd()
  }

  @inline(never) private func peekNearEnd() -> UInt64 {
    guard let base else { return 0 }
    var word: UInt64 = 0
    var byte = position >> 3
    var shift: UInt64 = 0
    while byte < end, shift < 64 {
      word |= UInt64(base.load(fromByteOffset: byte, as: UInt8.self)) << shift
      byte += 1
      shift += 8
    }
    return word &>> UInt64(truncatingIfNeeded: position & 7)
  }

  /// At most 56 bits.
  @inline(__always) mutating func bits(_ count: Int) -> UInt64 {
    let value = peek() & ((1 &<< UInt64(truncatingIfNeeded: count)) &- 1)
    position &+= count
    return value
  }

  mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: bits(8)) }

  mutating func word() -> UInt64 {
    let low = bits(32)
    return low | bits(32) << 32
  }

  mutating func number() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64, !isAtEnd {
      let next = bits(8)
      value |= (next & 0x7f) << shift
      if next < 0x80 { break }
      shift += 7
    }
    return value
  }

  mutating func signed() -> Int64 { Int64(zigzag: number()) }
}
