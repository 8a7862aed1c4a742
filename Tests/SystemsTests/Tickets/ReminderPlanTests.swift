import Comms
import Desk
import Incidents
import Testing
import Values

@testable import Systems

/// Who is told what of tickets whose clocks run out.
struct ReminderPlanTests {
  private static let now = Instant(rfc3339: "2026-11-22T03:10:00Z") ?? Instant(milliseconds: 0)

  private func reminder(
    _ number: Int, _ severity: Severity = .s1, _ occasion: TicketReminded.Occasion = .due,
    clock: String = "respond", subject: String = "Cannot pay"
  ) -> TicketReminder {
    TicketReminder(
      ticket: "T-\(number)", subject: subject, system: "shop", severity: severity, assignee: nil,
      clock: clock, due: Self.now - .minutes(Int64(number)), occasion: occasion)
  }

  private func pages(_ level: Level, _ reminders: [TicketReminder]) -> [ReminderPlan.Page] {
    ReminderPlan(system: "shop", pagers: [.init(to: "out", level: level)], origin: "abcdef0123456789")
      .pages(of: reminders, at: Self.now)
  }

  @Test(arguments: [
    (Level.page, [Severity.s1]), (.warn, [.s1, .s2]), (.info, [.s1, .s2, .s3, .s4]),
  ])
  func byTheLevelOfTheirSeverity(_ level: Level, _ heard: [Severity]) {
    let all = Severity.allCases.enumerated().map { reminder($0.offset + 1, $0.element) }
    #expect(pages(level, all).map(\.message.severity) == heard)
  }

  @Test func oneTicketIsOneMessage() throws {
    let both = [
      reminder(1, clock: "mitigate"), reminder(1, .s1, .warning, clock: "resolve"), reminder(2),
    ]
    let found = pages(.page, both)
    #expect(found.map(\.message.ticket) == ["T-1", "T-2"])
    let first = try #require(found.first?.message)
    #expect(
      first.subject
        == "shop: T-1 S1 Cannot pay: mitigate is overdue since 2026-11-22 03:09:00Z, "
        + "resolve is due at 2026-11-22 03:09:00Z")
    #expect(first.text.contains("\nNobody has it. `midwatch ticket show T-1` has all of it."))
    #expect(first.occasion == .reminded && first.incident == nil && first.alert == nil)
  }

  @Test(arguments: [(5, 5), (6, 1), (5000, 1)]) func moreThanAFewAreCounted(_ tickets: Int, _ messages: Int)
    throws
  {
    let found = pages(.page, (1...tickets).map { reminder($0, .s1, $0 % 3 == 0 ? .warning : .due) })
    #expect(found.count == messages)
    #expect(found.reduce(into: Set()) { $0.formUnion($1.tickets) }.count == tickets)
    guard messages == 1, let message = found.first?.message else { return }
    #expect(message.ticket == nil)
    #expect(
      message.subject
        == "shop: \(tickets) tickets: \(tickets - tickets / 3) overdue, \(tickets / 3) due soon")
    #expect(message.text.utf8.count < 2000, "it names a few and counts the rest")
    #expect(tickets <= 10 || message.text.contains("\nand \(tickets - 10) more\n"))
  }

  /// The same round has the same key, another has another: what is queued again is known.
  @Test func keysTellRoundsApart() {
    func key(_ reminders: [TicketReminder]) -> String? { pages(.page, reminders).first?.message.key }
    #expect(key([reminder(1)]) == key([reminder(1)]))
    #expect(key([reminder(1)]) != key([reminder(2)]))
    #expect(key([reminder(1)]) != key([reminder(1, .s1, .warning)]))
    #expect(key([reminder(1)]) != key([reminder(1, clock: "resolve")]))
  }

  @Test func pagerDutyKnowsOneTicketByOneName() throws {
    func key(_ reminders: [TicketReminder]) throws -> String? {
      let message = try #require(pages(.page, reminders).first?.message)
      let place = Destination(name: "out", kind: "pagerduty", shown: "there")
      let body = try PagerDutyDelivery.payload(of: message, to: place).body
      return body.firstMatch(of: /"dedup_key":"([^"]*)"/).map { String($0.1) }
    }
    #expect(try key([reminder(1)]) == "midwatch/abcdef012345/shop/T-1")
    #expect(try key([reminder(1, .s1, .warning)]) == "midwatch/abcdef012345/shop/T-1")
    #expect(try key((1...9).map { reminder($0) }) == "midwatch/abcdef012345/shop/tickets")
  }
}
