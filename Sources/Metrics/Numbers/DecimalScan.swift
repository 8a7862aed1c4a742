/// Decimal numbers in a page, eight digits at a time, for all that can be rounded exactly with 128 bits.
enum DecimalScan {
  /// Takes the longest `[+-]digits[.digits][e[+-]digits]` from `index`. Nil, with `index` where it was, for
  /// everything that needs the slow way: words, twenty digits and more, large exponents, and what is no number.
  @inline(__always) static func take(_ page: ByteView, _ index: inout Int) -> Double? {
    var cursor = index
    let first = page[cursor]
    let isNegative = first == UInt8(ascii: "-")
    if isNegative || first == UInt8(ascii: "+") { cursor &+= 1 }
    var mantissa: UInt64 = 0
    var digits = takeDigits(page, &cursor, &mantissa)
    var exponent = 0
    if page[cursor] == UInt8(ascii: ".") {
      cursor &+= 1
      let fraction = takeDigits(page, &cursor, &mantissa)
      digits &+= fraction
      exponent = 0 &- fraction
    }
    guard digits > 0, digits <= 19 else { return nil }
    if page[cursor] | 32 == UInt8(ascii: "e") {
      guard let power = takeExponent(page, &cursor) else { return nil }
      exponent &+= power
    }
    guard let value = value(mantissa, exponent) else { return nil }
    index = cursor
    return isNegative ? -value : value
  }

  /// Nil where 128 bits are not enough.
  @inline(__always) private static func value(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    if exponent == 0 || mantissa == 0 { return Double(mantissa) }
    if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
      // Both factors are exact, so one operation rounds once (Clinger 1990).
      return exponent < 0 ? Double(mantissa) / tens[0 &- exponent] : Double(mantissa) * tens[exponent]
    }
    return exponent < 0 && exponent >= -27 ? quotient(mantissa, 0 &- exponent) : nil
  }

  /// `mantissa / 10^power`, correctly rounded: 5^27 fits 64 bits, so one long division gives 64 bits of the
  /// quotient and tells whether anything is left.
  private static func quotient(_ mantissa: UInt64, _ power: Int) -> Double {
    let divisor = fives[power]
    let shift = divisor.leadingZeroBitCount
    let whole = mantissa << UInt64(mantissa.leadingZeroBitCount)
    let normal = divisor << UInt64(shift)
    var scale = shift &- mantissa.leadingZeroBitCount &- 64 &- power
    let result: (quotient: UInt64, remainder: UInt64)
    if whole < normal {
      result = normal.dividingFullWidth((whole, 0))
    } else {
      scale &+= 1
      result = normal.dividingFullWidth((whole >> 1, whole << 63))
    }
    // 53 bits stay; half goes to even.
    var kept = result.quotient >> 11
    let rest = result.quotient & 0x7ff
    if rest > 0x400 || rest == 0x400 && (result.remainder != 0 || kept & 1 == 1) { kept &+= 1 }
    return Double(kept) * Double(sign: .plus, exponent: scale &+ 11, significand: 1)
  }

  @inline(__always) private static func takeDigits(
    _ page: ByteView, _ cursor: inout Int, _ mantissa: inout UInt64
  ) -> Int {
    let start = cursor
    while true {
      let word = page.word(at: cursor) ^ 0x3030_3030_3030_3030
      // The lowest byte above nine gets its top bit set; carries only reach the bytes behind it.
      let others = ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080
      if others == 0 {
        mantissa = mantissa &* 100_000_000 &+ number(word)
        cursor &+= 8
        continue
      }
      let bits = others.trailingZeroBitCount & 0x38
      if bits > 0 {
        mantissa = mantissa &* wholeTens[bits >> 3] &+ number(word << UInt64(64 &- bits))
        cursor &+= bits >> 3
      }
      return cursor &- start
    }
  }

  /// Eight digits, the first in the lowest byte (Johnny Lee's three multiplications).
  @inline(__always) private static func number(_ digits: UInt64) -> UInt64 {
    let pairs = digits &* 10 &+ digits >> 8
    return
      ((pairs & 0x0000_00ff_0000_00ff) &* 0x000f_4240_0000_0064
      &+ (pairs >> 16 & 0x0000_00ff_0000_00ff) &* 0x0000_2710_0000_0001) >> 32
  }

  private static func takeExponent(_ page: ByteView, _ cursor: inout Int) -> Int? {
    cursor &+= 1
    let isNegative = page[cursor] == UInt8(ascii: "-")
    if isNegative || page[cursor] == UInt8(ascii: "+") { cursor &+= 1 }
    var power: UInt64 = 0
    let digits = takeDigits(page, &cursor, &power)
    guard digits > 0, digits < 5 else { return nil }
    return isNegative ? 0 &- Int(power) : Int(power)
  }

  private static let wholeTens: [UInt64] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000]

  private static let tens: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
  ]

  private static let fives: [UInt64] = [
    1, 5, 25, 125, 625, 3125, 15_625, 78_125, 390_625, 1_953_125, 9_765_625, 48_828_125, 244_140_625,
    1_220_703_125, 6_103_515_625, 30_517_578_125, 152_587_890_625, 762_939_453_125, 3_814_697_265_625,
    19_073_486_328_125, 95_367_431_640_625, 476_837_158_203_125, 2_384_185_791_015_625,
    11_920_928_955_078_125, 59_604_644_775_390_625, 298_023_223_876_953_125, 1_490_116_119_384_765_625,
    7_450_580_596_923_828_125,
  ]
}
