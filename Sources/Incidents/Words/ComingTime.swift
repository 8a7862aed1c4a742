import Values

/// When something ends or begins, as people write it: `2h`, `30m` (from a start), `06:00` (local) and
/// `06:00Z` or `06:00 UTC`, each the next such time, `tomorrow 06:00`, `2026-11-22 06:00`, an RFC 3339 instant, `now`.
package enum ComingTime {
  /// The instant that `text` names, or nil when it names none.
  ///
  /// - Parameters:
  ///   - start: what lengths of time count from, and what a time of day comes after; default now.
  ///   - offset: how many seconds local clocks are ahead of UTC.
  package static func instant(
    _ text: some StringProtocol, from start: Instant? = nil, at now: Instant, offset: Int = 0
  ) -> Instant? {
    let start = start ?? now
    var words = Substring(text).split(whereSeparator: \.isWhitespace)
    // `tomorrow 09:00 UTC`
    if words.last?.uppercased() == "UTC", let time = words.dropLast().last {
      words = words.dropLast(2) + [time + "Z"]
    }
    guard let first = words.first, words.count <= 2 else { return nil }
    if words.count == 2 {
      guard let (time, zone) = clock(words[1], offset: offset) else { return nil }
      var civil = CivilTime(now, offset: zone)
      switch first.lowercased() {
      case "today": break
      case "tomorrow": civil = CivilTime(now + .days(1), offset: zone)
      default:
        guard let midnight = Instant(rfc3339: "\(first)T00:00:00Z") else { return nil }
        civil = CivilTime(midnight)
      }
      (civil.hour, civil.minute, civil.second, civil.millisecond) = (time / 60, time % 60, 0, 0)
      return civil.instant(offset: zone)
    }
    if first.lowercased() == "now" { return now }
    let length = first.hasPrefix("+") ? first.dropFirst() : first
    if let span = Span(prometheus: length), first != "0" {
      guard span > .zero else { return nil }
      let end = start + span
      return end.milliseconds < Int64.max / 2 ? end : nil
    }
    if let instant = Instant(rfc3339: String(first)) { return instant }
    guard let (time, zone) = clock(first, offset: offset) else { return nil }
    var civil = CivilTime(start, offset: zone)
    (civil.hour, civil.minute, civil.second, civil.millisecond) = (time / 60, time % 60, 0, 0)
    let today = civil.instant(offset: zone)
    return today > start ? today : today + .days(1)
  }

  /// Minutes after midnight of `06:00` and `06:00Z`.
  private static func clock(_ word: Substring, offset: Int) -> (minute: Int, zone: Int)? {
    let isUTC = word.hasSuffix("Z") || word.hasSuffix("z")
    let parts = (isUTC ? word.dropLast() : word).split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      (1...2).contains(part.utf8.count) && part.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } ? Int(part) : nil
    }
    guard parts.count == 2, numbers.count == 2, parts[1].utf8.count == 2, numbers[0] < 24, numbers[1] < 60
    else {
      return nil
    }
    return (numbers[0] * 60 + numbers[1], isUTC ? 0 : offset)
  }
}
