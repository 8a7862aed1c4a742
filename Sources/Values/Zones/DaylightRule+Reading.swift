extension DaylightRule {
  /// Nil when `text` is no such rule.
  init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    guard Self.skipName(&bytes), let west = Self.time(&bytes) else { return nil }
    standard = -west
    guard !bytes.isEmpty else {
      summer = nil
      return
    }
    guard Self.skipName(&bytes) else { return nil }
    var offset = standard + 3600
    if bytes.first != UInt8(ascii: ",") {
      guard let west = Self.time(&bytes) else { return nil }
      offset = -west
    }
    guard let begins = Self.turn(&bytes), let ends = Self.turn(&bytes), bytes.isEmpty else { return nil }
    summer = Summer(offset: offset, begins: begins, ends: ends)
  }

  /// `CET`, `<+1030>`.
  private static func skipName(_ bytes: inout ArraySlice<UInt8>) -> Bool {
    if bytes.first == UInt8(ascii: "<") {
      guard let end = bytes.firstIndex(of: UInt8(ascii: ">")) else { return false }
      bytes = bytes[(end + 1)...]
      return true
    }
    let name = bytes.prefix { ($0 | 0x20) >= 97 && ($0 | 0x20) <= 122 }
    bytes = bytes.dropFirst(name.count)
    return name.count >= 3
  }

  /// `[+-]hh[:mm[:ss]]` in seconds; hours up to a week.
  private static func time(_ bytes: inout ArraySlice<UInt8>) -> Int? {
    var sign = 1
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      sign = first == UInt8(ascii: "-") ? -1 : 1
      bytes = bytes.dropFirst()
    }
    guard let hours = number(&bytes), hours <= 167 else { return nil }
    var total = hours * 3600
    for unit in [60, 1] where bytes.first == UInt8(ascii: ":") {
      bytes = bytes.dropFirst()
      guard let part = number(&bytes), part < 60 else { return nil }
      total += part * unit
    }
    return sign * total
  }

  /// `,M3.5.0/2`, `,J60`, `,59`.
  private static func turn(_ bytes: inout ArraySlice<UInt8>) -> Turn? {
    guard take(",", &bytes) else { return nil }
    let day: Day
    if take("M", &bytes) {
      guard let month = number(&bytes), take(".", &bytes), let nth = number(&bytes), take(".", &bytes),
        let weekday = number(&bytes), (1...12).contains(month), (1...5).contains(nth), weekday < 7
      else { return nil }
      day = .weekday(month: month, nth: nth, day: weekday)
    } else if take("J", &bytes) {
      guard let number = number(&bytes), (1...365).contains(number) else { return nil }
      day = .julian(number)
    } else {
      guard let number = number(&bytes), number <= 365 else { return nil }
      day = .ordinal(number)
    }
    var seconds = 7200
    if take("/", &bytes) {
      guard let time = time(&bytes) else { return nil }
      seconds = time
    }
    return Turn(day: day, seconds: seconds)
  }

  private static func take(_ character: Unicode.Scalar, _ bytes: inout ArraySlice<UInt8>) -> Bool {
    guard bytes.first == UInt8(ascii: character) else { return false }
    bytes = bytes.dropFirst()
    return true
  }

  /// At most three digits.
  private static func number(_ bytes: inout ArraySlice<UInt8>) -> Int? {
    let digits = bytes.prefix { $0 >= 48 && $0 <= 57 }
    guard (1...3).contains(digits.count) else { return nil }
    bytes = bytes.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  }
}
