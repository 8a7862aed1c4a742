import Foundation
import Incidents
import Systems
import Testing
import Values

/// When routines are due, in Berlin: clocks go forward on 2026-03-29 at 02:00, and back on 2026-10-25 at 03:00.
struct RoutineCalendarTests {
  private static let berlin: Zone = {
    let bytes =
      FileManager.default.contents(atPath: "/usr/share/zoneinfo/Europe/Berlin").map(Array.init) ?? []
    return Zone(name: "Europe/Berlin", tzif: bytes) ?? .utc
  }()

  private static func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

  @Test(
    .enabled(if: berlin != .utc, "tzdata is not installed"),
    arguments: [
      // Daily at 08:00: done at night, done early, over both changes of the clocks.
      ("daily 08:00", "2026-11-21T02:00:00Z", "2026-11-21T07:00:00Z"),
      ("daily 08:00", "2026-11-21T07:00:00Z", "2026-11-22T07:00:00Z"),
      ("daily 08:00", "2026-03-28T10:00:00Z", "2026-03-29T06:00:00Z"),
      ("daily 08:00", "2026-10-24T10:00:00Z", "2026-10-25T07:00:00Z"),
      // A time that clocks skip is due when they jump; one that they show twice, the first time.
      ("nightly 02:30", "2026-03-28T10:00:00Z", "2026-03-29T01:00:00Z"),
      ("nightly 02:30", "2026-10-24T10:00:00Z", "2026-10-25T00:30:00Z"),
      ("nightly", "2026-11-21T10:00:00Z", "2026-11-22T01:00:00Z"),
      // Weeks and months are the calendar's: 167 hours in March, 169 in October.
      ("weekly 09:00", "2026-03-23T08:00:00Z", "2026-03-30T07:00:00Z"),
      ("weekly 09:00", "2026-10-19T07:00:00Z", "2026-10-26T08:00:00Z"),
      ("weekly", "2026-11-21T22:59:00Z", "2026-11-27T23:00:00Z"),
      ("monthly", "2026-01-31T10:00:00Z", "2026-02-27T23:00:00Z"),
      ("monthly 12:00", "2028-01-31T10:00:00Z", "2028-02-29T11:00:00Z"),
      ("quarterly", "2026-11-30T12:00:00Z", "2027-02-27T23:00:00Z"),
      ("semiannual", "2026-08-31T12:00:00Z", "2027-02-27T23:00:00Z"),
      ("yearly", "2028-02-29T12:00:00Z", "2029-02-27T23:00:00Z"),
      // Durations are real time.
      ("4h", "2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z"),
      ("30m", "2026-03-29T00:45:00Z", "2026-03-29T01:15:00Z"),
      ("Mon 08:00", "2026-11-21T02:00:00Z", "2026-11-23T07:00:00Z"),
      ("last Fri 16:00", "2026-11-21T02:00:00Z", "2026-11-27T15:00:00Z"),
    ])
  func due(_ every: String, _ last: String, _ expected: String) throws {
    let words = every.split(separator: " ").map(String.init)
    let isKeyword = ["nightly", "weekly", "monthly", "quarterly", "semiannual", "yearly"].contains(words[0])
    let at = isKeyword && words.count > 1 ? ", at: \"\(words[1])\"" : ""
    let text = isKeyword ? words[0] : every
    let (system, problems) = SystemFolder.read(
      "title: T\nroutines: [{title: R, every: \(text)\(at), zone: Europe/Berlin}]\n")
    try #require(problems.isEmpty, "\(problems)")
    let routine = try #require(system.routines.first)
    let due = routine.due(after: try Self.instant(last), in: Self.berlin)
    #expect(due == (try Self.instant(expected)), "\(due?.rfc3339 ?? "never")")
  }

  @Test func afterSomethingThatHappened() throws {
    let (system, problems) = SystemFolder.read("title: T\nroutines: [{title: R, after: deployment}]\n")
    try #require(problems.isEmpty, "\(problems)")
    let routine = try #require(system.routines.first)
    let done = try Self.instant("2026-11-20T10:00:00Z")
    #expect(routine.due(after: done, in: .utc) == nil)
    #expect(routine.due(after: done, in: .utc, occasions: [.incident: done + .hours(1)]) == nil)
    #expect(routine.due(after: done, in: .utc, occasions: [.deployment: done - .hours(1)]) == nil)
    #expect(
      routine.due(after: done, in: .utc, occasions: [.deployment: done + .hours(1)]) == done + .hours(1))
  }

  /// Whenever it was done, it is due later, and no later than its period and the length of a day or three.
  @Test func dueIsAlwaysLater() throws {
    let all: [Recurrence] = [
      .days(7), .months(1), .months(3), .months(6), .months(12), .every(.hours(4)),
      .weekly(day: nil, minute: 150),
    ]
    var instant = try Self.instant("2026-01-01T00:00:00Z")
    for step in 0..<2000 {
      instant = instant + .minutes(Int64(200 + step % 77))
      for recurrence in all {
        let routine = Routine(title: "R", recurrence: recurrence, at: 150)
        let due = try #require(routine.due(after: instant, in: Self.berlin))
        #expect(due > instant, "\(recurrence) after \(instant.rfc3339)")
        let most = recurrence == .months(12) ? Span.days(367) : routine.period + .days(5)
        #expect(due - instant <= most, "\(recurrence) after \(instant.rfc3339)")
      }
    }
  }
}
