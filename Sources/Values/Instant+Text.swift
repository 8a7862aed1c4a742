/// Instants as text: RFC 3339 for storage and exports, clock faces for screens.
extension Instant {
  /// `2026-11-21T03:08:33.120Z`: RFC 3339, UTC, always milliseconds.
  package var rfc3339: String {
    let time = CivilTime(self)
    var text = DigitText()
    text.addDate(time)
    text.add("T")
    text.addClock(time)
    text.add(".")
    text.add(time.millisecond, width: 3)
    text.add("Z")
    return text.text
  }

  /// `03:08:33Z`.
  package var clockUTC: String {
    var text = DigitText()
    text.addClock(CivilTime(self))
    text.add("Z")
    return text.text
  }

  /// `03:08Z`.
  package var minuteUTC: String {
    let t = CivilTime(self)
    return "\(t.hour.padded(2)):\(t.minute.padded(2))Z"
  }

  /// `2026-11-21 03:08:33Z`.
  package var dateClockUTC: String {
    let time = CivilTime(self)
    var text = DigitText()
    text.addDate(time)
    text.add(" ")
    text.addClock(time)
    text.add("Z")
    return text.text
  }

  /// Reads RFC 3339: `Z` or a numeric offset, any number of fraction digits (cut at milliseconds).
  /// Nil when it is anything else; a time without a zone is not an instant.
  package init?(rfc3339 text: String) {
    var bytes = Array(text.utf8)[...]
    func digits(_ count: Int) -> Int? {
      guard bytes.count >= count else { return nil }
      var value = 0
      for byte in bytes.prefix(count) {
        guard byte >= 48, byte <= 57 else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      bytes = bytes.dropFirst(count)
      return value
    }
    func take(_ allowed: String) -> Bool {
      guard let first = bytes.first, allowed.utf8.contains(first) else { return false }
      bytes = bytes.dropFirst()
      return true
    }
    guard let year = digits(4), take("-"), let month = digits(2), take("-"), let day = digits(2), take("Tt "),
      let hour = digits(2), take(":"), let minute = digits(2), take(":"), let second = digits(2)
    else { return nil }
    var milliseconds = 0
    if take(".") {
      var scale = 100
      var seen = false
      while let digit = bytes.first, digit >= 48, digit <= 57 {
        milliseconds += Int(digit - 48) * scale
        scale /= 10
        seen = true
        bytes = bytes.dropFirst()
      }
      guard seen else { return nil }
    }
    var offset = 0
    if !take("Zz") {
      guard let sign = bytes.first, sign == 43 || sign == 45 else { return nil }
      bytes = bytes.dropFirst()
      guard let hours = digits(2), take(":"), let minutes = digits(2), hours < 24, minutes < 60 else {
        return nil
      }
      offset = (hours * 3600 + minutes * 60) * (sign == 45 ? -1 : 1)
    }
    let civil = CivilTime(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second,
      millisecond: milliseconds)
    guard bytes.isEmpty, civil.isValid else { return nil }
    self = civil.instant(offset: offset)
  }
}

extension Instant: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let instant = Instant(rfc3339: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(text) is not an RFC 3339 instant")
    }
    self = instant
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rfc3339)
  }
}

extension Instant: CustomStringConvertible {
  package var description: String { rfc3339 }
}

extension Int {
  /// Decimal with leading zeros up to `width`; a minus sign stands before them.
  package func padded(_ width: Int) -> String {
    let digits = String(magnitude)
    let zeros = String(repeating: "0", count: Swift.max(0, width - digits.count))
    return (self < 0 ? "-" : "") + zeros + digits
  }
}
