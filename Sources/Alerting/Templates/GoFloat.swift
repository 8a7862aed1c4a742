#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Floating-point numbers as Go prints them.
enum GoFloat {
  /// `%v`, which is `%g` with the fewest digits that read back as the same number.
  static func shortest(_ value: Double) -> String {
    guard value.isFinite else { return special(value) }
    if value == 0 { return value.sign == .minus ? "-0" : "0" }
    let (digits, exponent) = decimal(abs(value))
    let sign = value < 0 ? "-" : ""
    if exponent < -4 || exponent >= Self.positionalDigits {
      return sign + scientific(digits, exponent)
    }
    return sign + positional(digits, exponent)
  }

  /// `strconv.FormatFloat(value, 'E', -1, 64)`: `1.5E+00`, with the fewest digits that read back the same.
  static func exponential(_ value: Double) -> String {
    guard value.isFinite else { return special(value) }
    guard value != 0 else { return value.sign == .minus ? "-0E+00" : "0E+00" }
    let (digits, exponent) = decimal(abs(value))
    return (value < 0 ? "-" : "") + scientific(digits, exponent).uppercased()
  }

  /// From this power of ten on, `%v` writes an exponent (`eprec` of strconv's shortest form).
  private static let positionalDigits = 6

  /// `%.<precision><verb>` for the verbs e, E, f, F, g and G.
  static func formatted(_ value: Double, verb: Character, precision: Int) -> String {
    guard value.isFinite else { return special(value) }
    let kind = verb == "F" ? "f" : verb
    let format = "%.\(min(max(precision, 0), 1000))\(kind)"
    var buffer = [CChar](repeating: 0, count: 1500)
    let length = withVaList([value]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(decoding: buffer.prefix(max(0, Int(length))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func special(_ value: Double) -> String {
    value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf"
  }

  /// The shortest significant digits of a positive number, and the power of ten of the first.
  private static func decimal(_ value: Double) -> (digits: [Character], exponent: Int) {
    let text = value.description
    let parts = text.split(separator: "e", maxSplits: 1)
    var exponent = parts.dropFirst().first.flatMap { Int($0) } ?? 0
    let mantissa = parts.first ?? "0"
    let pieces = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    let whole = Array(pieces.first ?? "0")
    var digits = whole + Array(pieces.dropFirst().first ?? "")
    exponent += whole.count - 1
    while digits.count > 1, digits.first == "0" {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    return (digits, exponent)
  }

  private static func scientific(_ digits: [Character], _ exponent: Int) -> String {
    let head = String(digits.prefix(1))
    let tail = digits.count > 1 ? "." + String(digits.dropFirst()) : ""
    let size = String(abs(exponent))
    return head + tail + "e" + (exponent < 0 ? "-" : "+") + (size.count < 2 ? "0" + size : size)
  }

  private static func positional(_ digits: [Character], _ exponent: Int) -> String {
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + String(digits) }
    if exponent >= digits.count - 1 {
      return String(digits) + String(repeating: "0", count: exponent - digits.count + 1)
    }
    return String(digits.prefix(exponent + 1)) + "." + String(digits.dropFirst(exponent + 1))
  }
}
