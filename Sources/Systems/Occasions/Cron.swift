import Values

/// Five fields as in crontab: minute, hour, day of the month, month, day of the week.
///
/// As in Vixie's cron a day fits either day field when both are given, and both when one begins with `*`.
package struct Cron: Hashable, Sendable {
  /// As written.
  package let text: String
  private let minutes: UInt64
  private let hours: UInt64
  private let days: UInt64
  private let months: UInt64
  private let weekdays: UInt64
  private let needsBothDays: Bool
  /// Whether it comes at hours that the clocks give, rather than at hours that somebody chose.
  let isHourly: Bool

  /// Nil when it is no such text, or when no day ever fits it.
  package init?(_ text: String) {
    let fields = text.split(whereSeparator: \.isWhitespace)
    guard fields.count == 5, let minutes = Self.bits(fields[0], 0...59),
      let hours = Self.bits(fields[1], 0...23),
      let days = Self.bits(fields[2], 1...31), let months = Self.bits(fields[3], 1...12, Self.monthNames, 1),
      let weekdays = Self.bits(fields[4], 0...7, Self.dayNames, 0)
    else { return nil }
    self.text = fields.joined(separator: " ")
    self.minutes = minutes
    self.hours = hours
    self.days = days
    self.months = months
    // Sunday is 0 and 7.
    self.weekdays = weekdays | (weekdays >> 7 & 1)
    needsBothDays = fields[2].hasPrefix("*") || fields[4].hasPrefix("*")
    isHourly = fields[1].hasPrefix("*")
    guard fields[4] != "*" || !Self.isImpossible(days: days, months: months) else { return nil }
  }

  /// Whether it comes on the day of `date`.
  func fits(_ date: CivilTime) -> Bool {
    guard months >> UInt64(date.month) & 1 == 1 else { return false }
    let day = days >> UInt64(date.day) & 1 == 1
    let weekday = weekdays >> UInt64(date.weekday) & 1 == 1
    return needsBothDays ? day && weekday : day || weekday
  }

  /// Minutes after midnight, in order.
  var times: [Int] {
    (0..<24).filter { hours >> UInt64($0) & 1 == 1 }.flatMap { hour in
      (0..<60).filter { minutes >> UInt64($0) & 1 == 1 }.map { hour * 60 + $0 }
    }
  }

  private static let monthNames = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  /// `*`, `5`, `1-5`, `*/15`, `mon-fri`, lists of these.
  private static func bits(
    _ field: Substring, _ bounds: ClosedRange<Int>, _ names: [String] = [], _ firstName: Int = 0
  ) -> UInt64? {
    func number(_ text: Substring) -> Int? {
      if let index = names.firstIndex(of: text.lowercased()) { return index + firstName }
      guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let value = Int(text), bounds.contains(value)
      else {
        return nil
      }
      return value
    }
    var bits: UInt64 = 0
    for item in field.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      let ends = (parts.first ?? "").split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      var (low, high) = (bounds.lowerBound, bounds.upperBound)
      if parts.first != "*" {
        guard let first = ends.first.flatMap(number), let last = ends.last.flatMap(number), first <= last,
          parts.count == 1 || ends.count == 2
        else { return nil }
        (low, high) = (first, last)
      }
      var step = 1
      if parts.count == 2 {
        guard let given = Int(parts[1]), given > 0, given <= bounds.upperBound else { return nil }
        step = given
      }
      for value in stride(from: low, through: high, by: step) { bits |= 1 << UInt64(value) }
    }
    return bits
  }

  /// `31 2`: no such day in any of the months.
  private static func isImpossible(days: UInt64, months: UInt64) -> Bool {
    guard let earliest = (1...31).first(where: { days >> UInt64($0) & 1 == 1 }) else { return true }
    return (1...12).allSatisfy { month in
      months >> UInt64(month) & 1 == 0 || earliest > CivilTime.days(inMonth: month, ofYear: 2000)
    }
  }
}
