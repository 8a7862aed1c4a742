/// Decimal floating point numbers in the syntax of Go's `strconv.ParseFloat`, without hexadecimals and `_`.
package enum GoFloat {
  /// Reads all of `bytes`: `1`, `.5`, `5.`, `+1e-3`, `inf`, `-Infinity`, `NaN` (any case, no sign).
  /// Nil for anything else and for finite numbers beyond the largest double. Rounds correctly.
  package static func parse(_ bytes: UnsafeRawBufferPointer) -> Double? {
    guard let page = ByteView(bytes) else { return nil }
    var index = 0
    if let value = DecimalScan.take(page, &index), index == bytes.count { return value }
    guard isNumber(page) else { return word(bytes) }
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }

  package static func parse(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { parse(UnsafeRawBufferPointer($0)) }
  }

  /// `[+-]digits[.digits][e[+-]digits]` and nothing else, with a digit before the exponent.
  private static func isNumber(_ page: ByteView) -> Bool {
    var index = 0
    skipSign(page, &index)
    var digits = skipDigits(page, &index)
    if page[index] == UInt8(ascii: ".") {
      index &+= 1
      digits &+= skipDigits(page, &index)
    }
    guard digits > 0 else { return false }
    if page[index] | 32 == UInt8(ascii: "e") {
      index &+= 1
      skipSign(page, &index)
      guard skipDigits(page, &index) > 0 else { return false }
    }
    return index == page.count
  }

  private static func skipSign(_ page: ByteView, _ index: inout Int) {
    if page[index] == UInt8(ascii: "-") || page[index] == UInt8(ascii: "+") { index &+= 1 }
  }

  private static func skipDigits(_ page: ByteView, _ index: inout Int) -> Int {
    let start = index
    while page[index].isDigit { index &+= 1 }
    return index &- start
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
