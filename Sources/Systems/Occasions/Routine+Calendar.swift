import Incidents
import Values

extension Routine {
  /// When it is due after `last`; nil when it comes after something that has not happened since.
  ///
  /// Days are those of its zone's calendar, whatever clocks do: a day of 23 hours is one, and a time of day that clocks
  /// skip is due when they jump. Durations are real time. A month that is too short has its last day instead.
  ///
  /// - Parameters:
  ///   - last: when it was done, or when counting began.
  ///   - occasions: when each happened last.
  package func due(after last: Instant, in zone: Zone, occasions: [Occasion: Instant] = [:]) -> Instant? {
    switch recurrence {
    case .every(let span): return last + span
    case .days(let count): return day(count, after: last, in: zone)
    case .months(let count): return month(count, after: last, in: zone)
    case .after(let occasion): return occasions[occasion].flatMap { $0 > last ? $0 : nil }
    case .weekly, .monthlyDay, .monthlyWeekday, .cron, .once, .onceByClock:
      return MaintenanceWindow(
        title: title, recurrence: recurrence, duration: .zero, zone: self.zone, endpoints: [], matchers: []
      ).nextStart(after: last, in: zone)
    }
  }

  /// About how long from one time to the next: how late is very late.
  package var period: Span {
    switch recurrence {
    case .every(let span): span
    case .days(let count): .days(Int64(count))
    case .months(let count): .days(Int64(count) * 30)
    case .weekly(let day, _): .days(day == nil ? 1 : 7)
    case .monthlyDay, .monthlyWeekday: .days(30)
    case .after, .cron, .once, .onceByClock: .days(1)
    }
  }

  private func day(_ count: Int, after last: Instant, in zone: Zone) -> Instant {
    let days = zone.civil(at: last).daysSinceEpoch + count
    return shown(CivilTime(Instant(milliseconds: Int64(days) * 86_400_000)), in: zone)
  }

  private func month(_ count: Int, after last: Instant, in zone: Zone) -> Instant {
    var date = zone.civil(at: last)
    let months = date.year * 12 + date.month - 1 + count
    (date.year, date.month) = (months / 12, months % 12 + 1)
    date.day = min(date.day, CivilTime.days(inMonth: date.month, ofYear: date.year))
    return shown(date, in: zone)
  }

  /// That day at the routine's time of day.
  private func shown(_ day: CivilTime, in zone: Zone) -> Instant {
    let minute = at ?? 0
    return zone.showing(
      CivilTime(
        year: day.year, month: day.month, day: day.day, hour: minute / 60, minute: minute % 60)
    ).first
  }
}
