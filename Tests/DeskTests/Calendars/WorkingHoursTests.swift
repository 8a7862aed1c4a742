import Testing
import Values

@testable import Desk

@Suite(.enabled(if: HostZones.areThere, "this host has no time zones in /usr/share/zoneinfo"))
struct WorkingHoursTests {
  private static let kinds: [(String, WorkingHours.Stretch.Kind)] = [
    ("2026-11-23T07:59:59.999Z", WorkingHours.Stretch.Kind.closed), ("2026-11-23T08:00Z", .open),
    ("2026-11-23T11:29:59.999Z", .open), ("2026-11-23T11:30Z", .closed), ("2026-11-23T12:29:59Z", .closed),
    ("2026-11-23T12:30Z", .open), ("2026-11-23T16:59:59.999Z", .open), ("2026-11-23T17:00Z", .closed),
    ("2026-11-22T10:00Z", .closed), ("2026-12-25T09:00Z", .holiday), ("2026-12-24T22:59:59Z", .closed),
    ("2026-12-24T23:00Z", .holiday), ("2026-12-25T22:59:59Z", .holiday), ("2026-12-25T23:00Z", .closed),
    // In summer the same hours are an hour earlier.
    ("2026-07-20T06:59:59Z", .closed), ("2026-07-20T07:00Z", .open), ("2026-07-20T16:00Z", .closed),
  ]

  @Test(arguments: kinds)
  func saysWhetherAndWhyNot(_ at: String, _ kind: WorkingHours.Stretch.Kind) throws {
    let hours = try WorkingHours.support()
    #expect(try hours.kind(at: Instant(at)) == kind)
    #expect(try hours.isOpen(at: Instant(at)) == (kind == .open))
  }

  /// From, how long, and when so much was open, at Nova's desk.
  private static let spans: [(String, Span, String)] = [
    ("2026-11-23T09:00Z", Span.hours(4), "2026-11-23T14:00Z"),
    // The end of the hours, not the next opening; a millisecond more is the next opening's.
    ("2026-12-24T08:00Z", .hours(8), "2026-12-24T17:00Z"),
    ("2026-12-24T08:00Z", .hours(8) + .milliseconds(1), "2026-12-28T08:00:00.001Z"),
    ("2026-12-24T08:00Z", .hours(9), "2026-12-28T09:00Z"),
    ("2026-11-27T17:00Z", .hours(1), "2026-11-30T09:00Z"),
    ("2026-11-28T03:00Z", .seconds(1), "2026-11-30T08:00:01Z"),
    ("2026-11-28T03:00Z", .zero, "2026-11-28T03:00Z"),
    ("2026-11-23T08:00Z", .hours(40), "2026-11-27T17:00Z"),
    // Over both changes of the clocks: 44 weeks of 40 hours each.
    ("2026-02-02T08:00Z", .hours(44 * 40), "2026-12-04T17:00Z"),
    ("2026-10-23T15:00Z", .hours(2), "2026-10-26T09:00Z"),
  ]

  @Test(arguments: spans)
  func knowsWhenSoMuchWasOpen(_ from: String, _ span: Span, _ expected: String) throws {
    let hours = try WorkingHours.support()
    #expect(try hours.instant(after: span, from: Instant(from))?.brief == expected)
    #expect(try hours.open(between: Instant(from), and: Instant(expected)) == span)
  }

  /// What hours of a zone come to between two instants, over midnights, holidays and changes of the clocks.
  private static let sums: [(String, [String], String, String, Span)] = [
    ("UTC", ["Mon-Sun 00:00-24:00"], "2026-11-23T00:00Z", "2026-11-30T00:00Z", Span.hours(168)),
    ("UTC", ["Mon-Sun 00:00-23:59"], "2026-11-23T00:00Z", "2026-11-30T00:00Z", .hours(168) - .minutes(7)),
    ("UTC", ["Mon-Sun 00:00-00:00"], "2026-11-23T00:00Z", "2026-11-30T00:00Z", .hours(168)),
    ("UTC", ["Fri 22:00-02:00"], "2026-11-23T00:00Z", "2026-11-30T00:00Z", .hours(4)),
    ("UTC", ["Fri 22:00-02:00"], "2026-11-28T00:00Z", "2026-11-29T00:00Z", .hours(2)),
    ("UTC", ["Sat 22:00-02:00"], "2026-11-29T00:00Z", "2026-11-30T00:00Z", .hours(2)),
    ("UTC", ["Fri 22:00-00:00"], "2026-11-23T00:00Z", "2026-11-30T00:00Z", .hours(2)),
    // They touch, they overlap, one lies in the other.
    ("UTC", ["Mon 09:00-12:00", "Mon 12:00-15:00"], "2026-11-23T00:00Z", "2026-11-24T00:00Z", .hours(6)),
    ("UTC", ["Mon 09:00-13:00", "Mon 12:00-15:00"], "2026-11-23T00:00Z", "2026-11-24T00:00Z", .hours(6)),
    ("UTC", ["Mon 12:00-13:00", "Mon 09:00-15:00"], "2026-11-23T00:00Z", "2026-11-24T00:00Z", .hours(6)),
    ("UTC", ["Mon 22:00-03:00", "Tue 02:00-04:00"], "2026-11-23T00:00Z", "2026-11-25T00:00Z", .hours(6)),
    // Skipped, shown twice, and both within longer hours.
    ("Europe/Paris", ["Sun 02:00-03:00"], "2026-03-28T00:00Z", "2026-03-30T00:00Z", .zero),
    ("Europe/Paris", ["Sun 01:00-04:00"], "2026-03-28T00:00Z", "2026-03-30T00:00Z", .hours(2)),
    ("Europe/Paris", ["Sun 02:30-03:30"], "2026-03-28T00:00Z", "2026-03-30T00:00Z", .minutes(30)),
    ("Europe/Paris", ["Sun 02:00-03:00"], "2026-10-24T00:00Z", "2026-10-26T00:00Z", .hours(2)),
    ("Europe/Paris", ["Sun 01:00-04:00"], "2026-10-24T00:00Z", "2026-10-26T00:00Z", .hours(4)),
    ("Europe/Paris", ["Sun 02:15-02:45"], "2026-10-24T00:00Z", "2026-10-26T00:00Z", .hours(1)),
    ("America/New_York", ["Sat 22:00-02:00"], "2026-10-31T00:00Z", "2026-11-02T00:00Z", .hours(5)),
    ("America/New_York", ["Sat 22:00-02:30"], "2026-03-07T00:00Z", "2026-03-09T00:00Z", .hours(4)),
    ("Australia/Lord_Howe", ["Sun 00:00-03:00"], "2026-10-03T00:00Z", "2026-10-05T00:00Z", .minutes(150)),
    ("Australia/Lord_Howe", ["Sun 00:00-03:00"], "2026-04-04T00:00Z", "2026-04-06T00:00Z", .minutes(210)),
    ("Asia/Kathmandu", ["Mon 09:00-10:00"], "2026-11-23T03:15Z", "2026-11-23T04:15Z", .hours(1)),
    // In Ramadan, and a week before it.
    ("Africa/Casablanca", ["Mon 09:00-17:00"], "2026-02-16T09:00Z", "2026-02-16T17:00Z", .hours(8)),
    ("Africa/Casablanca", ["Mon 09:00-17:00"], "2026-02-09T08:00Z", "2026-02-09T16:00Z", .hours(8)),
    // The Friday that Samoa left out.
    ("Pacific/Apia", ["Fri 09:00-17:00"], "2011-12-25T00:00Z", "2012-01-01T00:00Z", .zero),
  ]

  @Test(arguments: sums)
  func counts(_ zone: String, _ hours: [String], _ from: String, _ until: String, _ expected: Span) throws {
    let hours = try WorkingHours(zone, hours)
    #expect(try hours.open(between: Instant(from), and: Instant(until)) == expected)
    #expect(try hours.open(between: Instant(until), and: Instant(from)) == .zero)
  }

  @Test func aHolidayClosesWhatBeginsOnIt() throws {
    let (from, until) = (try Instant("2026-11-23T00:00Z"), try Instant("2026-11-30T00:00Z"))
    func open(_ holidays: [String]) throws -> Span {
      try WorkingHours("UTC", ["Fri 22:00-02:00", "Sat 01:00-03:00"], holidays: holidays)
        .open(between: from, and: until)
    }
    #expect(try open([]) == .hours(5))
    #expect(try open(["2026-11-27"]) == .hours(2))
    #expect(try open(["2026-11-28"]) == .hours(4))
    #expect(try open(["2026-11-27", "2026-11-28", "2026-11-27"]) == .zero)
    #expect(try open(["2026-11-29", "2026-02-30", "next Friday"]) == .hours(5))
  }

  private static let openings: [(String, String)] = [
    ("2026-11-23T08:00Z", "2026-11-23T08:00Z"), ("2026-11-23T07:59:59.999Z", "2026-11-23T08:00Z"),
    ("2026-11-23T11:30Z", "2026-11-23T12:30Z"), ("2026-11-27T17:00Z", "2026-11-30T08:00Z"),
    ("2026-12-24T17:00Z", "2026-12-28T08:00Z"), ("2026-11-23T09:13:07.250Z", "2026-11-23T09:13:07.250Z"),
  ]

  @Test(arguments: openings)
  func opensNext(_ from: String, _ expected: String) throws {
    #expect(try WorkingHours.support().nextOpening(atOrAfter: Instant(from))?.brief == expected)
  }

  @Test func namesEveryStretchOfAWeekend() throws {
    let hours = try WorkingHours.support()
    let stretches = try hours.stretches(
      from: Instant("2026-12-24T11:00Z"), until: Instant("2026-12-28T09:00Z"))
    #expect(
      stretches.map { "\($0.kind) \($0.from.brief)" } == [
        "open 2026-12-24T11:00Z", "closed 2026-12-24T11:30Z", "open 2026-12-24T12:30Z",
        "closed 2026-12-24T17:00Z", "holiday 2026-12-24T23:00Z", "closed 2026-12-25T23:00Z",
        "open 2026-12-28T08:00Z",
      ])
    #expect(stretches.last?.until.brief == "2026-12-28T09:00Z")
    #expect(
      try hours.stretches(from: Instant("2026-12-24T11:00Z"), until: Instant("2026-12-28T09:00Z"), most: 3)
        .map(\.until.brief) == ["2026-12-24T11:30Z", "2026-12-24T12:30Z", "2026-12-24T17:00Z"])
  }

  /// Half an hour that comes twice is open twice, with the half hours between them closed.
  @Test func namesARepeatedHourTwice() throws {
    let hours = try WorkingHours("Europe/Paris", ["Sun 02:15-02:45"])
    let stretches = try hours.stretches(
      from: Instant("2026-10-25T00:00Z"), until: Instant("2026-10-25T02:00Z"))
    #expect(
      stretches.map { "\($0.kind) \($0.from.brief)" } == [
        "closed 2026-10-25T00:00Z", "open 2026-10-25T00:15Z", "closed 2026-10-25T00:45Z",
        "open 2026-10-25T01:15Z", "closed 2026-10-25T01:45Z",
      ])
    #expect(
      try hours.instant(after: .minutes(45), from: Instant("2026-10-25T00:00Z"))?.brief
        == "2026-10-25T01:30Z")
  }

  @Test func alwaysIsAlways() throws {
    let (from, until) = (try Instant("2026-03-28T00:00Z"), try Instant("2026-03-30T00:00Z"))
    #expect(WorkingHours.always.open(between: from, and: until) == .hours(48))
    #expect(WorkingHours.always.instant(after: .hours(48), from: from) == until)
    #expect(WorkingHours.always.nextOpening(atOrAfter: from) == from)
    #expect(WorkingHours.always.stretches(from: from, until: until).map(\.kind) == [.open])
    #expect(WorkingHours.always.isAlways && WorkingHours.always.isOpen(at: from))
  }

  /// Calendars that never open, that no folder would pass, and instants and spans beyond any time.
  @Test func answersWhateverIsAsked() throws {
    let odd: [[BusinessCalendar.Hours]] = [
      [], [.init(days: [], from: 540, until: 600)], [.init(days: [7, -1, .max], from: 540, until: 600)],
      [.init(days: [1], from: 1440, until: 1440)], [.init(days: [1], from: .max, until: .min)],
    ]
    let now = try Instant("2026-11-23T08:00Z")
    for hours in odd {
      let calendar = BusinessCalendar(name: "odd", zone: nil, hours: hours, holidays: ["9999-99-99"])
      let hours = WorkingHours(calendar, zone: .utc)
      #expect(hours.instant(after: .seconds(1), from: now) == nil && hours.nextOpening(atOrAfter: now) == nil)
      #expect(hours.open(between: now, and: now + .days(400)) == .zero)
      #expect(hours.stretches(from: now, until: now + .days(400)).map(\.kind) == [.closed])
    }
    let hours = try WorkingHours.support()
    let (first, last) = (Instant(milliseconds: .min), Instant(milliseconds: .max))
    // Eight hours on five days of seven, for five hundred years.
    let open = hours.open(between: first, and: last)
    #expect(open == hours.open(between: Instant(milliseconds: -2_208_988_800_000), and: last))
    #expect(open > .hours(500 * 2080) && open < .hours(500 * 2092))
    #expect(hours.instant(after: Span(milliseconds: .max), from: first) == nil)
    #expect(hours.instant(after: .hours(1), from: last) == nil)
    #expect(hours.instant(after: Span(milliseconds: .min), from: now) == now)
    #expect(hours.stretches(from: first, until: last).count == 20_000)
    #expect(WorkingHours.always.instant(after: Span(milliseconds: .max), from: now) == nil)
    // One minute a week, for a hundred hours: more than a hundred years on.
    let rare = try WorkingHours("UTC", ["Mon 09:00-09:01"])
    #expect(rare.instant(after: .hours(100), from: now)?.brief == "2141-11-13T09:01Z")
  }

  /// What is open between two instants is what is open to any between and from there on; so much is open until
  /// the instant after it; stretches hold it all.
  @Test func agreesWithItself() throws {
    var random = CaseMaker(seed: 7)
    for _ in 0..<400 {
      let hours = random.hours()
      let times = (0..<3).map { _ in random.instant() }.sorted()
      let whole = hours.open(between: times[0], and: times[2])
      #expect(
        hours.open(between: times[0], and: times[1]) + hours.open(between: times[1], and: times[2]) == whole)
      if whole > .zero, let end = hours.instant(after: whole, from: times[0]) {
        #expect(end <= times[2] && hours.open(between: times[0], and: end) == whole)
        #expect(hours.open(between: times[0], and: end - .milliseconds(1)) == whole - .milliseconds(1))
      }
      let stretches = hours.stretches(from: times[0], until: times[2], most: .max)
      #expect(stretches.filter { $0.kind == .open }.reduce(.zero) { $0 + $1.length } == whole)
      #expect(zip(stretches, stretches.dropFirst()).allSatisfy { $0.until == $1.from && $0.kind != $1.kind })
      for stretch in stretches.prefix(50) {
        #expect(hours.kind(at: stretch.from) == stretch.kind)
        #expect(hours.kind(at: stretch.until - .milliseconds(1)) == stretch.kind)
      }
    }
  }
}
