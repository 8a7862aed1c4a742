import Values

extension MaintenanceWindow {
  /// One time that a window takes place; over at ``end``.
  package struct Occurrence: Hashable, Sendable {
    package let start: Instant
    package let end: Instant
  }

  /// The latest of the window's times that holds at `now`; nil when none does.
  ///
  /// A window begins when the clocks of its zone show its time of day: for the first time where they show it
  /// twice, and when they jump where they skip it. From there its length is real time, whatever clocks do.
  package func occurrence(at now: Instant, in zone: Zone) -> Occurrence? {
    start(atOrBefore: now, in: zone).flatMap { start in
      let end = start + duration
      return now < end ? Occurrence(start: start, end: end) : nil
    }
  }

  /// When it begins next, later than `now`; nil when it does not again, as far as nine years ahead.
  package func nextStart(after now: Instant, in zone: Zone) -> Instant? {
    if let once = onlyStart(in: zone) { return once > now ? once : nil }
    // The day before, for a zone can be ahead of its own midnight; 29 February is at most eight years away.
    let today = zone.civil(at: now).daysSinceEpoch
    for day in (today - 1)...(today + 366 * 9) {
      if let found = starts(onDay: day, in: zone).first(where: { $0 > now }) { return found }
    }
    return nil
  }

  private func start(atOrBefore now: Instant, in zone: Zone) -> Instant? {
    if let once = onlyStart(in: zone) { return once <= now ? once : nil }
    let today = zone.civil(at: now).daysSinceEpoch
    let earliest = zone.civil(at: now - duration).daysSinceEpoch - 1
    for day in stride(from: today + 1, through: max(earliest, today - 366), by: -1) {
      if let found = starts(onDay: day, in: zone).last(where: { $0 <= now }) { return found }
    }
    return nil
  }

  private func onlyStart(in zone: Zone) -> Instant? {
    switch recurrence {
    case .once(let instant): instant
    case .onceByClock(let civil): zone.showing(civil).first
    default: nil
    }
  }

  /// All beginnings on a day, counted from 1970, in order.
  private func starts(onDay day: Int, in zone: Zone) -> [Instant] {
    var date = CivilTime(Instant(milliseconds: Int64(day) * 86_400_000))
    var minutes: [Int] = []
    var isHourly = false
    switch recurrence {
    case .weekly(let weekday, let minute):
      if weekday == nil || weekday == date.weekday { minutes = [minute] }
    case .monthlyDay(let wanted, let minute):
      let length = CivilTime.days(inMonth: date.month, ofYear: date.year)
      if date.day == (wanted < 0 ? length : wanted) { minutes = [minute] }
    case .monthlyWeekday(let nth, let weekday, let minute):
      if date.day == CivilTime.day(nth: nth, weekday: weekday, month: date.month, year: date.year) {
        minutes = [minute]
      }
    case .cron(let cron):
      if cron.fits(date) { minutes = cron.times }
      isHourly = cron.isHourly
    default: break
    }
    return minutes.flatMap { minute -> [Instant] in
      (date.hour, date.minute) = (minute / 60, minute % 60)
      switch zone.showing(date) {
      case .once(let instant): return [instant]
      case .twice(let first, let second): return isHourly ? [first, second] : [first]
      // Every hour means every hour that there is.
      case .never(let jump): return isHourly ? [] : [jump]
      }
    }.sorted()
  }
}
