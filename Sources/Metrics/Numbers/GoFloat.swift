/// Decimal floating point numbers in the syntax of Go's `strconv.ParseFloat`, without hexadecimals and `_`.
package enum GoFloat {
  /// Reads all of `bytes`: `1`, `.5`, `5.`, `+1e-3`, `inf`, `-Infinity`, `NaN` (any case, no sign).
  /// Nil for anything else and for finite numbers beyond the largest double. Rounds correctly.
  package static func parse(_ bytes: UnsafeRawBufferPointer) -> Double? {
    var index = 0
    var isNegative = false
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      index = 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var seen = false
    var exponent = 0
    while index < bytes.count, bytes[index].isDigit {
      accept(bytes[index], &mantissa, &digits, &exponent, isFraction: false)
      seen = true
      index &+= 1
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index &+= 1
      while index < bytes.count, bytes[index].isDigit {
        accept(bytes[index], &mantissa, &digits, &exponent, isFraction: true)
        seen = true
        index &+= 1
      }
    }
    guard seen else { return word(bytes) }
    if index < bytes.count, bytes[index] | 32 == UInt8(ascii: "e") {
      index &+= 1
      guard let power = power(bytes, &index) else { return nil }
      exponent &+= power
    }
    guard index == bytes.count else { return nil }
    if digits <= 19, mantissa < 1 << 53, exponent >= -22, exponent <= 22 {
      // Both factors are exact, so one operation rounds once (Clinger's fast path).
      let value = Double(mantissa)
      let scaled = exponent < 0 ? value / tens[-exponent] : value * tens[exponent]
      return isNegative ? -scaled : scaled
    }
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }

  package static func parse(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { parse(UnsafeRawBufferPointer($0)) }
  }

  private static let tens: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
  ]

  /// Counts one digit: up to 19 significant ones fit the mantissa, more leave the fast path.
  @inline(__always) private static func accept(
    _ byte: UInt8, _ mantissa: inout UInt64, _ digits: inout Int, _ exponent: inout Int, isFraction: Bool
  ) {
    mantissa = mantissa &* 10 &+ UInt64(byte &- 48)
    if mantissa != 0 || digits != 0 { digits &+= 1 }
    if isFraction { exponent &-= 1 }
  }

  private static func power(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) -> Int? {
    var isNegative = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index &+= 1
    }
    guard index < bytes.count, bytes[index].isDigit else { return nil }
    var power = 0
    while index < bytes.count, bytes[index].isDigit {
      if power < 100_000 { power = power &* 10 &+ Int(bytes[index] &- 48) }
      index &+= 1
    }
    return isNegative ? -power : power
  }

  private static func word(_ bytes: UnsafeRawBufferPointer) -> Double? {
    guard bytes.count <= 9 else { return nil }
    switch String(decoding: bytes, as: UTF8.self).lowercased() {
    case "nan": return .nan
    case "inf", "infinity", "+inf", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: return nil
    }
  }
}
