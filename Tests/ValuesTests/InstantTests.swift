import Testing
import Values

@Suite struct InstantTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00.000Z", 0), ("2026-11-21T03:08:33.120Z", 1_795_230_513_120),
      ("2000-02-29T23:59:59.999Z", 951_868_799_999), ("1969-12-31T23:59:59.999Z", -1),
    ] as [(String, Int64)])
  func textAndNumberAgree(text: String, milliseconds: Int64) {
    #expect(Instant(milliseconds: milliseconds).rfc3339 == text)
    #expect(Instant(rfc3339: text) == Instant(milliseconds: milliseconds))
  }

  @Test(arguments: [
    ("2026-11-21T05:08:33+02:00", "2026-11-21T03:08:33.000Z"),
    ("2026-11-21t03:08:33.1239z", "2026-11-21T03:08:33.123Z"),
    ("2026-11-20T22:38:33-04:30", "2026-11-21T03:08:33.000Z"),
  ])
  func offsetsAndFractionsAreRead(text: String, canonical: String) {
    #expect(Instant(rfc3339: text)?.rfc3339 == canonical)
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T03:08:33", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
    "2026-11-21T24:00:00Z", "2026-11-21T03:08:60Z", "2026-11-21T03:08:33.Z", "2026-11-21T03:08:33Zx",
    "2026-11-21T03:08:33+25:00",
  ])
  func otherTextIsNoInstant(text: String) {
    #expect(Instant(rfc3339: text) == nil)
  }

  @Test func everyDayOfFourCenturiesSurvivesTheCalendar() {
    var day = CivilTime(year: 1900, month: 1, day: 1).daysSinceEpoch
    let last = CivilTime(year: 2300, month: 12, day: 31).daysSinceEpoch
    var previous: CivilTime?
    while day <= last {
      let civil = CivilTime(Instant(milliseconds: Int64(day) * 86_400_000))
      #expect(civil.isValid && civil.daysSinceEpoch == day)
      if let previous, civil.day != 1 { #expect(civil.day == previous.day + 1) }
      previous = civil
      day += 1
    }
  }

  @Test func arithmeticSaturates() {
    #expect(Instant(milliseconds: .max) + .days(1) == Instant(milliseconds: .max))
    #expect(Instant(milliseconds: .min) - .days(1) == Instant(milliseconds: .min))
  }
}
