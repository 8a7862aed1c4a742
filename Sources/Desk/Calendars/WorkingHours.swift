import Values

/// The instants at which people work: a business calendar by the clocks of its zone, or always.
///
/// An instant is open when what the local clocks show then lies in one of the calendar's hours. So an hour that
/// clocks show twice counts twice, and one that they skip counts nothing. Hours belong to the day on which they
/// begin: a holiday closes those that begin on it, past midnight too, and none that began the day before. Where
/// hours touch or overlap they count once.
///
/// Instants before 1900 and after 2400 count as those ends, so that nothing here takes long whatever is asked.
package struct WorkingHours: Hashable, Sendable {
  /// A stretch of time that is open or closed as a whole.
  package struct Stretch: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      case open
      /// Outside the hours.
      case closed
      /// The day would have hours, and is a holiday.
      case holiday
    }

    package let from: Instant
    package let until: Instant
    package let kind: Kind

    package var length: Span { until - from }
  }

  /// 24x7, under no zone's clocks.
  package static let always = WorkingHours(name: nil, zone: .utc, week: nil)

  /// What the calendar is called; nil is always.
  package let name: String?
  package let zone: Zone
  /// Nil is always open.
  let week: WorkingWeek?

  /// Takes time in proportion to the calendar's hours and holidays: keep it where it is asked often.
  ///
  /// A holiday that is no date and hours with a minute that no day has are passed over; folders with such are
  /// refused.
  ///
  /// - Parameter zone: the one that the calendar names.
  package init(_ calendar: BusinessCalendar, zone: Zone) {
    self.init(name: calendar.name, zone: zone, week: WorkingWeek(calendar))
  }

  private init(name: String?, zone: Zone, week: WorkingWeek?) {
    self.name = name
    self.zone = zone
    self.week = week
  }

  package var isAlways: Bool { week == nil }

  package func isOpen(at instant: Instant) -> Bool { kind(at: instant) == .open }

  /// Whether it is open, and if not, why.
  package func kind(at instant: Instant) -> Stretch.Kind {
    guard let week else { return .open }
    let time = Self.clamped(instant)
    let local = time + Int64(zone.offset(at: Instant(milliseconds: time))) * 1000
    let day = local.floorDivided(by: DayPattern.day)
    return week.pattern(of: day).piece(at: local - day * DayPattern.day)?.kind ?? .closed
  }

  /// The first open instant that is not earlier; nil when none comes before 2400.
  package func nextOpening(atOrAfter instant: Instant) -> Instant? {
    // The first open millisecond is the one with which a millisecond has been open.
    self.instant(after: .milliseconds(1), from: instant).map { $0 - .milliseconds(1) }
  }
}
