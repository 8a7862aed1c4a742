import Values

/// A day as people write it beside a time.
struct WrittenDate: Equatable {
  enum Day: Equatable {
    /// The year is nil where none is written.
    case date(year: Int?, month: Int, day: Int)
    /// Days after that of the reader's clock.
    case after(Int)
    /// 0 is Sunday.
    case weekday(Int)
    /// `11/12/2026`, which is one day here and another there.
    case unclear
  }

  let day: Day
  let written: String
  let range: Range<Int>

  /// Whether a civil day, told at `now` by clocks `offset` seconds ahead of UTC, is that one.
  func isDay(of civil: CivilTime, now: Instant?, offset: Int) -> Bool {
    switch day {
    case .date(let year, let month, let day):
      return civil.month == month && civil.day == day && (year.map { $0 == civil.year } ?? true)
    case .after(let days):
      guard let now else { return true }
      return civil.daysSinceEpoch == CivilTime(now, offset: offset).daysSinceEpoch + days
    case .weekday(let weekday): return civil.weekday == weekday
    case .unclear: return false
    }
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november",
    "december",
  ]
  private static let weekdays = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
  ]

  /// `2026-11-22`, `22 November 2026`, `Nov 22`, `22nd of November`, `tomorrow`, `Sunday`, `11/22/2026`.
  static func dates(in text: [Character]) -> [WrittenDate] {
    let words = text.indices.split { text[$0].isWhitespace || "(),;".contains(text[$0]) }.map { slice in
      Word(range: slice.startIndex..<slice.endIndex, text)
    }
    var dates: [WrittenDate] = []
    var index = 0
    while index < words.count {
      let (day, count) = day(words[index...])
      guard let day, let last = words.dropFirst(index + count - 1).first else {
        index += 1
        continue
      }
      let range = words[index].range.lowerBound..<last.range.upperBound
      dates.append(WrittenDate(day: day, written: String(text[range]), range: range))
      index += count
    }
    return dates
  }

  private struct Word {
    let range: Range<Int>
    let low: String

    init(range: Range<Int>, _ text: [Character]) {
      var range = range
      while let last = range.last, ".:".contains(text[last]) { range = range.lowerBound..<last }
      self.range = range
      low = String(text[range]).lowercased()
    }

    /// `22`, `22nd`, `22.`
    var day: Int? {
      let digits = low.prefix { $0.isASCII && $0.isNumber }
      guard (1...2).contains(digits.count),
        ["", "st", "nd", "rd", "th"].contains(String(low.dropFirst(digits.count))),
        let day = Int(digits), (1...31).contains(day)
      else { return nil }
      return day
    }

    /// 1 to 12.
    var month: Int? {
      guard low.count >= 3 else { return nil }
      let short = low == "sept" ? "sep" : low
      return WrittenDate.months.firstIndex { $0 == short || (short.count == 3 && $0.hasPrefix(short)) }.map {
        $0 + 1
      }
    }

    var year: Int? { low.count == 4 ? Int(low).flatMap { (2000...2999).contains($0) ? $0 : nil } : nil }
  }

  /// The day that begins here, and how many words it takes.
  private static func day(_ words: ArraySlice<Word>) -> (Day?, Int) {
    guard let first = words.first else { return (nil, 1) }
    let rest = words.dropFirst()
    switch first.low {
    case "today", "tonight": return (.after(0), 1)
    case "tomorrow": return (.after(1), 1)
    default: break
    }
    if let weekday = weekdays.firstIndex(where: {
      $0 == first.low || (first.low.count == 3 && $0.hasPrefix(first.low))
    }) {
      return (.weekday(weekday), 1)
    }
    if let date = iso(first.low) { return (date, 1) }
    if let day = first.day {
      let of = rest.first?.low == "of" ? 1 : 0
      if let month = rest.dropFirst(of).first?.month {
        let year = rest.dropFirst(of + 1).first?.year
        return (.date(year: year, month: month, day: day), 2 + of + (year == nil ? 0 : 1))
      }
    }
    if let month = first.month, let day = rest.first?.day {
      let year = rest.dropFirst().first?.year
      return (.date(year: year, month: month, day: day), year == nil ? 2 : 3)
    }
    return (nil, 1)
  }

  /// `2026-11-22`, also before `T03:30Z`; slashes between two numbers that can both be months are unclear.
  private static func iso(_ word: String) -> Day? {
    let date = word.prefix { $0 != "t" }
    let parts = date.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    if parts.count == 3, date.count == 10, let year = parts[0], let month = parts[1], let day = parts[2] {
      return .date(year: year, month: month, day: day)
    }
    for sign in ["/", "."] as [Character] {
      let numbers = word.split(separator: sign, omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 3, let first = numbers[0], let second = numbers[1], let year = numbers[2],
        (2000...2999).contains(year), (1...31).contains(first), (1...31).contains(second)
      else { continue }
      if sign == "." || first > 12 { return .date(year: year, month: second, day: first) }
      if second > 12 { return .date(year: year, month: first, day: second) }
      return first == second ? .date(year: year, month: first, day: second) : .unclear
    }
    return nil
  }
}
