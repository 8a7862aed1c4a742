/// When people work: clocks of tickets stand still outside. As a folder says it; ``WorkingHours`` counts with it.
package struct BusinessCalendar: Codable, Hashable, Sendable {
  /// One stretch of a day, on some days of the week. Stretches may touch and overlap.
  package struct Hours: Codable, Hashable, Sendable {
    /// The days on which it begins; 0 is Sunday.
    package let days: [Int]
    /// Minutes after midnight, from 0 to 1439.
    package let from: Int
    /// Minutes after midnight; 1440 is the end of the day. Not after ``from`` it is a time of the next day:
    /// `Fri 22:00-02:00` ends on Saturday.
    package let until: Int

    package init(days: [Int], from: Int, until: Int) {
      self.days = days
      self.from = from
      self.until = until
    }
  }

  package let name: String
  /// An IANA name; nil is UTC.
  package let zone: String?
  package let hours: [Hours]
  /// `2026-12-25`, days of the calendar's own zone. The hours that begin on one are closed, to their end.
  package let holidays: [String]

  package init(name: String, zone: String?, hours: [Hours], holidays: [String]) {
    self.name = name
    self.zone = zone
    self.hours = hours
    self.holidays = holidays
  }
}
