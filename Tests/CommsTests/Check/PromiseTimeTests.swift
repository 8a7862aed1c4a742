import Incidents
import TestSupport
import Testing
import Values

@testable import Comms

/// Which instant a time means, when it is read, and when it goes out later than it was written.
struct PromiseTimeTests {
  private func draft(_ text: String, storing next: String?, at clock: String, day: String) throws
    -> MemoryRecord
  {
    let record = MemoryRecord()
    try record.perform(
      DeclareIncident(systems: ["x"], severity: .s1, title: "Down", plan: IncidentPlan()),
      by: "ops1", at: try instant(clock, day: day))
    var fields: [String: String] = [:]
    fields[Draft.promiseField] = next
    try record.perform(
      SaveDraft(
        incident: "INC-1", template: nil, audience: "users", stage: .investigating, fields: fields,
        subject: "Down", text: "Impact: all.\n\(text)"),
      by: "ops1", at: try instant(clock, day: day))
    return record
  }

  private func refusal(_ record: MemoryRecord, _ act: MarkSent, at now: Instant) -> String? {
    do {
      try record.perform(act, by: "ops1", at: now)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func send(_ next: Instant? = nil) -> MarkSent {
    MarkSent("D-1", revision: 1, destinations: ["chat"], nextUpdate: next, head: "")
  }

  @Test(arguments: ["2026-11-22T00:37:00Z", nil])
  func whatItNamedHasPassedWhenItGoesOut(_ stored: String?) throws {
    let record = try draft("Next update: 00:37 UTC", storing: stored, at: "00:35", day: "2026-11-22")
    for (clock, day) in [
      ("00:37", "2026-11-22"), ("00:40", "2026-11-22"), ("19:00", "2026-11-22"), ("00:36", "2026-11-23"),
    ] {
      let said = refusal(record, send(), at: try instant(clock, day: day))
      #expect(said?.contains("past") == true, "\(clock) \(said ?? "sent")")
      // Also when whoever sends it reads it anew.
      let anew = refusal(
        record, send(try instant("00:37", day: "2026-11-23")), at: try instant(clock, day: day))
      #expect(anew?.contains("past") == true, "\(clock) \(anew ?? "sent")")
    }
    try record.perform(send(), by: "ops1", at: try instant("00:36", day: "2026-11-22"))
    #expect(try record.entity(Incident.self, "INC-1")?.promise == (try instant("00:37", day: "2026-11-22")))
  }

  @Test func tomorrowIsTheDayAfterItWasWritten() throws {
    let record = try draft("Next update: tomorrow 09:00 UTC", storing: nil, at: "23:50", day: "2026-11-21")
    #expect(
      refusal(record, send(), at: try instant("00:05", day: "2026-11-22"))
        == "tomorrow 09:00 UTC meant 2026-11-22 09:00 UTC when it was written, and means 2026-11-23 09:00 UTC now; "
        + "write the date. Correct D-1.")
  }

  @Test func whatIsStoredAndWhatIsWrittenAreOne() throws {
    let record = try draft(
      "Next update: 00:50 UTC", storing: "2026-11-22T00:45:00Z", at: "00:35", day: "2026-11-22")
    #expect(
      refusal(record, send(), at: try instant("00:36", day: "2026-11-22"))
        == "The text says 00:50 UTC for the next update, and 00:45 UTC is promised. Correct D-1.")
    try record.perform(
      send(try instant("00:50", day: "2026-11-22")), by: "ops1", at: try instant("00:36", day: "2026-11-22"))
  }

  @Test(arguments: [
    ("Next update: 00:50 UTC", nil),
    (
      "Next update: 00:51 UTC",
      "The next update is promised for 00:51 UTC, and the cadence asks for one by 00:50 UTC."
    ),
    (
      "Next update: tomorrow 09:00 UTC",
      "The next update is promised for 2026-11-23 09:00 UTC, and the cadence asks for one by 00:50 UTC."
    ),
  ])
  func laterThanTheCadence(_ line: String, _ warning: String?) throws {
    var check = DraftCheck()
    check.now = try instant("00:35", day: "2026-11-22")
    check.every = .minutes(15)
    func warnings(_ stage: Stage, _ next: Instant?) -> [String] {
      check.findings(
        subject: "S", text: "Impact: x\n\(line)", audience: "users", stage: stage, nextUpdate: next
      )
      .filter { $0.mark == .warning }.map(\.sentence)
    }
    let now = try #require(check.now)
    #expect(warnings(.investigating, nil) == [warning].compactMap { $0 })
    #expect(warnings(.investigating, check.promise(in: line, at: now)) == [warning].compactMap { $0 })
    #expect(warnings(.announcement, nil).isEmpty)
  }

  /// Over days on which clocks are set, in zones that are named whole, by offset and by abbreviation.
  @Test func whatIsUnderstoodIsToCome() throws {
    let zones = [
      try #require(Zone(name: "Europe/Berlin", tzif: ZoneBytes.rule("CET-1CEST,M3.5.0,M10.5.0/3"))),
      try #require(Zone(name: "America/New_York", tzif: ZoneBytes.rule("EST5EDT,M3.2.0,M11.1.0"))),
      try #require(Zone(name: "Australia/Sydney", tzif: ZoneBytes.rule("AEST-10AEDT,M10.1.0,M4.1.0/3"))),
    ]
    let names = zones.map(\.name) + ["UTC", "Z", "CET", "EST", "+05:30", "UTC+2"]
    let nights = [
      "2026-03-28", "2026-03-08", "2026-10-24", "2026-11-01", "2026-04-04", "2026-10-03", "2026-12-31",
    ]
    var state: UInt64 = 7
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    var understood = 0
    for _ in 0..<4000 {
      let night = try instant("00:00", day: nights[next(nights.count)])
      let now = night + .seconds(Int64(next(48 * 3600)))
      let zone = names[next(names.count)]
      let clock = "\(String(100 + next(24)).dropFirst()):\(String(100 + next(60)).dropFirst())"
      let day = ["", "", "", "today ", "tomorrow ", "Sunday "][next(6)]
      let text = "Impact: x\nNext update: \(day)\(clock) \(zone)"
      var check = DraftCheck()
      check.zones = zones
      check.now = now
      check.every = .minutes(Int64(15 + next(120)))
      let findings = check.findings(
        subject: "S", text: text, audience: "users", stage: .identified, nextUpdate: nil
      ).filter { $0.topic == .promise }
      guard let promise = check.promise(in: text, at: now) else {
        #expect(findings.contains { $0.mark == .error && $0.isBinding }, "\(text) at \(now.dateClockUTC)")
        continue
      }
      understood += 1
      #expect(promise > now, "\(text) at \(now.dateClockUTC)")
      #expect(!findings.contains { $0.mark == .error }, "\(text) at \(now.dateClockUTC)")
      let isLate = promise >= now + (check.every ?? .zero) + .minutes(1)
      #expect(findings.contains { $0.mark == .warning } == isLate, "\(text) at \(now.dateClockUTC)")
      if day.isEmpty {
        #expect(promise <= now + .hours(24), "\(text) at \(now.dateClockUTC)")
        // What a template writes for it means it, and still does a little later.
        let line = "Next update: \(UpdateFields.time(promise, at: now))"
        let minute = Instant(milliseconds: promise.milliseconds - 1)
        #expect(check.promise(in: line, at: now) == promise, "\(line) at \(now.dateClockUTC)")
        check.written = now
        #expect(check.promise(in: line, at: minute) == promise, "\(line) at \(minute.dateClockUTC)")
        #expect(check.promise(in: line, at: promise) == nil, "\(line) at \(promise.dateClockUTC)")
      }
    }
    #expect(understood > 1000)
  }
}
