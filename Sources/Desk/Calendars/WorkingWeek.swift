import Values

/// A calendar's days by their number, holidays among them, as if clocks were never set. Days are counted from
/// 1970-01-01; the open time before a day is found without going through the days.
struct WorkingWeek: Hashable, Sendable {
  /// A holiday, or a day into which hours of one would reach.
  private struct Exception: Hashable, Sendable {
    let day: Int64
    let pattern: Int
    /// How much this one and those before it are open beyond what their weekdays are.
    let difference: Int64
  }

  /// By weekday, and whether the day and the day before are holidays.
  private let patterns: [DayPattern]
  /// The open time of a week without holidays up to each weekday; the last is the whole week.
  private let before: [Int64]
  /// In order of days.
  private let exceptions: [Exception]

  init(_ calendar: BusinessCalendar) {
    let patterns = (0..<7).flatMap { weekday in
      let edges = WorkingWeekday(weekday, calendar.hours)
      return (0..<4).map { edges.pattern(isHoliday: $0 & 1 != 0, followsHoliday: $0 & 2 != 0) }
    }
    var before: [Int64] = [0]
    for weekday in 0..<7 { before.append((before.last ?? 0) + patterns[weekday * 4].open) }
    let holidays = Set(
      calendar.holidays.compactMap { text in
        Instant(rfc3339: text + "T00:00:00Z").map { $0.milliseconds.floorDivided(by: DayPattern.day) }
      })
    var difference: Int64 = 0
    exceptions = holidays.union(holidays.map { $0 + 1 }).sorted().map { day in
      let plain = Self.weekday(of: day) * 4
      let pattern = plain + (holidays.contains(day) ? 1 : 0) + (holidays.contains(day - 1) ? 2 : 0)
      difference += patterns[pattern].open - patterns[plain].open
      return Exception(day: day, pattern: pattern, difference: difference)
    }
    self.patterns = patterns
    self.before = before
  }

  /// Days that are not as their weekday is, in order.
  var exceptionDays: [Int64] { exceptions.map(\.day) }

  /// Whether any hour of any week is open.
  var opens: Bool { (before.last ?? 0) > 0 }

  func pattern(of day: Int64) -> DayPattern {
    let index = exceptionsBefore(day)
    if exceptions.indices.contains(index), exceptions[index].day == day {
      return patterns[exceptions[index].pattern]
    }
    return patterns[Self.weekday(of: day) * 4]
  }

  /// The open time between the epoch's week and the beginning of a day; only differences mean something.
  /// O(log holidays).
  func open(beforeDay day: Int64) -> Int64 {
    let sundays = (day + 4).floorDivided(by: 7)
    let index = exceptionsBefore(day)
    return sundays * (before.last ?? 0) + before[Self.weekday(of: day)]
      + (index > 0 ? exceptions[index - 1].difference : 0)
  }

  /// The same for a local time in milliseconds.
  func open(before local: Int64) -> Int64 {
    let day = local.floorDivided(by: DayPattern.day)
    return open(beforeDay: day) + pattern(of: day).open(before: local - day * DayPattern.day)
  }

  private func exceptionsBefore(_ day: Int64) -> Int {
    var (low, high) = (0, exceptions.count)
    while low < high {
      let middle = (low + high) / 2
      if exceptions[middle].day < day { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// 0 is Sunday; 1970-01-01 was a Thursday.
  private static func weekday(of day: Int64) -> Int {
    Int(day + 4 - (day + 4).floorDivided(by: 7) * 7)
  }
}
