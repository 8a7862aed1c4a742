import Values

/// When a backdated note's thing happened, as people write it: `-12m`, `14:03` (local), `14:03Z` (UTC),
/// `yesterday 23:50`, or a whole RFC 3339 instant.
package enum NoteTime {
  /// The instant that `text` alone names, or nil when it names none.
  ///
  /// - Parameter offset: how many seconds local clocks are ahead of UTC.
  /// A time of day without a date is the latest one that is past: `23:50` typed at 00:10 was yesterday.
  package static func instant(_ text: some StringProtocol, at now: Instant, offset: Int = 0) -> Instant? {
    let words = Substring(text).split(whereSeparator: \.isWhitespace)
    switch words.count {
    case 1:
      guard let word = words.first else { return nil }
      if word.hasPrefix("-") { return ago(word.dropFirst(), at: now) }
      return Instant(rfc3339: String(word)) ?? timeOfDay(word, at: now, offset: offset, daysBack: nil)
    case 2:
      guard let day = words.first, let time = words.last else { return nil }
      if day.lowercased() == "yesterday" { return timeOfDay(time, at: now, offset: offset, daysBack: 1) }
      if day.lowercased() == "today" { return timeOfDay(time, at: now, offset: offset, daysBack: 0) }
      return dated(day, time, offset: offset)
    default: return nil
    }
  }

  /// Splits a time at the beginning of a note from its words; `nil` and the whole text when there is none.
  /// Two times with `..` between them are a span: `-12m..-2m`, `14:03..14:10Z`, `-12m..now`.
  package static func split(
    _ text: String, at now: Instant, offset: Int = 0
  ) -> (occurred: Instant?, ended: Instant?, words: String) {
    let trimmed = text.drop(while: \.isWhitespace)
    // Two words first: `yesterday 23:50`.
    for count in [2, 1] {
      guard let end = end(ofWord: count, in: trimmed) else { continue }
      let words = String(trimmed[end...].drop(while: \.isWhitespace))
      if let occurred = instant(trimmed[..<end], at: now, offset: offset) { return (occurred, nil, words) }
      if count == 1, let span = span(trimmed[..<end], at: now, offset: offset) {
        return (span.began, span.ended, words)
      }
    }
    return (nil, nil, String(trimmed))
  }

  /// Both ends of `-12m..-2m`, the later one last; nil for anything else.
  private static func span(
    _ word: Substring, at now: Instant, offset: Int
  ) -> (began: Instant, ended: Instant)? {
    guard let dots = word.firstRange(of: ".."),
      let began = instant(word[..<dots.lowerBound], at: now, offset: offset)
    else { return nil }
    let end = word[dots.upperBound...]
    guard let ended = end == "now" ? now : instant(end, at: now, offset: offset), ended > began else {
      return nil
    }
    return (began, ended)
  }

  private static func end(ofWord count: Int, in text: Substring) -> String.Index? {
    var place = text.startIndex
    for number in 1...count {
      if number > 1 {
        guard let start = text[place...].firstIndex(where: { !$0.isWhitespace }) else { return nil }
        place = start
      }
      guard place < text.endIndex else { return nil }
      place = text[place...].firstIndex(where: \.isWhitespace) ?? text.endIndex
    }
    return place
  }

  private static func ago(_ text: Substring, at now: Instant) -> Instant? {
    guard let span = Span(prometheus: text), span > .zero else { return nil }
    return now - span
  }

  private static func timeOfDay(
    _ word: Substring, at now: Instant, offset: Int, daysBack: Int?
  ) -> Instant? {
    guard let (time, zone) = clock(word, offset: offset) else { return nil }
    var civil = CivilTime(now, offset: zone)
    (civil.hour, civil.minute, civil.second, civil.millisecond) = (time.hour, time.minute, time.second, 0)
    let today = civil.instant(offset: zone)
    if let daysBack { return today - .days(Int64(daysBack)) }
    return today > now ? today - .days(1) : today
  }

  private static func dated(_ day: Substring, _ time: Substring, offset: Int) -> Instant? {
    guard let (clock, zone) = clock(time, offset: offset) else { return nil }
    let face = "\(clock.hour.padded(2)):\(clock.minute.padded(2)):\(clock.second.padded(2))Z"
    guard let utc = Instant(rfc3339: "\(day)T\(face)") else { return nil }
    return utc - .seconds(Int64(zone))
  }

  private typealias Face = (hour: Int, minute: Int, second: Int)

  /// `14:03`, `14:03:20`, each with or without `Z`.
  private static func clock(_ word: Substring, offset: Int) -> (Face, zone: Int)? {
    let isUTC = word.hasSuffix("Z") || word.hasSuffix("z")
    let parts = (isUTC ? word.dropLast() : word).split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts.dropFirst().allSatisfy({ $0.utf8.count == 2 }) else {
      return nil
    }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } && part.utf8.count <= 2 ? Int(part) : nil
    }
    guard numbers.count == parts.count, let hour = numbers.first, let minute = numbers.dropFirst().first,
      hour < 24, minute < 60
    else { return nil }
    let second = numbers.count == 3 ? numbers.last ?? 0 : 0
    guard second < 60 else { return nil }
    return ((hour, minute, second), isUTC ? 0 : offset)
  }
}
