import Incidents
import TestSupport
import Values

@testable import Desk

/// Makes calendars, plans and histories of tickets by a seed: odd hours, zones that set their clocks, holidays,
/// pauses over each other, changes of severity, often about the days on which clocks are set.
struct CaseMaker {
  struct Case: Encodable, Sendable {
    let plan: ClockPlan
    let history: ClockHistory
    let now: Instant
    let clock: TicketClock
  }

  static let zones = [
    "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "UTC",
    "Europe/London", "America/St_Johns", "Pacific/Auckland", "America/Sao_Paulo", "Africa/Cairo",
    "Pacific/Chatham", "America/Santiago", "Asia/Tehran",
  ].filter { HostZones.zone($0) != nil }

  static let known = Dictionary(
    uniqueKeysWithValues: zones.compactMap { name in HostZones.zone(name).map { (name, $0) } })

  private static let offsetChanges = known.mapValues { zone in
    let first = CivilTime(year: 2024, month: 1, day: 1).instant()
    return (0..<1800).map { first + .days($0) }.filter {
      zone.offset(at: $0) != zone.offset(at: $0 + .days(1))
    }
  }

  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  mutating func instant() -> Instant {
    CivilTime(year: 2024, month: 1, day: 1).instant()
      + .milliseconds(
        .random(in: 0..<1800 * 86_400_000, using: &random))
  }

  /// Somewhere in the days after `start`, in whole seconds as often as not.
  private mutating func later(than start: Instant, days: ClosedRange<Double>) -> Instant {
    let milliseconds = Int64(Double.random(in: days, using: &random) * 86_400_000)
    let instant = start + .milliseconds(milliseconds)
    if chance(20) { return Instant(milliseconds: instant.milliseconds / 900_000 * 900_000) }
    return chance(50) ? instant.wholeSecond : instant
  }

  private mutating func minute() -> Int {
    if chance(30) { return Int.random(in: 0...16, using: &random) * 15 }
    return chance(50) ? Int.random(in: 0..<96, using: &random) * 15 : Int.random(in: 0..<1440, using: &random)
  }

  private mutating func calendar(_ name: String, near start: Instant) -> BusinessCalendar {
    let hours = (0..<Int.random(in: chance(3) ? 0...0 : 1...4, using: &random)).map { _ in
      let days = (0..<7).filter { _ in chance(60) }
      let from = minute()
      return BusinessCalendar.Hours(days: days, from: from, until: chance(10) ? 1440 : minute())
    }
    let holidays = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      String(later(than: start, days: -3...30).rfc3339.prefix(10))
    }
    return BusinessCalendar(
      name: name, zone: Self.zones.randomElement(using: &random), hours: hours, holidays: holidays)
  }

  mutating func hours() -> WorkingHours {
    let calendar = calendar("c", near: instant())
    return WorkingHours(calendar, zone: calendar.zone.flatMap { Self.known[$0] } ?? .utc)
  }

  private mutating func target() -> Span? {
    if chance(10) { return nil }
    if chance(3) { return .zero }
    // A quarter of it is whole seconds.
    return chance(50)
      ? .minutes(.random(in: 1...600, using: &random)) : .seconds(4 * .random(in: 1...60_000, using: &random))
  }

  mutating func next() -> Case {
    var start = instant()
    if chance(60), let name = Self.zones.randomElement(using: &random),
      let change = Self.offsetChanges[name]?.randomElement(using: &random)
    {
      start = later(than: change, days: -4...1)
    }
    var plan = ClockPlan()
    plan.calendars = [calendar("a", near: start), calendar("b", near: start)]
    plan.targets = Severity.allCases.map { severity in
      let calendar = ["a", "b", "a", "b", "24x7", nil].randomElement(using: &random) ?? nil
      return ClockPlan.Targets(
        severity: severity, respond: target(), mitigate: target(), resolve: target(), calendar: calendar)
    }
    plan.warnsAt = [0.25, 0.25, 0.5, 0, 1].randomElement(using: &random) ?? 0.25
    return Case(
      plan: plan, history: history(from: start), now: later(than: start, days: -0.1...25),
      clock: TicketClock.allCases.randomElement(using: &random) ?? .respond)
  }

  private mutating func history(from start: Instant) -> ClockHistory {
    var history = ClockHistory(started: start, severity: severity())
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      history.changeSeverity(to: severity(), at: later(than: start, days: -0.1...15))
    }
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let why = ["pending_user", "third_party", "INC-3", "resolved"].randomElement(using: &random) ?? ""
      let from = later(than: start, days: -1...15)
      history.pause(for: why, at: from)
      if chance(93) { history.resume(from: why, at: later(than: from, days: 0...(chance(50) ? 0.3 : 4))) }
    }
    for clock in TicketClock.allCases where chance(20) {
      history.met[clock.rawValue] = later(than: start, days: -0.1...15)
    }
    return history
  }

  private mutating func severity() -> Severity { Severity.allCases.randomElement(using: &random) ?? .s3 }
}
