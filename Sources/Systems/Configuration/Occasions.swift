import Incidents
import Metrics
import Values

/// When something comes round.
package enum Recurrence: Hashable, Sendable {
  /// `daily`, or `Sun 02:00`: a weekday (0 is Sunday; nil every day) and minutes after midnight.
  case weekly(day: Int?, minute: Int)
  /// So many days, or months, after the last time, by the calendar.
  case days(Int)
  case months(Int)
  /// A day of the month, −1 the last, and minutes after midnight; months without that day have none.
  case monthlyDay(Int, minute: Int)
  /// The first to fourth such weekday of a month, −1 the last, and minutes after midnight.
  case monthlyWeekday(nth: Int, day: Int, minute: Int)
  case every(Span)
  case cron(Cron)
  case once(Instant)
  /// Once, when the clocks of its zone show that.
  case onceByClock(CivilTime)
  /// After each time that something happened.
  case after(Occasion)
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
  /// Minutes after midnight at which a day counts as begun.
  package let at: Int?
  /// An IANA name; nil is UTC.
  package let zone: String?
  /// A reference, `routines#daily`.
  package let playbook: String?
  /// Files that show that it was done, as a glob; relative to the system's folder.
  package let evidence: String?
  /// How old evidence may be; nil where it is only a place to look at.
  package let fresh: Span?
  /// For the review of a playbook: when that was done last, as its front matter says.
  package let reviewed: Instant?
  /// Whether it is the review of a playbook, which the folder does not list.
  package let isReview: Bool

  package init(
    title: String, recurrence: Recurrence, at: Int? = nil, zone: String? = nil, playbook: String? = nil,
    evidence: String? = nil, fresh: Span? = nil, reviewed: Instant? = nil, isReview: Bool = false
  ) {
    self.title = title
    self.recurrence = recurrence
    self.at = at
    self.zone = zone
    self.playbook = playbook
    self.evidence = evidence
    self.fresh = fresh
    self.reviewed = reviewed
    self.isReview = isReview
  }
}
