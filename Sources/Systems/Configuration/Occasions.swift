import Metrics
import Values

/// When something comes round.
package enum Recurrence: Hashable, Sendable {
  /// `daily`, or `Sun 02:00`: a weekday (0 is Sunday; nil every day) and minutes after midnight.
  case weekly(day: Int?, minute: Int)
  case monthly, quarterly, semiannual, yearly
  /// A day of the month, −1 the last, and minutes after midnight; months without that day have none.
  case monthlyDay(Int, minute: Int)
  /// The first to fourth such weekday of a month, −1 the last, and minutes after midnight.
  case monthlyWeekday(nth: Int, day: Int, minute: Int)
  case every(Span)
  case cron(Cron)
  case once(Instant)
  /// Once, when the clocks of its zone show that.
  case onceByClock(CivilTime)
  /// After each window of maintenance.
  case afterMaintenance
}

/// A time in which faults are expected.
package struct MaintenanceWindow: Hashable, Sendable {
  package let title: String
  package let recurrence: Recurrence
  package let duration: Span
  /// An IANA name; nil is UTC.
  package let zone: String?
  /// Names of endpoints; with ``matchers`` empty, too, it is the whole system.
  package let endpoints: [String]
  package let matchers: [Matcher]
}

/// Something to do regularly.
package struct Routine: Hashable, Sendable {
  package let title: String
  package let recurrence: Recurrence
  /// Minutes after midnight.
  package let at: Int?
  package let zone: String?
  package let playbook: String?
  /// Files that show that it was done, as a glob.
  package let evidence: String?
  /// How old evidence may be.
  package let fresh: Span?
}

/// When people work: clocks of tickets pause outside.
package struct BusinessCalendar: Hashable, Sendable {
  package struct Hours: Hashable, Sendable {
    /// 0 is Sunday.
    package let days: [Int]
    /// Minutes after midnight.
    package let from: Int
    package let until: Int
  }

  package let name: String
  package let zone: String?
  package let hours: [Hours]
  /// `2026-12-25`.
  package let holidays: [String]
}
