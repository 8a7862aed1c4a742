import Values

/// Times and durations as Go's `time` package prints them.
enum GoTime {
  /// `2023-11-14 22:13:20.5 +0000 UTC`.
  static func text(_ milliseconds: Int64) -> String {
    format(milliseconds, layout: "2006-01-02 15:04:05.999 -0700 MST")
  }

  /// `1h1m1.5s`, with sub-second units below one second.
  static func duration(_ nanoseconds: Int64) -> String {
    guard nanoseconds != 0 else { return "0s" }
    let sign = nanoseconds < 0 ? "-" : ""
    let size = nanoseconds.magnitude
    for (limit, unit, name) in [(1000, 1, "ns"), (1_000_000, 1000, "µs"), (1_000_000_000, 1_000_000, "ms")]
    where size < UInt64(limit) {
      return sign + decimal(size, of: UInt64(unit)) + name
    }
    let seconds = size / 1_000_000_000
    let part = decimal(size % 60_000_000_000, of: 1_000_000_000) + "s"
    if seconds < 60 { return sign + part }
    let minutes = "\(seconds / 60 % 60)m"
    return sign + (seconds < 3600 ? minutes : "\(seconds / 3600)h" + minutes) + part
  }

  private static func decimal(_ value: UInt64, of unit: UInt64) -> String {
    var fraction = String(value % unit)
    guard value % unit != 0 else { return "\(value / unit)" }
    fraction = String(repeating: "0", count: max(0, String(unit).count - 1 - fraction.count)) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(value / unit).\(fraction)"
  }

  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]
  static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

  static func weekday(_ time: CivilTime) -> String {
    name((time.daysSinceEpoch % 7 + 11) % 7, in: weekdays)
  }

  private static func name(_ index: Int, in names: [String]) -> String {
    names.indices.contains(index) ? names[index] : "?"
  }

  /// `Time.Format` in UTC: the reference time's parts in `layout` become the instant's.
  static func format(_ milliseconds: Int64, layout: String) -> String {
    let time = CivilTime(Instant(milliseconds: milliseconds))
    var rest = layout[...]
    var out = ""
    scanning: while let first = rest.first {
      for (pattern, value) in parts(of: time) where rest.hasPrefix(pattern) {
        out += value
        rest = rest.dropFirst(pattern.count)
        continue scanning
      }
      let fraction = rest.dropFirst().prefix { $0 == "0" || $0 == "9" }
      if first == "." || first == ",", let digit = fraction.first, fraction.allSatisfy({ $0 == digit }) {
        out += fractionText(time.millisecond, point: first, digit: digit, count: fraction.count)
        rest = rest.dropFirst(fraction.count + 1)
        continue
      }
      out.append(first)
      rest = rest.dropFirst()
    }
    return out
  }

  /// Longest first where one begins another.
  private static func parts(of time: CivilTime) -> [(String, String)] {
    let hour12 = time.hour % 12 == 0 ? 12 : time.hour % 12
    return [
      ("January", name(time.month - 1, in: months)),
      ("Jan", String(name(time.month - 1, in: months).prefix(3))),
      ("Monday", weekday(time)), ("Mon", String(weekday(time).prefix(3))), ("MST", "UTC"),
      ("2006", time.year.padded(4)), ("-07:00", "+00:00"), ("-0700", "+0000"), ("Z07:00", "Z"),
      ("Z0700", "Z"),
      ("01", time.month.padded(2)), ("02", time.day.padded(2)), ("03", hour12.padded(2)),
      ("04", time.minute.padded(2)), ("05", time.second.padded(2)), ("06", (time.year % 100).padded(2)),
      ("15", time.hour.padded(2)), ("PM", time.hour < 12 ? "AM" : "PM"), ("pm", time.hour < 12 ? "am" : "pm"),
      ("_2", (time.day < 10 ? " " : "") + "\(time.day)"), ("1", "\(time.month)"), ("2", "\(time.day)"),
      ("3", "\(hour12)"), ("4", "\(time.minute)"), ("5", "\(time.second)"),
    ]
  }

  /// `.000` always has its digits; `.999` loses trailing zeros, and itself when nothing is left.
  private static func fractionText(_ millisecond: Int, point: Character, digit: Character, count: Int)
    -> String
  {
    let digits = millisecond.padded(3) + String(repeating: "0", count: max(0, count - 3))
    var shown = String(digits.prefix(count))
    if digit == "9" {
      while shown.hasSuffix("0") { shown.removeLast() }
      if shown.isEmpty { return "" }
    }
    return String(point) + shown
  }
}
