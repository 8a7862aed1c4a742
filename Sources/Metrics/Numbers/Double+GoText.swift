/// Doubles as Go prints them: the shortest digits that read back as the same number.
extension Double {
  /// Go's format `f`: never an exponent. `1000000`, `0.005`, `+Inf`, `NaN`.
  package var decimalText: String {
    guard let parts = DecimalParts(self) else { return specialText }
    return parts.sign + parts.plain
  }

  /// Go's format `g` with the shortest digits, as `%v` prints: an exponent below 1e-4 and from 1e6 up.
  /// `100000`, `1e+06`, `1.5e-05`.
  package var generalText: String {
    guard let parts = DecimalParts(self) else { return specialText }
    let exponent = parts.point - 1
    guard exponent < -4 || exponent >= 6 else { return parts.sign + parts.plain }
    var text = String(parts.digits.prefix(1))
    if parts.digits.count > 1 { text += "." + parts.digits.dropFirst() }
    let size = String(exponent.magnitude)
    return parts.sign + text + (exponent < 0 ? "e-" : "e+") + (size.count < 2 ? "0" + size : size)
  }

  /// The same for the labels `le` and `quantile`, always with a point or an exponent: `1.0`, `0.25`, `1e+06`.
  package var bucketText: String {
    let text = generalText
    return !isFinite || text.contains(".") || text.contains("e") ? text : text + ".0"
  }

  private var specialText: String { isNaN ? "NaN" : self < 0 ? "-Inf" : "+Inf" }
}

/// A finite number's shortest digits and where the point stands among them.
private struct DecimalParts {
  let sign: String
  /// Without leading or trailing zeros; `0` for zero.
  let digits: String
  /// How many digits stand before the point; may be negative or beyond the digits.
  let point: Int

  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    sign = value.sign == .minus ? "-" : ""
    let text = value.magnitude.description
    let halves = text.split(separator: "e")
    let mantissa = halves.first ?? "0"
    let exponent = halves.count > 1 ? Int(halves.last ?? "0") ?? 0 : 0
    let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    let whole = parts.first ?? ""
    let all = String(whole) + (parts.count > 1 ? String(parts.last ?? "") : "")
    let leading = all.prefix { $0 == "0" }.count
    var significant = all.dropFirst(leading)
    while significant.last == "0" { significant.removeLast() }
    guard !significant.isEmpty else {
      digits = "0"
      point = 1
      return
    }
    digits = String(significant)
    point = whole.count - leading + exponent
  }

  var plain: String {
    if digits == "0" { return "0" }
    if point <= 0 { return "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.count { return digits + String(repeating: "0", count: point - digits.count) }
    return digits.prefix(point) + "." + digits.dropFirst(point)
  }
}
