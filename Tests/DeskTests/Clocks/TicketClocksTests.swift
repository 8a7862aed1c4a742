import Incidents
import Testing
import Values

@testable import Desk

@Suite(.enabled(if: HostZones.areThere, "this host has no time zones in /usr/share/zoneinfo"))
struct TicketClocksTests {
  /// Friday 27 November 2026, 17:00 in Paris.
  private static let friday = "2026-11-27T16:00Z"

  private static let running: [(String, ClockState)] = [
    // Before it began, an hour later, over the weekend, on Monday.
    ("2026-11-27T15:00Z", .running(left: .hours(4), due: Instant(milliseconds: 1_796_036_400_000))),
    ("2026-11-27T16:30Z", .running(left: .minutes(210), due: Instant(milliseconds: 1_796_036_400_000))),
    ("2026-11-28T12:00Z", .running(left: .hours(3), due: Instant(milliseconds: 1_796_036_400_000))),
    ("2026-11-30T10:59:59Z", .running(left: .seconds(1), due: Instant(milliseconds: 1_796_036_400_000))),
    ("2026-11-30T11:00Z", .breached(at: Instant(milliseconds: 1_796_036_400_000), over: .zero)),
    ("2026-11-30T12:45Z", .breached(at: Instant(milliseconds: 1_796_036_400_000), over: .minutes(45))),
    ("2026-12-01T08:00Z", .breached(at: Instant(milliseconds: 1_796_036_400_000), over: .hours(5))),
  ]

  @Test(arguments: running)
  func runsInItsHours(_ now: String, _ expected: ClockState) throws {
    let clocks = try Nova.clocks(.s3, from: Self.friday)
    #expect(try clocks.state(of: .respond, at: Instant(now)) == expected)
    #expect(clocks.due(of: .respond)?.brief == "2026-11-30T11:00Z")
    #expect(clocks.warning(of: .respond)?.brief == "2026-11-30T10:00Z")
  }

  @Test func runsAtAnyHourWhereTheFolderSaysSo() throws {
    let clocks = try Nova.clocks(.s1, from: "2026-11-28T23:50Z")
    #expect(clocks.due(of: .mitigate)?.brief == "2026-11-29T00:05Z")
    #expect(clocks.due(of: .resolve)?.brief == "2026-11-29T01:50Z")
    #expect(clocks.due(of: .respond) == nil)
    #expect(try clocks.state(of: .respond, at: Instant("2026-11-29T12:00Z")) == .none)
  }

  @Test func hasNoClockWithoutATarget() throws {
    let clocks = try Nova.clocks(.s4, from: Self.friday)
    for clock in TicketClock.allCases {
      #expect(clocks.due(of: clock) == nil && clocks.warning(of: clock) == nil)
      #expect(try clocks.state(of: clock, at: Instant("2027-11-27T16:00Z")) == .none)
      #expect(try clocks.nextReminder(of: clock, after: Instant(Self.friday), every: .hours(1)) == nil)
    }
    // How long it took is known all the same.
    #expect(try clocks.used(of: .respond, at: Instant("2026-11-30T09:00Z")) == .hours(2))
  }

  /// What was done at the instant at which it was due was done in time; a second later was late.
  @Test(arguments: [
    ("2026-11-30T10:00Z", Span.hours(3), false), ("2026-11-30T11:00Z", .hours(4), false),
    ("2026-11-30T11:00:00.999Z", .hours(4), false), ("2026-11-30T11:00:01Z", .hours(4) + .seconds(1), true),
    // Before it began.
    ("2026-11-27T12:00Z", .zero, false),
  ])
  func isMetInTimeOrLate(_ at: String, _ used: Span, _ isLate: Bool) throws {
    let clocks = try Nova.clocks(.s3, from: Self.friday) { try $0.meet(.respond, at) }
    let met = try max(Instant(at), Instant(Self.friday)).wholeSecond
    let later = try Instant("2026-12-24T12:00Z")
    #expect(clocks.state(of: .respond, at: later) == .met(at: met, used: used, isLate: isLate))
    #expect(clocks.due(of: .respond) == nil && clocks.warning(of: .respond) == nil)
    #expect(clocks.used(of: .respond, at: later) == used)
  }

  /// Late is after it was due, even where no working time lay between.
  @Test func whatIsDueAtTheEndOfTheDayIsLateInTheNight() throws {
    let clocks = try Nova.clocks(.s3, from: "2026-11-23T12:30Z") { history in
      try history.pause(for: "third_party", "2026-11-23T13:00Z", "2026-11-23T13:30Z")
      try history.meet(.respond, "2026-11-23T20:00Z")
    }
    let state = try clocks.state(of: .respond, at: Instant("2026-11-24T08:00Z"))
    #expect(state == .met(at: try Instant("2026-11-23T20:00Z"), used: .hours(4), isLate: true))
  }

  @Test func standsStillWhileItIsPaused() throws {
    let clocks = try Nova.clocks(.s3, from: Self.friday) { history in
      try history.pause(for: "pending_user", "2026-11-27T16:30Z", "2026-11-30T09:00Z")
      // Over the other, and out of order; closed hours under both.
      try history.pause(for: "INC-3", "2026-11-27T20:00Z", "2026-11-30T10:00Z")
      try history.pause(for: "third_party", "2026-11-30T10:30Z")
    }
    #expect(clocks.due(of: .respond) == nil)
    let states: [(String, ClockState)] = [
      ("2026-11-28T12:00Z", .paused(left: .minutes(210), why: ["pending_user", "INC-3"])),
      ("2026-11-30T09:30Z", .paused(left: .minutes(210), why: ["INC-3"])),
      ("2026-11-30T10:00Z", .running(left: .minutes(210), due: try Instant("2026-11-30T14:30Z"))),
      ("2026-11-30T12:00Z", .paused(left: .hours(3), why: ["third_party"])),
      ("2027-11-30T12:00Z", .paused(left: .hours(3), why: ["third_party"])),
    ]
    for (now, expected) in states {
      #expect(try clocks.state(of: .respond, at: Instant(now)) == expected, "\(now)")
    }
  }

  /// Milliseconds never count, and a reason that is given twice is over when it is over.
  @Test func countsWholeSecondsAndEachReasonOnce() throws {
    let clocks = try Nova.clocks(.s2, from: "2026-11-27T16:00:00.400Z") { history in
      try history.pause(for: "pending_user", "2026-11-27T16:10:00.900Z")
      try history.pause(for: "pending_user", "2026-11-27T16:11:00Z")
      history.resume(from: "pending_user", at: try Instant("2026-11-27T16:20:00.100Z"))
    }
    #expect(clocks.due(of: .respond)?.brief == "2026-11-27T17:10Z")
    #expect(try clocks.used(of: .respond, at: Instant("2026-11-27T16:15Z")) == .minutes(10))
    #expect(try clocks.used(of: .respond, at: Instant("2026-11-27T16:30:00.999Z")) == .minutes(20))
  }

  /// Of what was due and then waits nobody is reminded until it goes on.
  @Test func remindsOfNothingThatStandsStill() throws {
    let clocks = try Nova.clocks(.s2, from: "2026-11-27T16:00Z") { history in
      try history.pause(for: "INC-3", "2026-11-27T17:20Z", "2026-11-27T19:30Z")
      try history.pause(for: "third_party", "2026-11-27T20:20Z")
    }
    var last = try Instant("2026-11-27T16:00Z")
    var reminders: [String] = []
    while reminders.count < 9, let next = clocks.nextReminder(of: .respond, after: last, every: .minutes(30))
    {
      reminders.append(next.brief)
      last = next
    }
    #expect(
      reminders == [
        "2026-11-27T16:45Z", "2026-11-27T17:00Z", "2026-11-27T19:30Z", "2026-11-27T20:00Z",
      ])
  }

  /// A request that was asked before it was taken in, looked at in between.
  @Test func beforeItBeganItIsAsAtItsBeginning() throws {
    let clocks = try Nova.clocks(.s3, from: Self.friday) { history in
      try history.pause(for: "third_party", "2026-11-27T12:00Z", "2026-11-27T17:00Z")
    }
    let now = try Instant("2026-11-27T13:00Z")
    #expect(clocks.state(of: .respond, at: now) == .paused(left: .hours(4), why: ["third_party"]))
    #expect(clocks.ledger(of: .respond, at: now).segments.isEmpty)
    #expect(clocks.due(of: .respond)?.brief == "2026-11-30T13:00Z")
  }

  /// Severity by severity, from the original start, with its own hours; what is met stays met.
  @Test func aNewSeverityCountsFromTheStart() throws {
    let clocks = try Nova.clocks(.s3, from: Self.friday) { history in
      try history.pause(for: "pending_user", "2026-11-27T16:10Z", "2026-11-27T16:40Z")
      history.changeSeverity(to: .s2, at: try Instant("2026-11-27T17:00Z"))
    }
    let (before, after) = (try Instant("2026-11-27T16:59:59Z"), try Instant("2026-11-27T17:00Z"))
    #expect(clocks.due(of: .respond)?.brief == "2026-11-27T17:30Z")
    #expect(clocks.state(of: .respond, at: after) == .running(left: .minutes(30), due: after + .minutes(30)))
    guard case .running(let left, _) = clocks.state(of: .respond, at: before) else {
      Issue.record("\(clocks.state(of: .respond, at: before))")
      return
    }
    #expect(left == .hours(4) - .minutes(30) + .seconds(1))
    let met = try Nova.clocks(.s3, from: Self.friday) { history in
      try history.meet(.respond, "2026-11-30T10:00Z")
      history.changeSeverity(to: .s2, at: try Instant("2026-11-30T10:30Z"))
    }
    let state = try met.state(of: .respond, at: Instant("2026-11-30T12:00Z"))
    #expect(state == .met(at: try Instant("2026-11-30T10:00Z"), used: .hours(3), isLate: false))
  }

  @Test func theLastWordOnSeverityAtOneInstantHolds() throws {
    var history = ClockHistory(started: try Instant(Self.friday), severity: .s4)
    let at = try Instant("2026-11-27T17:00Z")
    history.changeSeverity(to: .s1, at: at + .hours(1))
    history.changeSeverity(to: .s2, at: at)
    history.changeSeverity(to: .s3, at: at)
    #expect(history.severity(at: at - .seconds(1)) == .s4 && history.severity(at: at) == .s3)
    #expect(history.severity(at: at - .days(9)) == .s4 && history.severity(at: at + .days(9)) == .s1)
  }

  /// A plan that no folder would pass, and times beyond any: answers, whatever they are.
  @Test func answersWhateverItIsTold() throws {
    let ends = [Instant(milliseconds: .min), Instant(milliseconds: 0), Instant(milliseconds: .max)]
    for start in ends {
      var history = ClockHistory(started: start, severity: .s3)
      for end in ends {
        history.pause(for: "a", at: end)
        history.resume(from: "a", at: start)
        history.changeSeverity(to: .s2, at: end)
      }
      history.met["resolve"] = ends[0]
      for target in [Span(milliseconds: .min), .zero, Span(milliseconds: .max)] {
        for part in [-1.0, .nan] {
          let terms = try Nova.terms { plan in
            plan.warnsAt = part
            plan.targets = [
              .init(severity: .s2, respond: target, mitigate: target, resolve: target, calendar: "nowhere"),
              .init(severity: .s3, respond: target, mitigate: target, resolve: target, calendar: "support"),
            ]
          }
          let clocks = TicketClocks(history, terms)
          for clock in TicketClock.allCases {
            for now in ends {
              let ledger = clocks.ledger(of: clock, at: now, most: 10)
              #expect(ledger.segments.count <= 11 && !ledger.lines().isEmpty)
              #expect(ledger.segments.last?.sum ?? .zero == ledger.used)
              _ = clocks.nextReminder(of: clock, after: now, every: .milliseconds(1))
            }
          }
        }
      }
    }
  }

  @Test func saysWhichZonesItLacks() throws {
    let plan = try Nova.plan()
    let terms = ClockTerms(plan, zones: [:])
    #expect(terms.unknownZones == ["Europe/Paris"] && terms.hours(for: .s3).zone == .utc)
    #expect(plan.zones == ["Europe/Paris"])
    let known = try Nova.terms()
    #expect(
      known.unknownZones.isEmpty && known.hours(for: .s1).isAlways && known.hours(for: .s3).name == "support")
  }

  @Test func goesIntoEventsAndComesBack() throws {
    var history = ClockHistory(started: try Instant(Self.friday), severity: .s3)
    try history.pause(for: "INC-3", "2026-11-27T16:30Z", "2026-11-27T17:00Z")
    try history.pause(for: "pending_user", "2026-11-27T17:30Z")
    try history.meet(.respond, "2026-11-27T17:15Z")
    #expect(FactCoding.decode(ClockHistory.self, from: try FactCoding.encode(history)) == history)
    let plan = try Nova.plan()
    #expect(FactCoding.decode(ClockPlan.self, from: try FactCoding.encode(plan)) == plan)
  }
}
