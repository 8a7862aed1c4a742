/// How the values of one chunk are written.
enum ValueCode: UInt8 {
  /// All values are the same, bit for bit.
  case constant = 0
  /// Whole numbers, perhaps scaled by a power of ten, by their differences.
  case difference = 1
  /// The same by the differences of their differences: nothing for what grows steadily.
  case secondDifference = 2
  /// Bit patterns by their distance from the one before.
  case bits = 3
  /// Bit patterns by their distance from where the line through the two before leads: near nothing for a float that
  /// grows steadily.
  case line = 4

  /// Set in the number of decimals when the distances from what the decimals say follow.
  static let hasDistances: UInt8 = 0x80

  /// Powers of ten that are exact, up to the number of decimals that are tried.
  static let powers: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12]

  /// The most decimals with which a value may be a bit off what it was written as: beyond, any value would do.
  static let inexactPowers = 9

  /// `value` times a power of ten as a whole number, and how many bit patterns dividing that again is away from the
  /// value: none when the value was read from a decimal, one when it was computed, as seconds from milliseconds.
  @inline(__always)
  static func whole(_ value: Double, power: Int) -> (whole: Int64, distance: Int64)? {
    // Adding and taking away 1.5 * 2^52 rounds to a whole number without a call.
    let product = value * powers[power]
    guard abs(product) < 0x1p51 else { return nil }
    let scaled = (product + 0x1.8p52) - 0x1.8p52
    let made = power == 0 ? scaled : scaled / powers[power]
    let distance = Int64(bitPattern: value.bitPattern &- made.bitPattern)
    guard distance == 0 || (distance.magnitude == 1 && power > 0 && power <= inexactPowers) else {
      return nil
    }
    return (Int64(scaled), distance)
  }

  /// Where the line through two values leads.
  @inline(__always) static func predicted(_ before: Double, _ last: Double) -> Double {
    last + (last - before)
  }
}
