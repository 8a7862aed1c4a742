import Incidents
import Testing
import Values

@Suite struct ComingTimeTests {
  static let now = Instant(rfc3339: "2026-11-21T22:30:15Z") ?? Instant(milliseconds: 0)

  /// What is typed, how many seconds local clocks are ahead, and what it means.
  @Test(arguments: [
    ("2h", 0, "2026-11-22T00:30:15.000Z"), ("+30m", 0, "2026-11-21T23:00:15.000Z"),
    ("1d", 0, "2026-11-22T22:30:15.000Z"),
    ("now", 0, "2026-11-21T22:30:15.000Z"),
    ("23:00", 0, "2026-11-21T23:00:00.000Z"), ("22:30", 0, "2026-11-22T22:30:00.000Z"),
    ("06:00Z", 3600, "2026-11-22T06:00:00.000Z"), ("06:00", 3600, "2026-11-22T05:00:00.000Z"),
    // Here it is the next day already: 00:15 is in 45 minutes.
    ("00:15", 3600, "2026-11-21T23:15:00.000Z"), ("00:15", 7200, "2026-11-22T22:15:00.000Z"),
    ("tomorrow 06:00", 0, "2026-11-22T06:00:00.000Z"), ("tomorrow 06:00", 7200, "2026-11-23T04:00:00.000Z"),
    ("tomorrow 06:00 UTC", 7200, "2026-11-22T06:00:00.000Z"), ("23:00 UTC", 7200, "2026-11-21T23:00:00.000Z"),
    ("today 23:59Z", 7200, "2026-11-21T23:59:00.000Z"),
    ("2026-12-24 18:00", 3600, "2026-12-24T17:00:00.000Z"),
    ("2026-12-24 18:00Z", 3600, "2026-12-24T18:00:00.000Z"),
    ("2026-12-24T18:00:00+01:00", 0, "2026-12-24T17:00:00.000Z"), ("  2h ", 0, "2026-11-22T00:30:15.000Z"),
  ])
  func readsWhatPeopleWrite(_ text: String, _ offset: Int, _ meant: String) {
    #expect(ComingTime.instant(text, at: Self.now, offset: offset)?.rfc3339 == meant)
  }

  @Test func countsFromTheStart() {
    let start = Self.now + .hours(5)
    #expect(ComingTime.instant("2h", from: start, at: Self.now) == start + .hours(2))
    #expect(
      ComingTime.instant("03:00Z", from: start, at: Self.now) == Instant(rfc3339: "2026-11-23T03:00:00Z"))
  }

  @Test(arguments: [
    "", "0", "0s", "-2h", "soon", "24:00", "6:5", "06:00:00", "tomorrow", "tomorrow 2h", "2026-13-01 06:00",
    "1h 2h 3h", "UTC", "2h UTC", "06:00Z UTC", "tomorrow UTC",
    "99999999999999999999y", "::", "06:60", "६:००",
  ])
  func refusesTheRest(_ text: String) { #expect(ComingTime.instant(text, at: Self.now) == nil) }
}
