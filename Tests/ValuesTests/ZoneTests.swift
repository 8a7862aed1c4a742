import Foundation
import Testing

@testable import Values

/// Against the zone files of the host, where it has them.
struct ZoneTests {
  private func zone(_ name: String) throws -> Zone? {
    guard let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)") else { return nil }
    let zone: Zone = try #require(Zone(name: name, tzif: Array(data)))
    return zone
  }

  private func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

  @Test(arguments: [
    ("Europe/Berlin", "2026-01-15T12:00:00Z", 3600), ("Europe/Berlin", "2026-07-15T12:00:00Z", 7200),
    ("Europe/Berlin", "2026-03-29T00:59:59Z", 3600), ("Europe/Berlin", "2026-03-29T01:00:00Z", 7200),
    ("Europe/Berlin", "2026-10-25T00:59:59Z", 7200), ("Europe/Berlin", "2026-10-25T01:00:00Z", 3600),
    // Beyond every table: the rule at the end of the file.
    ("Europe/Berlin", "2090-07-15T12:00:00Z", 7200), ("Europe/Berlin", "2090-12-15T12:00:00Z", 3600),
    ("Europe/Berlin", "1980-04-06T00:59:59Z", 3600), ("Europe/Berlin", "1980-04-06T01:00:00Z", 7200),
    ("America/New_York", "2026-03-08T06:59:59Z", -18_000),
    ("America/New_York", "2026-03-08T07:00:00Z", -14_400),
    // Half an hour, in a summer that goes over the new year.
    ("Australia/Lord_Howe", "2026-01-15T00:00:00Z", 39_600),
    ("Australia/Lord_Howe", "2026-04-04T14:59:59Z", 39_600),
    ("Australia/Lord_Howe", "2026-04-04T15:00:00Z", 37_800),
    ("Australia/Lord_Howe", "2060-01-15T00:00:00Z", 39_600),
    ("Asia/Kathmandu", "2026-05-05T00:00:00Z", 20_700),
    ("Europe/Dublin", "2026-07-15T12:00:00Z", 3600), ("Europe/Dublin", "2050-01-15T12:00:00Z", 0),
  ])
  func knowsTheOffset(_ name: String, _ at: String, _ offset: Int) throws {
    guard let zone = try zone(name) else { return }
    #expect(try zone.offset(at: instant(at)) == offset)
  }

  @Test(arguments: [
    ("Europe/Berlin", 2026, 3, 29, 1, 30, ["2026-03-29T00:30:00.000Z"]),
    ("Europe/Berlin", 2026, 3, 29, 2, 30, ["skipped", "2026-03-29T01:00:00.000Z"]),
    ("Europe/Berlin", 2026, 3, 29, 3, 0, ["2026-03-29T01:00:00.000Z"]),
    ("Europe/Berlin", 2026, 10, 25, 2, 30, ["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"]),
    ("Europe/Berlin", 2026, 10, 25, 3, 0, ["2026-10-25T02:00:00.000Z"]),
    ("America/New_York", 2026, 11, 1, 1, 15, ["2026-11-01T05:15:00.000Z", "2026-11-01T06:15:00.000Z"]),
    ("Australia/Lord_Howe", 2026, 10, 4, 2, 15, ["skipped", "2026-10-03T15:30:00.000Z"]),
    ("Australia/Lord_Howe", 2026, 4, 5, 1, 45, ["2026-04-04T14:45:00.000Z", "2026-04-04T15:15:00.000Z"]),
    // The day that Samoa left out when it went to the other side of the date line.
    ("Pacific/Apia", 2011, 12, 30, 12, 0, ["skipped", "2011-12-30T10:00:00.000Z"]),
  ])
  func knowsWhenClocksShowATime(
    _ name: String, _ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int, _ expected: [String]
  ) throws {
    guard let zone = try zone(name) else { return }
    let shown: [String] =
      switch zone.showing(CivilTime(year: year, month: month, day: day, hour: hour, minute: minute)) {
      case .once(let instant): [instant.rfc3339]
      case .twice(let first, let second): [first.rfc3339, second.rfc3339]
      case .never(let jump): ["skipped", jump.rfc3339]
      }
    #expect(shown == expected)
  }

  /// Every instant shows a time that leads back to it.
  @Test(arguments: ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
  func leadsBack(_ name: String) throws {
    guard let zone = try zone(name) else { return }
    let start = try instant("2026-01-01T00:00:00Z")
    for step in 0..<(366 * 12) {
      let now = start + .minutes(Int64(step) * 120)
      switch zone.showing(zone.civil(at: now)) {
      case .once(let instant): #expect(instant == now)
      case .twice(let first, let second): #expect(first == now || second == now)
      case .never: Issue.record("\(now) shows a time that there is not in \(name)")
      }
    }
  }

  @Test(arguments: [
    ("UTC0", 0, 0), ("CET-1CEST,M3.5.0,M10.5.0/3", 3600, 7200),
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 37_800, 39_600),
    ("EST5EDT,J60/0,J300/0", -18_000, -14_400), ("XXX3YYY,59,299", -10_800, -7200),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", 3600, 0),
  ])
  func readsTheRuleOfLaterYears(_ text: String, _ standard: Int, _ summer: Int) throws {
    let rule = try #require(DaylightRule(text))
    #expect(rule.standard == standard)
    #expect(rule.summer?.offset ?? standard == (rule.summer == nil ? standard : summer))
  }

  @Test(arguments: [
    "", "X", "CET", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
    "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J5", "CET-168", "<+1", "CET-1CEST,M3.5.0,M10.5.0 ",
  ])
  func refusesWhatIsNoRule(_ text: String) { #expect(DaylightRule(text) == nil) }

  /// No beginning, and no byte that is another, may end the process.
  @Test func survivesBrokenFiles() throws {
    let path = "/usr/share/zoneinfo/Europe/Berlin"
    guard let bytes = FileManager.default.contents(atPath: path).map(Array.init) else { return }
    for count in 0..<bytes.count {
      _ = Zone(name: "x", tzif: Array(bytes.prefix(count)))?.offset(at: .init(milliseconds: 0))
    }
    for index in bytes.indices {
      for value in [UInt8(0), 0x7f, 0xff] {
        var broken = bytes
        broken[index] = value
        guard let zone = Zone(name: "x", tzif: broken) else { continue }
        _ = zone.showing(CivilTime(year: 2026, month: 3, day: 29, hour: 2, minute: 30))
      }
    }
  }

  @Test(arguments: [
    (2, 2, 11, 2026, 10), (-1, 0, 3, 2026, 29), (1, 0, 2, 2026, 1), (5, 1, 2, 2026, nil),
    (-1, 6, 2, 2028, 26),
  ])
  func countsWeekdays(_ nth: Int, _ weekday: Int, _ month: Int, _ year: Int, _ day: Int?) {
    #expect(CivilTime.day(nth: nth, weekday: weekday, month: month, year: year) == day)
  }
}
