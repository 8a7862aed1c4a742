import Incidents
import Testing
import Values

@testable import Desk

@Suite(.enabled(if: HostZones.areThere, "this host has no time zones in /usr/share/zoneinfo"))
struct ClockLedgerTests {
  @Test func tellsNightsAndHolidays() throws {
    let clocks = try Nova.clocks(.s3, from: "2026-12-24T15:00:00.250Z")
    let ledger = try clocks.ledger(of: .respond, at: Instant("2026-12-28T09:30:00.999Z"))
    #expect(
      ledger.lines() == [
        "respond, S3: 4h of support hours (Europe/Paris), from Thu 2026-12-24 16:00 UTC+1",
        "Thu 2026-12-24 16:00–18:00 UTC+1                   counted        2h     (2h of 4h)",
        "Thu 2026-12-24 18:00–24:00 UTC+1                   outside hours  6h",
        "Fri 2026-12-25 00:00–24:00 UTC+1                   holiday        24h",
        "Sat 2026-12-26 00:00 – Mon 2026-12-28 09:00 UTC+1  outside hours  57h",
        "Mon 2026-12-28 09:00–10:30 UTC+1                   counted        1h30m  (3h30m of 4h)",
        "used 3h30m of 4h; outside hours 63h; holiday 24h",
        "30m left, due Mon 2026-12-28 11:00 UTC+1",
      ])
    #expect(ledger.totals.closed == .hours(63) && ledger.totals.holiday == .hours(24))
  }

  @Test func tellsPauses() throws {
    let clocks = try Nova.clocks(.s3, from: "2026-12-24T15:00Z") { history in
      try history.pause(for: "pending_user", "2026-12-24T16:00Z", "2026-12-28T09:00Z")
      try history.pause(for: "INC-3", "2026-12-28T08:00Z", "2026-12-28T09:20:05Z")
      history.changeSeverity(to: .s2, at: try Instant("2026-12-24T15:10Z"))
      history.changeSeverity(to: .s3, at: try Instant("2026-12-24T15:30Z"))
    }
    #expect(
      try clocks.ledger(of: .respond, at: Instant("2026-12-28T11:00Z")).lines() == [
        "respond, S3: 4h of support hours (Europe/Paris), from Thu 2026-12-24 16:00 UTC+1",
        "S3 until Thu 2026-12-24 16:10 UTC+1, S2 until Thu 2026-12-24 16:30 UTC+1, S3 since; its time and hours"
          + " count from the start, and every pause stays",
        "Thu 2026-12-24 16:00–17:00 UTC+1                   counted                       1h        (1h of 4h)",
        "Thu 2026-12-24 17:00 – Mon 2026-12-28 09:00 UTC+1  paused (pending_user)         88h",
        "Mon 2026-12-28 09:00–10:00 UTC+1                   paused (pending_user, INC-3)  1h",
        "Mon 2026-12-28 10:00–10:20:05 UTC+1                paused (INC-3)                20m05s",
        "Mon 2026-12-28 10:20:05–12:00 UTC+1                counted                       1h39m55s"
          + "  (2h39m55s of 4h)",
        "used 2h39m55s of 4h; paused 89h20m05s",
        "1h20m05s left, due Mon 2026-12-28 14:20:05 UTC+1",
      ])
  }

  /// A night on which clocks go back, in its own zone, in another, and of S1 at any hour.
  @Test func tellsHowFarFromUTCItWas() throws {
    var plan = try Nova.plan()
    plan.calendars = [try BusinessCalendar("Europe/Paris", ["Sun 02:15-02:45"], name: "support")]
    let history = ClockHistory(started: try Instant("2026-10-25T00:00Z"), severity: .s3)
    let clocks = TicketClocks(history, ClockTerms(plan, zones: CaseMaker.known))
    let ledger = try clocks.ledger(of: .respond, at: Instant("2026-10-25T02:00Z"))
    #expect(
      ledger.lines().dropFirst().map { String($0.prefix(47)) } == [
        "Sun 2026-10-25 02:00–02:15 UTC+2        outside", "Sun 2026-10-25 02:15–02:45 UTC+2        counted",
        "Sun 2026-10-25 02:45 UTC+2–02:15 UTC+1  outside", "Sun 2026-10-25 02:15–02:45 UTC+1        counted",
        "Sun 2026-10-25 02:45–03:00 UTC+1        outside", "used 1h of 4h; outside hours 1h",
        "3h left, due Sun 2026-12-06 02:45 UTC+1",
      ])
    #expect(ledger.lines(in: .utc)[1].hasPrefix("Sun 2026-10-25 00:00–00:15 UTC  outside hours"))
    #expect(
      try Nova.clocks(.s1, from: "2026-11-28T23:50Z").ledger(of: .mitigate, at: Instant("2026-11-29T00:15Z"))
        .lines() == [
          "mitigate, S1: 15m at any hour, from Sat 2026-11-28 23:50 UTC",
          "Sat 2026-11-28 23:50 – Sun 2026-11-29 00:15 UTC  counted  25m  (25m of 15m)", "used 25m of 15m",
          "breached Sun 2026-11-29 00:05 UTC, 10m over",
        ])
  }

  private static let verdicts: [(Severity, [String], String?, String)] = [
    (.s3, [], "2026-11-23T09:00Z", "met Mon 2026-11-23 10:00 UTC+1"),
    (.s3, [], "2026-11-23T14:00Z", "met Mon 2026-11-23 15:00 UTC+1, late"),
    (.s3, ["2026-11-23T09:00Z"], nil, "3h left, standing still: third_party"),
    (.s3, [], nil, "breached Mon 2026-11-23 14:00 UTC+1, 4h over"),
    (.s4, [], nil, "used 8h; outside hours 3h"),
  ]

  @Test(arguments: verdicts)
  func endsWithWhatItIs(_ severity: Severity, _ pauses: [String], _ met: String?, _ expected: String) throws {
    let clocks = try Nova.clocks(severity, from: "2026-11-23T08:00Z") { history in
      for from in pauses { try history.pause(for: "third_party", from) }
      if let met { try history.meet(.respond, met) }
    }
    let lines = try clocks.ledger(of: .respond, at: Instant("2026-11-23T19:00Z")).lines()
    #expect(lines.last == expected)
  }

  /// Answered while it stood still: the ledger ends there.
  @Test func endsWhereTheClockWasMet() throws {
    let clocks = try Nova.clocks(.s3, from: "2026-11-23T08:00Z") { history in
      try history.pause(for: "INC-3", "2026-11-23T09:00Z", "2026-11-23T10:00Z")
      try history.meet(.respond, "2026-11-23T09:30Z")
    }
    let ledger = try clocks.ledger(of: .respond, at: Instant("2026-11-23T19:00Z"))
    #expect(ledger.segments.map(\.until.brief) == ["2026-11-23T09:00Z", "2026-11-23T09:30Z"])
    #expect(ledger.totals.paused == .minutes(30) && ledger.used == .hours(1))
  }

  @Test func isSafeForATerminal() throws {
    var plan = try Nova.plan()
    plan.calendars = [
      BusinessCalendar(
        name: "\u{1B}[2Jsupport", zone: nil, hours: [.init(days: [1], from: 540, until: 600)], holidays: [])
    ]
    plan.targets = [.init(severity: .s3, respond: .hours(1), calendar: "\u{1B}[2Jsupport")]
    var history = ClockHistory(started: try Instant("2026-11-23T08:00Z"), severity: .s3)
    try history.pause(for: "a\u{1B}]0;b\u{7}", "2026-11-23T08:10Z")
    let clocks = TicketClocks(history, ClockTerms(plan, zones: [:]))
    let text = try clocks.ledger(of: .respond, at: Instant("2026-11-23T19:00Z")).lines().joined()
    #expect(text.contains("support") && text.unicodeScalars.allSatisfy { $0.value >= 32 })
  }

  /// Years of minutes: the newest are told, what is before them is one line, and the sums are those of all.
  @Test func isBoundedAndStillAddsUp() throws {
    var plan = ClockPlan()
    plan.calendars = [
      BusinessCalendar(
        name: "odd", zone: "Europe/Paris",
        hours: (0..<720).map { .init(days: Array(0..<7), from: $0 * 2, until: $0 * 2 + 1) }, holidays: [])
    ]
    plan.targets = [.init(severity: .s3, respond: .hours(4), calendar: "odd")]
    var history = ClockHistory(started: try Instant("2026-11-23T08:00Z"), severity: .s3)
    try history.pause(for: "third_party", "2026-11-23T09:00Z", "2026-11-23T10:00Z")
    let clocks = TicketClocks(history, ClockTerms(plan, zones: CaseMaker.known))
    for most in [1, 2, 61, 62, 100, 2000] {
      let ledger = try clocks.ledger(of: .respond, at: Instant("2031-11-23T08:00Z"), most: most)
      #expect(ledger.segments.count == most + 1 && ledger.segments.first?.kind == .together)
      #expect(ledger.segments.reduce(.zero) { $0 + $1.counted } == ledger.used)
      #expect(ledger.segments.last?.sum == ledger.used && ledger.used == .hours(12 * 1826) - .minutes(30))
      #expect(zip(ledger.segments, ledger.segments.dropFirst()).allSatisfy { $0.until == $1.from })
      #expect(ledger.segments.first?.from == ledger.start)
      #expect(try ledger.segments.last?.until == Instant("2031-11-23T08:00Z"))
      let row = ledger.lines().dropFirst().first ?? ""
      #expect(row.contains("all before, not shown") && row.contains("of it counted"))
      #expect(ledger.totals.paused == .hours(1) && ledger.totals.holiday == .zero)
      #expect(ledger.totals.closed == .hours(24 * 1826 - 1) - ledger.used)
    }
    let whole = try clocks.ledger(of: .respond, at: Instant("2026-11-23T10:02Z"), most: 2000)
    #expect(whole.segments.count == 63 && whole.used == .minutes(31))
  }

  @Test(arguments: [
    (Span.zero, "0s"), (.milliseconds(250), "0.250s"), (.seconds(5), "5s"), (.minutes(15), "15m"),
    (.seconds(65), "1m05s"), (.hours(2), "2h"), (.hours(26) + .minutes(5), "26h05m"),
    (.hours(1) + .seconds(5), "1h00m05s"), (.hours(1) + .milliseconds(7), "1h00m00.007s"),
    (-Span.minutes(3), "-3m"),
  ])
  func saysHowLongInHours(_ span: Span, _ expected: String) {
    #expect(span.inHours == expected)
  }
}
