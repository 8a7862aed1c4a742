/// A code for numbers that are mostly small: three lengths, chosen for the numbers at hand.
///
/// `0` and `small` bits, `10` and `middle` bits, `11` and `large` bits; when all are zero nothing is written at all.
/// The idea is Gorilla's for timestamps (Pelkonen et al., Gorilla: A Fast, Scalable, In-Memory Time Series Database,
/// VLDB 2015, section 4.1.1), which has fixed lengths; here a chunk has its own.
struct ResidualCode {
  private(set) var small = 0
  private(set) var middle = 0
  private(set) var large = 0
  /// What the numbers take with this code, its own description included.
  private(set) var bitCount = 8

  /// The best code for these numbers.
  init(for numbers: UnsafeBufferPointer<UInt64>) {
    // How many numbers have exactly so many bits, and from there on how many have at most so many.
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 65) { counts in
      counts.initialize(repeating: 0)
      for number in numbers { counts[64 &- number.leadingZeroBitCount] &+= 1 }
      large = 64
      while large > 0, counts[large] == 0 { large -= 1 }
      guard large > 0 else { return }
      for length in 1...64 { counts[length] &+= counts[length &- 1] }
      bitCount = .max
      for small in 0...large {
        let smallBits = counts[small] &* (1 &+ small)
        for middle in small...large {
          let middleBits = (counts[middle] &- counts[small]) &* (2 &+ middle)
          let bits =
            24 &+ smallBits &+ middleBits &+ (numbers.count &- counts[middle]) &* (2 &+ large)
          if bits < bitCount {
            bitCount = bits
            self.small = small
            self.middle = middle
          }
        }
      }
    }
  }

  init(reading reader: inout BitReader) {
    large = min(64, Int(reader.byte()))
    guard large > 0 else { return }
    small = min(64, Int(reader.byte()))
    middle = min(64, Int(reader.byte()))
  }

  func write(_ numbers: UnsafeBufferPointer<UInt64>, to writer: inout BitWriter) {
    writer.byte(UInt8(truncatingIfNeeded: large))
    guard large > 0 else { return }
    writer.byte(UInt8(truncatingIfNeeded: small))
    writer.byte(UInt8(truncatingIfNeeded: middle))
    for number in numbers {
      let length = 64 &- number.leadingZeroBitCount
      if length <= small {
        Self.write(number, small, prefix: 0, 1, to: &writer)
      } else if length <= middle {
        Self.write(number, middle, prefix: 0b01, 2, to: &writer)
      } else {
        Self.write(number, large, prefix: 0b11, 2, to: &writer)
      }
    }
    writer.align()
  }

  @inline(__always)
  private static func write(
    _ number: UInt64, _ length: Int, prefix: UInt64, _ prefixLength: Int, to writer: inout BitWriter
  ) {
    if length <= 48 {
      writer.bits(prefix | number << UInt64(prefixLength), prefixLength &+ length)
    } else {
      writer.bits(prefix | (number & 0xffff_ffff) << UInt64(prefixLength), prefixLength &+ 32)
      writer.bits(number >> 32, length &- 32)
    }
  }

  /// Calls `each` with the `count` numbers that follow.
  @inline(__always)
  func read(_ count: Int, from reader: inout BitReader, _ each: (UInt64) -> Void) {
    if large == 0 {
      for _ in 0..<max(0, count) { each(0) }
    } else if max(small, middle, large) <= 54 {
      // The first two bits choose among the three lengths, without a branch.
      let lengths =
        UInt32(1 &+ small) | UInt32(2 &+ middle) << 8 | UInt32(1 &+ small) << 16 | UInt32(
          2 &+ large) << 24
      for _ in 0..<max(0, count) {
        let word = reader.peek()
        let choice = UInt32(truncatingIfNeeded: word & 3)
        let length = UInt64((lengths &>> (choice &* 8)) & 0xff)
        let prefix = 1 &+ (word & 1)
        each((word & ((1 &<< length) &- 1)) &>> prefix)
        reader.position &+= Int(truncatingIfNeeded: length)
      }
      reader.align()
    } else {
      for _ in 0..<max(0, count) {
        var length = small
        if reader.bits(1) == 1 { length = reader.bits(1) == 0 ? middle : large }
        let low = reader.bits(min(length, 32))
        each(length > 32 ? low | reader.bits(length &- 32) << 32 : low)
      }
      reader.align()
    }
  }
}
