import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

/// Of each clock its warning and its being due are told once, and nothing while nobody is to do anything.
@Suite struct TicketReminderTests {
  /// Writes down what is to be told, as the engine does.
  private struct Remind: Act {
    var zones: [String: Zone] = [:]

    func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
      let tickets = try record.keys(IndexQuery<Ticket>()).compactMap { try record.entity(Ticket.self, $0) }
      return Decision(
        append: tickets.flatMap { ticket in
          ticket.reminders(at: now, zones: zones).now.map { one in
            Entry(
              TicketReminded(
                clock: one.clock, due: one.due, occasion: one.occasion, severity: one.severity),
              at: now, ticket: one.ticket)
          }
        })
    }
  }

  /// What a look at that time tells: `T-1 mitigate warning`.
  private func told(_ record: MemoryRecord, at clock: String) throws -> [String] {
    try record.perform(Remind(), by: "midwatch", at: clock).map { event in
      let fact = try #require(event.fact(TicketReminded.self))
      return "\(event.ticket ?? "?") \(fact.clock) \(fact.occasion.rawValue)"
    }
  }

  @Test func eachClockTwiceAndNoMore() throws {
    let record = try DeskBench.record(.s1)
    let looks: [(String, [String])] = [
      ("03:06", []), ("03:17", []), ("03:18", ["T-1 mitigate warning"]), ("03:19", []), ("03:20", []),
      ("03:21", ["T-1 mitigate due"]), ("03:22", []), ("04:35", []), ("04:36", ["T-1 resolve warning"]),
      ("04:37", []), ("05:06", ["T-1 resolve due"]), ("05:07", []), ("23:00", []),
    ]
    for (clock, expected) in looks { #expect(try told(record, at: clock) == expected, "\(clock)") }
  }

  @Test func whoLooksLateIsToldOfTheWorseAlone() throws {
    let record = try DeskBench.record(.s1)
    #expect(try told(record, at: "06:00") == ["T-1 mitigate due", "T-1 resolve due"])
    #expect(try told(record, at: "06:01") == [])
  }

  @Test func theColumnSaysWhenToLook() throws {
    let record = try DeskBench.record(.s1)
    func column() throws -> String? {
      guard case .integer(let at) = try record.ticket().value(of: .remind) else { return nil }
      return Instant(milliseconds: at).dateClockUTC
    }
    #expect(try column() == "2026-11-21 03:17:15Z")
    _ = try told(record, at: "03:18")
    #expect(try column() == "2026-11-21 03:21:00Z")
    _ = try told(record, at: "03:21")
    #expect(try column() == "2026-11-21 04:36:00Z")
    _ = try told(record, at: "05:10")
    #expect(try column() == nil)
  }

  @Test func nothingOfWhatStandsStillIsAnsweredOrIsOver() throws {
    for (name, act) in [
      ("answered", DeskBench.comment("Which card?") as any Act),
      ("third party", PauseTicket("T-1", reason: "the bank", hand: DeskHand())),
      ("closed", MoveTicket("T-1", to: .closed, reason: "spam", isOverride: true, hand: DeskHand())),
      ("resolved", MoveTicket("T-1", to: .resolved, reason: "so", isOverride: true, hand: DeskHand())),
    ] {
      let record = try DeskBench.record(.s2)
      // Due at 04:06; what was told of it before is no reason to go on.
      #expect(try told(record, at: "03:52") == ["T-1 respond warning"])
      try record.perform(act, at: "03:53")
      #expect(try told(record, at: "09:00") == [], "\(name)")
      #expect(try record.ticket().value(of: .remind) == .null, "\(name)")
    }
  }

  @Test func aPauseAfterItWasDueKeepsQuietToo() throws {
    let record = try DeskBench.record(.s2)
    try record.perform(PauseTicket("T-1", reason: "the bank", hand: DeskHand()), at: "04:10")
    #expect(try told(record, at: "04:11") == [])
    try record.perform(ResumeTicket("T-1", hand: DeskHand()), at: "05:00")
    #expect(try told(record, at: "05:01") == ["T-1 respond due"])
  }

  @Test func aPauseMovesWhatIsDueAndRepeatsNoWarning() throws {
    let record = try DeskBench.record(.s2)
    #expect(try told(record, at: "03:51") == ["T-1 respond warning"])
    try record.perform(PauseTicket("T-1", reason: "the bank", hand: DeskHand()), at: "03:56")
    try record.perform(ResumeTicket("T-1", hand: DeskHand()), at: "05:56")
    #expect(try told(record, at: "05:57") == [])
    #expect(try told(record, at: "06:05") == [])
    #expect(try told(record, at: "06:06") == ["T-1 respond due"])
  }

  @Test func anotherSeverityIsDueAtAnotherTime() throws {
    let record = try DeskBench.record(.s2)
    #expect(try told(record, at: "04:10") == ["T-1 respond due"])
    var act = ChangeTicket("T-1", hand: DeskHand())
    act.severity = .s3
    try record.perform(act, at: "04:20")
    #expect(try told(record, at: "04:21") == [])
    #expect(try told(record, at: "06:06") == ["T-1 respond warning"])
    #expect(try told(record, at: "07:06") == ["T-1 respond due"])
    // It was told under S3 and is worse now, but no news.
    act.severity = .s2
    try record.perform(act, at: "07:10")
    #expect(try told(record, at: "07:11") == [])
  }

  @Test func aReminderTouchesNothingElse() throws {
    let record = try DeskBench.record(.s2)
    var before = try record.ticket()
    _ = try told(record, at: "04:10")
    let after = try record.ticket()
    #expect(after.reminded == ["respond": ["due": try #require(Instant(rfc3339: "2026-11-21T04:10:00Z"))]])
    before.reminded = after.reminded
    #expect(before == after)
  }

  @Test func itIsALineOfTheTicket() throws {
    let record = try DeskBench.record(.s2)
    let event = try #require(try record.perform(Remind(), by: "midwatch", at: "03:51").first)
    #expect(TicketLine(event)?.text == "respond is due at 2026-11-21 04:06:00Z")
    let late = try #require(try record.perform(Remind(), by: "midwatch", at: "04:07").first)
    #expect(TicketLine(late)?.text == "respond is overdue since 2026-11-21 04:06:00Z")
  }

  // MARK: Working hours

  /// S3 of the office: 09:00 to 17:00 in UTC, Monday to Friday. 21 November 2026 is a Saturday.
  private func office(_ severity: Severity, opened: String) throws -> MemoryRecord {
    let record = MemoryRecord()
    var act = DeskBench.open()
    act.plan.calendars = [try BusinessCalendar("UTC", ["Mon-Fri 09:00-17:00"])]
    act.plan.targets = [.init(severity: severity, respond: .hours(4), calendar: "support")]
    act.severity = severity
    try record.perform(act, at: try #require(Instant(rfc3339: opened)))
    return record
  }

  private func told(_ record: MemoryRecord, on instant: String) throws -> [String] {
    let now = try #require(Instant(rfc3339: instant))
    return try record.perform(Remind(), by: "midwatch", at: now).map {
      $0.fact(TicketReminded.self)?.words ?? "?"
    }
  }

  @Test func ofS3NobodyIsRemindedOutsideHours() throws {
    // Four hours of Friday's five are used up on Friday at 16:00; with 25 % left at 15:00.
    let record = try office(.s3, opened: "2026-11-20T12:00:00Z")
    #expect(try told(record, on: "2026-11-20T14:59:00Z") == [])
    #expect(try told(record, on: "2026-11-20T17:00:00Z") == [], "nobody looked until the office closed")
    #expect(try told(record, on: "2026-11-22T12:00:00Z") == [])
    #expect(
      try record.ticket().reminders(
        at: try #require(Instant(rfc3339: "2026-11-22T12:00:00Z")), zones: [:]
      ).later?.dateClockUTC
        == "2026-11-23 09:00:00Z")
    #expect(
      try told(record, on: "2026-11-23T09:00:00Z") == ["respond is overdue since 2026-11-20 16:00:00Z"])
  }

  @Test func whatIsDueAsTheOfficeClosesIsToldAsItOpens() throws {
    let record = try office(.s3, opened: "2026-11-20T13:00:00Z")
    #expect(
      try told(record, on: "2026-11-20T16:00:00Z") == ["respond is due at 2026-11-20 17:00:00Z"])
    #expect(try record.ticket().value(of: .remind) == .instant(Instant(rfc3339: "2026-11-23T09:00:00Z")))
    #expect(try told(record, on: "2026-11-20T17:00:00Z") == [])
    #expect(
      try told(record, on: "2026-11-23T09:00:00Z") == ["respond is overdue since 2026-11-20 17:00:00Z"])
  }

  @Test func ofS2AtAnyHour() throws {
    let record = try office(.s2, opened: "2026-11-20T13:00:00Z")
    #expect(
      try told(record, on: "2026-11-21T02:00:00Z") == ["respond is overdue since 2026-11-20 17:00:00Z"])
  }

  @Test func aZoneThatIsMissingSilencesNobody() throws {
    let record = MemoryRecord()
    var act = DeskBench.open()
    act.plan.calendars = [try BusinessCalendar("Nowhere/Land", ["Mon-Sun 00:00-24:00"])]
    act.plan.targets = [.init(severity: .s3, respond: .hours(4), calendar: "support")]
    act.hand.zones = ["Nowhere/Land": .utc]
    try record.perform(act, at: "03:06")
    #expect(try told(record, at: "06:06") == ["T-1 respond warning"])
    #expect(try told(record, at: "07:06") == ["T-1 respond due"])
  }

  /// A ticket of a journal that no midwatch with reminders wrote.
  @Test func oldTicketsAreToldByTheClockOnTheWall() throws {
    let record = try DeskBench.record(.s1)
    var ticket = try record.ticket()
    ticket.clocks = ticket.clocks.map { TicketDue(clock: $0.clock, due: $0.due, left: nil) }
    #expect(ticket.value(of: .remind) == .instant(Instant(rfc3339: "2026-11-21T03:17:15Z")))
  }
}
