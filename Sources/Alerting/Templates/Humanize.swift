/// Numbers for people, as Prometheus' template functions write them: four significant digits and a prefix.
enum Humanize {
  /// SI prefixes: `1.5M`, `10u`.
  static func plain(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return digits(value) }
    if abs(value) >= 1 {
      let (scaled, prefix) = reduced(value, by: 1000, ["k", "M", "G", "T", "P", "E", "Z", "Y"])
      return digits(scaled) + prefix
    }
    let (scaled, prefix) = raised(value)
    return digits(scaled) + prefix
  }

  /// Binary prefixes: `1.431Mi`.
  static func binary(_ value: Double) -> String {
    guard abs(value) > 1, value.isFinite else { return digits(value) }
    let (scaled, prefix) = reduced(value, by: 1024, ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"])
    return digits(scaled) + prefix
  }

  static func percentage(_ ratio: Double) -> String { digits(ratio * 100) + "%" }

  /// Seconds as `1d 10h 17m 36s`; from a minute up fractions go, below a second the unit shrinks.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite else { return digits(seconds) }
    guard seconds != 0 else { return "0s" }
    guard abs(seconds) >= 1 else {
      let (scaled, prefix) = raised(seconds)
      return digits(scaled) + prefix + "s"
    }
    let sign = seconds < 0 ? "-" : ""
    // Beyond Int64, Go's conversion on amd64 yields its lowest number.
    let whole = Int64(exactly: abs(seconds).rounded(.towardZero)) ?? .min
    let parts = (whole / 86_400, whole / 3600 % 24, whole / 60 % 60, whole % 60)
    if parts.0 != 0 { return "\(sign)\(parts.0)d \(parts.1)h \(parts.2)m \(parts.3)s" }
    if parts.1 != 0 { return "\(sign)\(parts.1)h \(parts.2)m \(parts.3)s" }
    if parts.2 != 0 { return "\(sign)\(parts.2)m \(parts.3)s" }
    return sign + digits(abs(seconds)) + "s"
  }

  private static func digits(_ value: Double) -> String {
    GoFloat.formatted(value, verb: "g", precision: 4)
  }

  private static func reduced(_ value: Double, by step: Double, _ prefixes: [String]) -> (Double, String) {
    var value = value
    var shown = ""
    for prefix in prefixes {
      if abs(value) < step { break }
      shown = prefix
      value /= step
    }
    return (value, shown)
  }

  private static func raised(_ value: Double) -> (Double, String) {
    var value = value
    var shown = ""
    for prefix in ["m", "u", "n", "p", "f", "a", "z", "y"] {
      if abs(value) >= 1 { break }
      shown = prefix
      value *= 1000
    }
    return (value, shown)
  }
}
