/// How clocks go in years that no table names: the `TZ` text of POSIX, `CET-1CEST,M3.5.0,M10.5.0/3`.
struct DaylightRule: Hashable, Sendable {
  /// A day of the year.
  enum Day: Hashable, Sendable {
    /// The n-th such weekday (0 is Sunday) of a month; 5 is the last.
    case weekday(month: Int, nth: Int, day: Int)
    /// 1 to 365, without 29 February.
    case julian(Int)
    /// 0 to 365.
    case ordinal(Int)
  }

  struct Turn: Hashable, Sendable {
    let day: Day
    /// Seconds after midnight by the clocks before the turn; can lie on another day.
    let seconds: Int
  }

  /// Seconds ahead of UTC.
  let standard: Int
  /// Nil where clocks are never set.
  let summer: Summer?

  struct Summer: Hashable, Sendable {
    let offset: Int
    let begins: Turn
    let ends: Turn
  }

  /// - Parameter seconds: since 1970.
  func offset(at seconds: Int64) -> Int {
    guard let summer else { return standard }
    let year = CivilTime(Instant(milliseconds: seconds.multipliedSaturating(by: 1000)), offset: standard).year
    let begins = Self.instant(of: summer.begins, in: year) - Int64(standard)
    let ends = Self.instant(of: summer.ends, in: year) - Int64(summer.offset)
    let isSummer =
      begins < ends ? seconds >= begins && seconds < ends : seconds >= begins || seconds < ends
    return isSummer ? summer.offset : standard
  }

  /// Seconds since 1970 as if the clocks showed UTC.
  private static func instant(of turn: Turn, in year: Int) -> Int64 {
    let newYear = CivilTime(year: year, month: 1, day: 1).daysSinceEpoch
    let days: Int
    switch turn.day {
    case .ordinal(let day): days = newYear + day
    case .julian(let day):
      let isLeap = CivilTime.days(inMonth: 2, ofYear: year) == 29
      days = newYear + day - 1 + (isLeap && day >= 60 ? 1 : 0)
    case .weekday(let month, let nth, let day):
      days =
        CivilTime.day(nth: nth == 5 ? -1 : nth, weekday: day, month: month, year: year)
        .map { CivilTime(year: year, month: month, day: $0).daysSinceEpoch } ?? newYear
    }
    return Int64(days) * 86_400 + Int64(turn.seconds)
  }
}

extension CivilTime {
  /// 0 is Sunday.
  package var weekday: Int {
    let days = (daysSinceEpoch + 4) % 7
    return days < 0 ? days + 7 : days
  }

  /// The day of the month that is its `nth` such weekday, −1 the last; nil when the month has none.
  package static func day(nth: Int, weekday: Int, month: Int, year: Int) -> Int? {
    let length = days(inMonth: month, ofYear: year)
    let first = (weekday - CivilTime(year: year, month: month, day: 1).weekday + 7) % 7 + 1
    if nth < 0 { return first + (length - first) / 7 * 7 }
    let day = first + (nth - 1) * 7
    return nth > 0 && day <= length ? day : nil
  }
}
