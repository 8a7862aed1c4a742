/// Looking at bytes eight at a time (Hacker's Delight, section 6-1).
enum ByteWords {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The offset of the first such byte; nil when there is none. O(n).
  static func first(_ byte: UInt8, in bytes: UnsafeRawBufferPointer) -> Int? {
    let pattern = ones &* UInt64(byte)
    var place = 0
    while place + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) ^ pattern
      if (word &- ones) & ~word & highs != 0 { break }
      place += 8
    }
    while place < bytes.count {
      if bytes[place] == byte { return place }
      place += 1
    }
    return nil
  }

  /// Whether all are printable characters of ASCII. O(n).
  static func arePrintable(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var place = 0
    while place + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      // Beyond ASCII, below a blank, or DEL.
      let delete = word ^ (ones &* 0x7F)
      let wrong = word | ((word &- ones &* 0x20) & ~word) | ((delete &- ones) & ~delete)
      if wrong & highs != 0 { return false }
      place += 8
    }
    while place < bytes.count {
      if !(0x20...0x7E).contains(bytes[place]) { return false }
      place += 1
    }
    return true
  }
}
