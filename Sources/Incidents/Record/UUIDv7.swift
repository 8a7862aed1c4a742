import Values

/// An id that sorts by the time it was made (RFC 9562, version 7): 48 bits of milliseconds, 74 random bits.
package struct UUIDv7: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  private static let counted: UInt64 = (1 << 62) - 1

  /// A pure function of the time and of 74 of the 128 random bits; times before 1970 count as 1970.
  package init(at instant: Instant, random: (UInt64, UInt64)) {
    let milliseconds = UInt64(clamping: instant.milliseconds) & 0xFFFF_FFFF_FFFF
    high = milliseconds << 16 | 0x7000 | random.0 & 0x0FFF
    low = 1 << 63 | random.1 & Self.counted
  }

  package init(at instant: Instant) {
    var generator = SystemRandomNumberGenerator()
    self.init(at: instant, random: (generator.next(), generator.next()))
  }

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The id `count` places on: the last 62 bits, counted up, wrapping. The events of one act are numbered
  /// so from the act's own id.
  package func advanced(by count: Int) -> UUIDv7 {
    let next = (low & Self.counted) &+ UInt64(truncatingIfNeeded: count)
    return UUIDv7(high: high, low: 1 << 63 | next & Self.counted)
  }

  /// When it was made, by the maker's clock.
  package var instant: Instant { Instant(milliseconds: Int64(high >> 16)) }
}

extension UUIDv7: Comparable {
  package static func < (a: Self, b: Self) -> Bool { (a.high, a.low) < (b.high, b.low) }
}

extension UUIDv7: CustomStringConvertible, LosslessStringConvertible {
  /// `01932c07-5a80-7c3e-9d1b-2f00c0ffee01`.
  package var description: String {
    let digits = Self.hex(high) + Self.hex(low)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index == 8 || index == 12 || index == 16 || index == 20 { text += "-" }
      text.append(digit)
    }
    return text
  }

  /// Nil unless it is 36 characters of such an id, version 7.
  package init?(_ description: String) {
    let groups = description.split(separator: "-", omittingEmptySubsequences: false)
    let digits = groups.joined()
    guard groups.map(\.count) == [8, 4, 4, 4, 12], digits.utf8.count == 32,
      digits.allSatisfy(\.isHexDigit), let high = UInt64(digits.prefix(16), radix: 16),
      let low = UInt64(digits.dropFirst(16), radix: 16), high >> 12 & 0xF == 7, low >> 62 == 2
    else { return nil }
    self.init(high: high, low: low)
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
