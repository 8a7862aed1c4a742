import Incidents
import Testing
import Values

@testable import Desk

/// What went wrong with the clocks of other desks, as their users told.
@Suite(.enabled(if: HostZones.areThere, "this host has no time zones in /usr/share/zoneinfo"))
struct PublishedDefectTests {
  private func clocks(
    _ zone: String, _ hours: [String], target: Span, from start: String,
    _ tell: (inout ClockHistory) throws -> Void = { _ in }
  ) throws -> TicketClocks {
    var plan = ClockPlan()
    plan.calendars = [try BusinessCalendar(zone, hours)]
    plan.targets = [
      .init(severity: .s3, respond: target, resolve: target * 2, calendar: "support"),
      .init(severity: .s2, respond: target / 2, calendar: "support"),
    ]
    var history = ClockHistory(started: try Instant(start), severity: .s3)
    try tell(&history)
    return TicketClocks(history, ClockTerms(plan, zones: CaseMaker.known))
  }

  @Test("zammad#3180: a day that ends at 23:59 counts no minute at midnight, one that ends at 24:00 all")
  func midnightMinute() throws {
    let whole = try clocks("UTC", ["Mon-Fri 00:00-24:00"], target: .hours(4), from: "2026-11-27T22:00Z")
    #expect(try whole.used(of: .respond, at: Instant("2026-11-28T00:00Z")) == .hours(2))
    #expect(try whole.used(of: .respond, at: Instant("2026-11-28T00:01Z")) == .hours(2))
    #expect(whole.due(of: .respond)?.brief == "2026-11-30T02:00Z")
    let short = try clocks("UTC", ["Mon-Fri 00:00-23:59"], target: .hours(4), from: "2026-11-27T22:00Z")
    #expect(try short.used(of: .respond, at: Instant("2026-11-28T00:01Z")) == .minutes(119))
    #expect(short.due(of: .respond)?.brief == "2026-11-30T02:01Z")
    // From day to day nothing lies between.
    let nightly = try clocks("UTC", ["Mon-Sun 00:00-24:00"], target: .hours(4), from: "2026-11-25T22:00Z")
    #expect(nightly.due(of: .respond)?.brief == "2026-11-26T02:00Z")
    let ledger = try nightly.ledger(of: .respond, at: Instant("2026-11-27T22:00Z"))
    #expect(ledger.segments.map(\.kind) == [.counted])
  }

  @Test("zammad#4432: nobody is reminded outside hours of what can wait, and always of what cannot")
  func remindersAtMidnight() throws {
    let hours = try WorkingHours("UTC", ["Mon-Fri 09:00-17:00"])
    let waiting = try clocks("UTC", ["Mon-Fri 09:00-17:00"], target: .hours(4), from: "2026-11-26T14:00Z")
    var reminders: [Instant] = []
    var last = try Instant("2026-11-26T14:00Z")
    while reminders.count < 40, let next = waiting.nextReminder(of: .respond, after: last, every: .hours(1)) {
      reminders.append(next)
      last = next
    }
    #expect(
      reminders.prefix(11).map(\.brief) == [
        // Three of four hours used up at closing time: first thing in the morning; due at ten, then hourly.
        "2026-11-27T09:00Z", "2026-11-27T10:00Z", "2026-11-27T11:00Z", "2026-11-27T12:00Z",
        "2026-11-27T13:00Z", "2026-11-27T14:00Z", "2026-11-27T15:00Z", "2026-11-27T16:00Z",
        "2026-11-30T09:00Z", "2026-11-30T10:00Z", "2026-11-30T11:00Z",
      ])
    #expect(reminders.count == 40 && reminders.allSatisfy { hours.isOpen(at: $0) })
    let urgent = try Nova.clocks(.s1, from: "2026-11-28T23:50Z")
    let start = try Instant("2026-11-28T23:50Z")
    #expect(
      urgent.nextReminder(of: .mitigate, after: start, every: .minutes(5))?.brief == "2026-11-29T00:01:15Z")
    #expect(
      try urgent.nextReminder(of: .mitigate, after: Instant("2026-11-29T00:01:15Z"), every: .minutes(5))?
        .brief
        == "2026-11-29T00:05Z")
  }

  @Test("zammad#5177: clocks do not move each other")
  func clocksAreApart() throws {
    let untouched = try clocks("UTC", ["Mon-Fri 09:00-17:00"], target: .hours(4), from: "2026-11-26T10:00Z")
    let answered = try clocks("UTC", ["Mon-Fri 09:00-17:00"], target: .hours(4), from: "2026-11-26T10:00Z") {
      try $0.meet(.respond, "2026-11-26T11:00Z")
    }
    #expect(untouched.due(of: .respond)?.brief == "2026-11-26T14:00Z")
    #expect(untouched.due(of: .resolve)?.brief == "2026-11-27T10:00Z")
    #expect(answered.due(of: .respond) == nil && answered.due(of: .resolve) == untouched.due(of: .resolve))
    let resolved = try clocks("UTC", ["Mon-Fri 09:00-17:00"], target: .hours(4), from: "2026-11-26T10:00Z") {
      try $0.meet(.resolve, "2026-11-26T11:00Z")
    }
    #expect(resolved.due(of: .respond) == untouched.due(of: .respond))
  }

  @Test("GLPI#15605: a new severity keeps the time for which the clock stood still")
  func pauseOverASeverityChange() throws {
    let changed = try clocks("UTC", ["Mon-Sun 00:00-24:00"], target: .hours(4), from: "2026-11-26T10:00Z") {
      try $0.pause(for: "pending_user", "2026-11-26T10:30Z", "2026-11-26T20:30Z")
      $0.changeSeverity(to: .s2, at: try Instant("2026-11-26T21:00Z"))
    }
    // An hour used, ten paused, two hours in all.
    #expect(changed.due(of: .respond)?.brief == "2026-11-26T22:00Z")
    #expect(try changed.used(of: .respond, at: Instant("2026-11-26T21:00Z")) == .hours(1))
    // Changed while it stands still: it goes on standing still, and goes on from there.
    let during = try clocks("UTC", ["Mon-Sun 00:00-24:00"], target: .hours(4), from: "2026-11-26T10:00Z") {
      try $0.pause(for: "pending_user", "2026-11-26T10:30Z")
      $0.changeSeverity(to: .s2, at: try Instant("2026-11-26T15:00Z"))
    }
    #expect(
      try during.state(of: .respond, at: Instant("2026-11-26T18:00Z"))
        == .paused(left: .minutes(90), why: ["pending_user"]))
  }

  @Test("GLPI#15429: another zone, or coming back after days, is no breach at once")
  func noBreachAtOnce() throws {
    func reopened(_ zone: String) throws -> TicketClocks {
      try clocks(zone, ["Mon-Sun 00:00-24:00"], target: .hours(4), from: "2026-11-20T10:00Z") {
        try $0.pause(for: "resolved", "2026-11-20T13:00Z", "2026-11-26T10:00Z")
      }
    }
    let now = try Instant("2026-11-26T10:00Z")
    let expected = ClockState.running(left: .hours(1), due: now + .hours(1))
    #expect(try reopened("UTC").state(of: .respond, at: now) == expected)
    #expect(try reopened("America/New_York").state(of: .respond, at: now) == expected)
    #expect(
      try reopened("UTC").state(of: .respond, at: now - .days(2))
        == .paused(left: .hours(1), why: ["resolved"]))
    // The ledger tells the whole of it.
    #expect(
      try reopened("UTC").ledger(of: .respond, at: now + .minutes(30)).segments.map(\.kind) == [
        .counted, .paused(["resolved"]), .counted,
      ])
  }

  @Test("GLPI#22678: with several stretches a day it is due within one of them, not at midnight")
  func severalStretches() throws {
    let hours = ["Mon-Fri 08:00-10:00", "Mon-Fri 11:00-12:00", "Mon-Fri 14:00-15:30", "Mon-Fri 16:00-19:00"]
    let dues = try [30, 60, 150, 200, 240, 300, 420, 450, 600, 2250].map {
      try clocks("UTC", hours, target: .minutes($0), from: "2026-11-23T06:00Z").due(of: .respond)?.brief
    }
    #expect(
      dues == [
        "2026-11-23T08:30Z", "2026-11-23T09:00Z", "2026-11-23T11:30Z", "2026-11-23T14:20Z",
        "2026-11-23T15:00Z", "2026-11-23T16:30Z", "2026-11-23T18:30Z", "2026-11-23T19:00Z",
        "2026-11-24T11:30Z", "2026-11-27T19:00Z",
      ])
  }

  @Test("frappe/helpdesk#1675: when it goes on after a pause it is due so much later")
  func dueMovesByThePause() throws {
    let paused = try clocks("UTC", ["Mon-Sun 00:00-24:00"], target: .hours(4), from: "2026-11-26T10:00Z") {
      try $0.pause(for: "pending_user", "2026-11-26T11:00Z")
    }
    #expect(paused.due(of: .respond) == nil && paused.warning(of: .respond) == nil)
    let resumed = try clocks("UTC", ["Mon-Sun 00:00-24:00"], target: .hours(4), from: "2026-11-26T10:00Z") {
      try $0.pause(for: "pending_user", "2026-11-26T11:00Z", "2026-11-26T12:30Z")
    }
    #expect(resumed.due(of: .respond)?.brief == "2026-11-26T15:30Z")
    #expect(resumed.warning(of: .respond)?.brief == "2026-11-26T14:30Z")
  }

  @Test("frappe/helpdesk#2212: lunch does not count")
  func lunch() throws {
    let hours = ["Mon-Fri 09:00-12:00", "Mon-Fri 13:00-17:00"]
    let clocks = try clocks("UTC", hours, target: .hours(2), from: "2026-11-26T11:30Z")
    #expect(clocks.due(of: .respond)?.brief == "2026-11-26T14:30Z")
    #expect(try clocks.used(of: .respond, at: Instant("2026-11-26T13:00Z")) == .minutes(30))
  }

  @Test("osTicket#3034: what waits for the customer does not run out")
  func waitingForTheCustomer() throws {
    let clocks = try clocks("UTC", ["Mon-Sun 00:00-24:00"], target: .hours(4), from: "2026-11-26T10:00Z") {
      try $0.pause(for: "pending_user", "2026-11-26T11:00Z")
    }
    #expect(
      try clocks.state(of: .respond, at: Instant("2029-11-26T11:00Z"))
        == .paused(left: .hours(3), why: ["pending_user"]))
    #expect(
      try clocks.nextReminder(of: .respond, after: Instant("2026-11-26T10:00Z"), every: .hours(1)) == nil)
  }
}

extension Span {
  fileprivate static func / (span: Span, parts: Int64) -> Span { .milliseconds(span.milliseconds / parts) }
}
