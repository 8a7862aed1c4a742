import Incidents
import Testing
import Values

@Suite struct NoteTimeTests {
  static let now = Instant(rfc3339: "2026-11-21T03:12:45Z") ?? Instant(milliseconds: 0)

  @Test(arguments: [
    ("-12m", "2026-11-21T03:00:45Z"), ("-1h30m", "2026-11-21T01:42:45Z"), ("03:05Z", "2026-11-21T03:05:00Z"),
    ("3:05Z", "2026-11-21T03:05:00Z"), ("05:05", "2026-11-21T03:05:00Z"), ("14:03Z", "2026-11-20T14:03:00Z"),
    ("14:03:20Z", "2026-11-20T14:03:20Z"), ("yesterday 23:50", "2026-11-20T21:50:00Z"),
    ("Yesterday 23:50Z", "2026-11-20T23:50:00Z"), ("today 01:00Z", "2026-11-21T01:00:00Z"),
    ("2026-11-19 10:00Z", "2026-11-19T10:00:00Z"), ("2026-11-19 10:00", "2026-11-19T08:00:00Z"),
    ("2026-11-21T03:00:00Z", "2026-11-21T03:00:00Z"),
  ])
  func reads(_ text: String, _ wanted: String) {
    #expect(NoteTime.instant(text, at: Self.now, offset: 7200) == Instant(rfc3339: wanted))
  }

  @Test(arguments: [
    "", "12m", "-", "-0", "24:00Z", "12:60", "12:3", "noon", "yesterday", "2026-13-01 10:00Z", "a:bc",
    "-12m now",
  ])
  func refuses(_ text: String) {
    #expect(NoteTime.instant(text, at: Self.now) == nil)
  }

  /// Just after midnight, a late hour was yesterday's.
  @Test func aTimeOfDayIsTheLatestOneThatIsPast() {
    let midnight = Instant(rfc3339: "2026-11-21T00:10:00Z") ?? Self.now
    #expect(NoteTime.instant("23:50Z", at: midnight) == Instant(rfc3339: "2026-11-20T23:50:00Z"))
  }

  @Test(arguments: [
    ("-12m pods restarted", "2026-11-21T03:00:45Z", "pods restarted"),
    ("  yesterday 23:50Z  first complaint", "2026-11-20T23:50:00Z", "first complaint"),
    ("03:05Z", "2026-11-21T03:05:00Z", ""),
  ])
  func splits(_ text: String, _ wanted: String, _ words: String) {
    let split = NoteTime.split(text, at: Self.now)
    #expect(split.occurred == Instant(rfc3339: wanted))
    #expect(split.words == words)
  }

  @Test(arguments: [
    ("-12m..-2m queue stood still", "2026-11-21T03:00:45Z", "2026-11-21T03:10:45Z"),
    ("03:05Z..03:10:30Z queue stood still", "2026-11-21T03:05:00Z", "2026-11-21T03:10:30Z"),
    ("-5m..now queue stood still", "2026-11-21T03:07:45Z", "2026-11-21T03:12:45Z"),
  ])
  func splitsSpans(_ text: String, _ began: String, _ ended: String) {
    let split = NoteTime.split(text, at: Self.now)
    #expect(split.occurred == Instant(rfc3339: began) && split.ended == Instant(rfc3339: ended))
    #expect(split.words == "queue stood still")
  }

  @Test(arguments: [
    "errors at 14:03Z", "-2m..-12m backwards", "-2m..", "..now", "1..2", "- 12m", "yesterday it worked", "",
  ])
  func leavesOtherWordsAlone(_ text: String) {
    let split = NoteTime.split(text, at: Self.now)
    #expect(split.occurred == nil && split.ended == nil)
    #expect(split.words == text)
  }
}
