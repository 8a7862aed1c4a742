import Foundation
import Testing
import Values

@testable import Systems

/// When windows take place, over the days on which clocks are set.
struct MaintenanceCalendarTests {
  private func zone(_ name: String) -> Zone? {
    if name == "UTC" { return .utc }
    return FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)")
      .flatMap { Zone(name: name, tzif: Array($0)) }
  }

  private func window(_ keys: String, location: SourceLocation = #_sourceLocation) throws -> MaintenanceWindow
  {
    let yaml = "title: Shop\nmaintenance:\n  - {title: Window, \(keys)}\n"
    let (folder, problems) = SystemFolder.load(
      Folder(name: "shop", files: ["system.yaml": yaml]), environment: [:], zones: zone)
    try #require(problems.isEmpty, "\(problems)", sourceLocation: location)
    return try #require(folder.maintenance.first, sourceLocation: location)
  }

  private func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

  /// The window's keys, from when to look, and its next beginnings in UTC.
  @Test(arguments: [
    // Clocks go forward at 02:00 to 03:00: the window begins as they jump, and is as long as ever.
    (
      "every: Sun 02:30, for: 2h, zone: Europe/Berlin", "2026-03-21T00:00:00Z",
      ["2026-03-22T01:30:00.000Z", "2026-03-29T01:00:00.000Z", "2026-04-05T00:30:00.000Z"]
    ),
    // Clocks go back at 03:00 to 02:00: the first half past two counts.
    (
      "every: daily 02:30, for: 1h, zone: Europe/Berlin", "2026-10-24T00:31:00Z",
      ["2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z"]
    ),
    (
      "every: daily 01:30, for: 1h, zone: America/New_York", "2026-11-01T00:00:00Z",
      ["2026-11-01T05:30:00.000Z", "2026-11-02T06:30:00.000Z"]
    ),
    (
      "every: daily 02:15, for: 1h, zone: America/New_York", "2026-03-07T12:00:00Z",
      ["2026-03-08T07:00:00.000Z", "2026-03-09T06:15:00.000Z"]
    ),
    (
      "every: daily 02:15, for: 1h, zone: Australia/Lord_Howe", "2026-10-02T16:00:00Z",
      ["2026-10-03T15:30:00.000Z", "2026-10-04T15:15:00.000Z"]
    ),
    // At hours that the clocks give, each real hour counts once: none in the gap, both in the fold.
    (
      "cron: '30 * * * *', for: 10m, zone: Europe/Berlin", "2026-03-29T00:00:00Z",
      ["2026-03-29T00:30:00.000Z", "2026-03-29T01:30:00.000Z", "2026-03-29T02:30:00.000Z"]
    ),
    (
      "cron: '30 * * * *', for: 10m, zone: Europe/Berlin", "2026-10-25T00:00:00Z",
      ["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z", "2026-10-25T02:30:00.000Z"]
    ),
    (
      "cron: '0 3 1 * *', for: 90m", "2026-11-21T00:00:00Z",
      ["2026-12-01T03:00:00.000Z", "2027-01-01T03:00:00.000Z"]
    ),
    ("cron: '0 3 29 2 *', for: 1h", "2096-03-01T00:00:00Z", ["2104-02-29T03:00:00.000Z"]),
    // Both day fields given: either does; one of them with a star: both must.
    (
      "cron: '0 4 13 * fri', for: 1h", "2026-11-12T05:00:00Z",
      ["2026-11-13T04:00:00.000Z", "2026-11-20T04:00:00.000Z"]
    ),
    ("cron: '0 4 */2 * sun', for: 1h", "2026-11-01T05:00:00Z", ["2026-11-15T04:00:00.000Z"]),
    (
      "cron: '15,45 8-9 * jan-feb 7', for: 5m", "2026-12-31T00:00:00Z",
      ["2027-01-03T08:15:00.000Z", "2027-01-03T08:45:00.000Z"]
    ),
    ("every: monthly 22:00, for: 1h", "2026-11-21T00:00:00Z", ["2026-12-01T22:00:00.000Z"]),
    (
      "every: monthly 31 22:00, for: 1h", "2026-11-01T00:00:00Z",
      ["2026-12-31T22:00:00.000Z", "2027-01-31T22:00:00.000Z", "2027-03-31T22:00:00.000Z"]
    ),
    ("every: monthly last 22:00, for: 1h", "2028-02-01T00:00:00Z", ["2028-02-29T22:00:00.000Z"]),
    (
      "every: second Tue 22:00, for: 1h", "2026-11-01T00:00:00Z",
      ["2026-11-10T22:00:00.000Z", "2026-12-08T22:00:00.000Z"]
    ),
    (
      "every: last Sun 02:30, for: 1h, zone: Europe/Berlin", "2026-10-01T00:00:00Z",
      ["2026-10-25T00:30:00.000Z"]
    ),
    ("at: 2026-12-05T22:00:00Z, for: 4h", "2026-11-21T00:00:00Z", ["2026-12-05T22:00:00.000Z"]),
    (
      "at: '2026-07-05 22:00', for: 4h, zone: Europe/Berlin", "2026-06-21T00:00:00Z",
      ["2026-07-05T20:00:00.000Z"]
    ),
  ])
  func beginsWhenItsClocksSaySo(_ keys: String, _ from: String, _ expected: [String]) throws {
    let window = try window(keys)
    guard let zone = zone(window.zone ?? "UTC") else { return }
    var now = try instant(from)
    for wanted in expected {
      let start = try #require(window.nextStart(after: now, in: zone))
      #expect(start.rfc3339 == wanted)
      now = start
    }
  }

  /// The window's keys, an instant, and when the occurrence that holds then ends; nil when none holds.
  @Test(arguments: [
    // Two real hours, over the gap and over the fold.
    ("every: Sun 01:30, for: 2h, zone: Europe/Berlin", "2026-03-29T02:29:59Z", "2026-03-29T02:30:00.000Z"),
    ("every: Sun 01:30, for: 2h, zone: Europe/Berlin", "2026-03-29T02:30:00Z", nil),
    ("every: Sun 01:30, for: 2h, zone: Europe/Berlin", "2026-10-25T01:15:00Z", "2026-10-25T01:30:00.000Z"),
    ("every: Sun 01:30, for: 2h, zone: Europe/Berlin", "2026-10-25T01:30:00Z", nil),
    // Over midnight, and over the end of the month.
    ("every: Sat 23:00, for: 3h", "2026-11-22T01:59:00Z", "2026-11-22T02:00:00.000Z"),
    ("every: monthly last 23:30, for: 2h", "2026-12-01T01:00:00Z", "2026-12-01T01:30:00.000Z"),
    ("every: Sat 23:00, for: 3h, zone: America/New_York", "2026-11-22T06:59:00Z", "2026-11-22T07:00:00.000Z"),
    (
      "every: daily 23:30, for: 2h, zone: Australia/Lord_Howe", "2026-04-04T14:20:00Z",
      "2026-04-04T14:30:00.000Z"
    ),
    // One that begins anew before it is over never ends.
    ("every: daily 02:00, for: 30h", "2026-11-22T01:59:00Z", "2026-11-22T08:00:00.000Z"),
    ("every: daily 02:00, for: 30h", "2026-11-22T02:00:00Z", "2026-11-23T08:00:00.000Z"),
    ("at: 2026-12-05T22:00:00Z, for: 4h", "2026-12-05T22:00:00Z", "2026-12-06T02:00:00.000Z"),
    ("at: 2026-12-05T22:00:00Z, for: 4h", "2026-12-05T21:59:59Z", nil),
    ("at: 2026-12-05T22:00:00Z, for: 4h", "2026-12-06T02:00:00Z", nil),
    (
      "at: '2026-03-29 02:30', for: 1h, zone: Europe/Berlin", "2026-03-29T01:00:00Z",
      "2026-03-29T02:00:00.000Z"
    ),
  ])
  func lastsAsLongAsItSays(_ keys: String, _ at: String, _ end: String?) throws {
    let window = try window(keys)
    guard let zone = zone(window.zone ?? "UTC") else { return }
    #expect(try window.occurrence(at: instant(at), in: zone)?.end.rfc3339 == end)
  }

  /// What is told of a window's state and of its next beginning fits together at every instant.
  @Test(arguments: [
    "every: daily 02:30, for: 45m, zone: Europe/Berlin", "every: Sun 23:30, for: 5h, zone: America/New_York",
    "cron: '*/20 1-3 * * *', for: 7m, zone: Australia/Lord_Howe",
    "cron: '0 * * * *', for: 10m, zone: Europe/Berlin",
  ])
  func stateAndNextBeginningAgree(_ keys: String) throws {
    let window = try window(keys)
    guard let zone = zone(window.zone ?? "UTC") else { return }
    for day in ["2026-03-07", "2026-03-28", "2026-04-04", "2026-10-03", "2026-10-24", "2026-10-31"] {
      let start = try instant("\(day)T00:00:00Z")
      var next = try #require(window.nextStart(after: start - .days(8), in: zone))
      var latest: Instant?
      for minute in 0..<(3 * 24 * 60) {
        let now = start + .minutes(Int64(minute))
        while next <= now {
          latest = next
          next = try #require(window.nextStart(after: next, in: zone))
        }
        let isHeld = latest.map { now < $0 + window.duration } ?? false
        #expect((window.occurrence(at: now, in: zone) != nil) == isHeld, "\(keys) at \(now)")
      }
    }
  }

  @Test(arguments: [
    "0 3 1 *", "60 3 1 * *", "0 24 * * *", "0 3 0 * *", "0 3 1 13 *", "0 3 * * 8", "*/0 * * * *",
    "5/15 * * * *",
    "5-1 * * * *", "0 3 31 2 *", "0 3 30 feb *", "a * * * *", "0 3 1 * * *", "", "0,,5 * * * *", "٣ * * * *",
  ])
  func refusesWhatNoCrontabHas(_ text: String) { #expect(Cron(text) == nil) }

  @Test(arguments: [
    ("every: Sonntag 02:00, for: 2h", "every cannot be"),
    ("every: monthly 32 02:00, for: 2h", "every cannot be"),
    ("every: fifth Sun 02:00, for: 2h", "every cannot be"), ("at: yesterday, for: 2h", "at cannot be"),
    ("cron: '0 3 31 2 *', for: 2h", "cron cannot be"),
    ("every: Sun 02:00, for: 2h, zone: Europe/Pariss", "there is no time zone"),
    ("every: Sun 02:00, at: 2026-12-05T22:00:00Z, for: 2h", "exactly one of"),
  ])
  func saysWhatIsWrong(_ keys: String, _ what: String) {
    let yaml = "title: Shop\nmaintenance:\n  - {title: Window, \(keys)}\n"
    let (_, problems) = SystemFolder.load(
      Folder(name: "shop", files: ["system.yaml": yaml]), environment: [:], zones: zone)
    #expect(problems.count == 1)
    #expect(problems.first?.what.contains(what) == true, "\(problems)")
  }
}
