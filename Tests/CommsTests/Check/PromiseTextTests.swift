import Incidents
import Testing
import Values

@testable import Comms

/// What a text promises, read at 23:50 UTC on Saturday, 21 November 2026.
struct PromiseTextTests {
  private func promise(
    _ text: String, at clock: String = "23:50", names: [String: Int] = [:], places: [Zone] = []
  ) throws -> String {
    let now = try instant(clock)
    do throws(PromiseTrouble) {
      let read = PromiseText(text, names: names, places: places)
      return try read.instant(at: now)?.dateClockUTC ?? "none"
    } catch {
      return error.sentence(wanted: "W")
    }
  }

  static let texts: [(String, String)] = [
    ("Next update: 00:10 UTC", "2026-11-22 00:10:00Z"),
    ("Next update: 23:55 UTC", "2026-11-21 23:55:00Z"),
    (
      "Next update: 23:50 UTC",
      "23:50 UTC is past; write W for the next update, or 2026-11-22 23:50 UTC if you mean that."
    ),
    (
      "Next update: 09:00 UTC",
      "09:00 UTC is past; write W for the next update, or 2026-11-22 09:00 UTC if you mean that."
    ),
    ("Next update: 05:50 UTC", "2026-11-22 05:50:00Z"),
    ("Next update: tomorrow 09:00 UTC", "2026-11-22 09:00:00Z"),
    ("Next update: 20 November 09:00 UTC", "20 November 09:00 UTC is past; write W for the next update."),
    (
      "Next update: Saturday 20:00 UTC",
      "Saturday 20:00 UTC is past; write W for the next update, or 2026-11-28 20:00 UTC if you mean that."
    ),
    ("NEXT UPDATE BY 0015Z.", "2026-11-22 00:15:00Z"),
    ("Next update: 12:15 am UTC", "2026-11-22 00:15:00Z"),
    ("Next update: 3 a.m. UTC.", "2026-11-22 03:00:00Z"),
    ("Next update at 03 UTC", "2026-11-22 03:00:00Z"),
    ("Next update: tomorrow 3 p.m. UTC", "2026-11-22 15:00:00Z"),
    ("Next update: 01:10 CET", "2026-11-22 00:10:00Z"),
    ("Next update: 01:10 (CET)", "2026-11-22 00:10:00Z"),
    ("Next update: 00:10 UTC (01:10 CET)", "2026-11-22 00:10:00Z"),
    ("Next update: 00:10 UTC / 19:10 EST", "2026-11-22 00:10:00Z"),
    ("Next update: 2026-11-22 00:10 UTC", "2026-11-22 00:10:00Z"),
    ("Next update: 2026-11-22T00:10Z", "2026-11-22 00:10:00Z"),
    ("Next update: 22 November 2026, 00:10 UTC", "2026-11-22 00:10:00Z"),
    ("Next update: 00:10 UTC on Nov 22", "2026-11-22 00:10:00Z"),
    ("Next update: Sunday 00:10 UTC", "2026-11-22 00:10:00Z"),
    ("Next update: tomorrow, 09:00 UTC", "2026-11-22 09:00:00Z"),
    ("Next update: 23 Nov 09:00 UTC", "2026-11-23 09:00:00Z"),
    ("Next update: 2026-11-21 19:10 EST", "2026-11-22 00:10:00Z"),
    ("**Next update**\n\n00:10 UTC", "2026-11-22 00:10:00Z"),
    ("We will write again at 00:10 UTC.", "2026-11-22 00:10:00Z"),
    ("At 00:10 UTC we write again.", "2026-11-22 00:10:00Z"),
    (
      "Since 23:05 UTC it fails; next update 00:10 UTC. Before 23:00 UTC all was well.",
      "2026-11-22 00:10:00Z"
    ),
    ("Next update: 00:10h UTC", "2026-11-22 00:10:00Z"),
    ("Next update: 00:10 h UTC", "2026-11-22 00:10:00Z"),
    ("Next update: 0010 hrs UTC", "2026-11-22 00:10:00Z"),
    ("Next update: 00:10 UTC/01:10 CET", "2026-11-22 00:10:00Z"),
    ("Next update: 00:10 UTC/19:10 EST/01:10 CET", "2026-11-22 00:10:00Z"),
    (
      "Next update: 00:10 UTC/02:10 CET",
      "The text names two times for the next update, 00:10 UTC and 02:10 CET; keep one."
    ),
    ("Next update: 00:10 Europe/Berlin", "The next update has no zone in the text; write W."),
    ("Next update: ００:１０ UTC", "2026-11-22 00:10:00Z"),
    ("Next update: 00:\u{200B}10 UTC", "2026-11-22 00:10:00Z"),
    ("Since 23:05 UTC. We write again when it is over.", "none"),
    ("It was 23:05 UTC.", "none"),
    (
      "Next update: 00:10 UTC\nNext update: 00:25 UTC",
      "The text names two times for the next update, 00:10 UTC and 00:25 UTC; keep one."
    ),
    (
      "Next update: 00:10 UTC (02:10 CET)",
      "The text names two times for the next update, 00:10 UTC and 02:10 CET; keep one."
    ),
    (
      "Next update between 00:10 and 00:25 UTC",
      "The text names two times for the next update, 00:10 and 00:25 UTC; keep one."
    ),
    ("Next update: 00:10", "The next update has no zone in the text; write W."),
    ("Next update: 00:10 local time", "The next update has no zone in the text; write W."),
    ("Next update: 00:10 IST", "IST means several zones; write W for the next update."),
    (
      "Next update: 11/12/2026 00:10 UTC",
      "11/12/2026 is one day here and another there; write it as 2026-11-22."
    ),
    ("Next update: 2026-11-20 00:10 UTC", "2026-11-20 00:10 UTC is past; write W for the next update."),
    ("Next update: in 15 minutes", "The next update has no time in the text; write W."),
    ("Next update: 25:70 UTC", "The next update has no time in the text; write W."),
  ]

  @Test(arguments: texts)
  func isRead(_ text: String, _ expected: String) throws {
    #expect(try promise(text) == expected)
  }

  @Test func summerTimeHasItsOwnNames() throws {
    let july = try instant("03:00", day: "2026-07-01")
    #expect(
      try PromiseText("Next update: 05:30 CEST").instant(at: july)
        == (try instant("03:30", day: "2026-07-01")))
    #expect(
      try PromiseText("Next update: 05:30 CET").instant(at: july) == (try instant("04:30", day: "2026-07-01"))
    )
    let check = DraftCheck()
    func complaint(_ line: String) throws -> [String] {
      var check = check
      check.now = july
      return check.findings(
        subject: "S", text: "Impact: x\n\(line)", audience: "internal", stage: .identified,
        nextUpdate: try instant("03:30", day: "2026-07-01")
      ).filter { $0.mark == .error }.map(\.sentence)
    }
    #expect(try complaint("Next update: 05:30 CEST").isEmpty)
    #expect(
      try complaint("Next update: 05:30 CET")
        == ["The text says 05:30 CET for the next update, and 03:30 UTC is promised."])
  }

  @Test func namesOfThisMachineWin() throws {
    #expect(try promise("Next update: 05:30 IST", names: ["IST": 19_800]) == "2026-11-22 00:00:00Z")
    #expect(try promise("Next update: 05:30 XYZ", names: ["XYZ": 19_800]) == "2026-11-22 00:00:00Z")
  }

  /// Berlin sets its clocks back at 01:00 UTC on 25 October 2026, and forward at 01:00 UTC on 29 March.
  private var berlin: Zone {
    get throws {
      // The POSIX rule alone, as a zone file without a table has it.
      try #require(Zone(name: "Europe/Berlin", tzif: ZoneBytes.rule("CET-1CEST,M3.5.0,M10.5.0/3")))
    }
  }

  @Test func placesKnowTheirClocks() throws {
    let zone = try berlin
    func read(_ text: String, _ day: String, _ clock: String) throws -> Instant? {
      try PromiseText(text, places: [zone]).instant(at: try instant(clock, day: day))
    }
    #expect(
      try read("Next update: 05:30 Europe/Berlin", "2026-07-01", "02:00")
        == (try instant("03:30", day: "2026-07-01")))
    #expect(
      try read("Next update: 05:30 (Europe/Berlin)", "2026-12-01", "03:00")
        == (try instant("04:30", day: "2026-12-01")))
    // 02:30 comes twice: the next one counts.
    #expect(
      try read("Next update: 02:30 Europe/Berlin", "2026-10-25", "00:10")
        == (try instant("00:30", day: "2026-10-25")))
    #expect(
      try read("Next update: 02:30 Europe/Berlin", "2026-10-25", "00:45")
        == (try instant("01:30", day: "2026-10-25")))
    #expect(throws: PromiseTrouble(.neverComes(written: "02:30 Europe/Berlin"))) {
      try read("Next update: 02:30 Europe/Berlin", "2026-03-29", "00:10")
    }
  }

  @Test func zonesThatATextNames() {
    let text = """
      Next update: 03:30 Europe/Berlin (America/Port-au-Prince), 04:30 America/Argentina/Buenos_Aires. And/or, UTC/CET,
      km/h, https://example.com/Europe/Berlin, Europe/Berlin.
      """
    #expect(
      PromiseText.zoneNames(in: text).filter { $0 != "UTC/CET" } == [
        "Europe/Berlin", "America/Port-au-Prince", "America/Argentina/Buenos_Aires",
      ])
    let haiti = Zone(name: "America/Port-au-Prince", tzif: ZoneBytes.rule("EST5EDT,M3.2.0,M11.1.0"))
    #expect(
      PromiseText("Next update: 03:30 America/Port-au-Prince.", places: [haiti].compactMap { $0 }).mentions
        .map(\.written)
        == ["03:30 America/Port-au-Prince"])
  }

  @Test(arguments: [
    ("Next update: 23:30 UTC", "Next update: 2026-11-22 00:05 UTC"),
    ("Impact: x\r\nNext update: 23:30 UTC.\nMore.", "Impact: x\nNext update: 2026-11-22 00:05 UTC.\nMore."),
    ("Next update: 23:30 UTC (00:30 CET), as ever", "Next update: 2026-11-22 00:05 UTC, as ever"),
    ("Next update: 2026-11-21 23:30 UTC", "Next update: 2026-11-22 00:05 UTC"),
    ("Next update: 23:30", "Next update: 2026-11-22 00:05 UTC"),
    ("No promise at 23:30 UTC", "No promise at 23:30 UTC"),
  ])
  func isSetAnew(_ text: String, _ expected: String) throws {
    let next = try instant("00:05", day: "2026-11-22")
    #expect(PromiseText.replacing(in: text, with: next, at: try instant("23:50")) == expected)
  }

  @Test(arguments: [nil, "03:30"])
  func whatIsWrongHasItsPlace(_ next: String?) throws {
    let finding = PromiseCheck(now: try instant("03:10")).finding(
      in: "Impact: x\nNext update: 03:30", promise: try next.map { try instant($0) }, stage: .identified)
    #expect(finding.mark == .error && finding.place == Finding.Place(.text, Position(line: 2, column: 14)))
  }

  @Test func acrossMidnightAndDays() throws {
    var check = DraftCheck()
    check.now = try instant("23:50")
    func complaints(_ line: String, _ next: Instant) -> [String] {
      check.findings(
        subject: "S", text: "Impact: x\n\(line)", audience: "internal", stage: .identified, nextUpdate: next
      )
      .filter { $0.mark == .error }.map(\.sentence)
    }
    let next = try instant("00:10", day: "2026-11-22")
    #expect(complaints("Next update: 00:10 UTC", next).isEmpty)
    #expect(complaints("Next update: 2026-11-22 00:10 UTC", next).isEmpty)
    #expect(
      complaints("Next update: 2026-11-23 00:10 UTC", next)
        == ["The text says 2026-11-23 00:10 UTC for the next update, and 2026-11-22 00:10 UTC is promised."])
    let later = try instant("00:10", day: "2026-11-23")
    #expect(
      complaints("Next update: 00:10 UTC", later)
        == ["The text says 00:10 UTC for the next update, and 2026-11-23 00:10 UTC is promised."])
    #expect(complaints("Next update: Monday 00:10 UTC", later).isEmpty)
    #expect(
      complaints("Next update: 23:40 UTC", try instant("23:40"))
        == ["The next update is promised for 23:40 UTC, which is past; name a later time."])
  }
}

/// A compiled zone file of nothing but a rule.
enum ZoneBytes {
  static func rule(_ rule: String) -> [UInt8] {
    func header(types: UInt8, characters: UInt8) -> [UInt8] {
      Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
        + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, types, 0, 0, 0, characters]
    }
    let type: [UInt8] = [0, 0, 0x0E, 0x10, 0, 0] + Array("CET\0".utf8)
    return header(types: 1, characters: 4) + type + header(types: 1, characters: 4) + type
      + Array("\n\(rule)\n".utf8)
  }
}
