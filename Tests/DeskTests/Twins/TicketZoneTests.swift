import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

/// Clocks count by the plan of their ticket, whatever the folder says now.
struct TicketZoneTests {
  private static let zones = HostZones.zone("Asia/Tokyo").map { ["Asia/Tokyo": $0] } ?? [:]

  private func take(
    _ state: TicketState, _ zones: [String: Zone], in record: MemoryRecord, at clock: String
  ) throws {
    var ticket = IncomingTicket(id: "17", subject: "No packs", text: "gone", requester: "eve")
    ticket.state = state
    var plan = ClockPlan()
    // The folder is another one later, or none was named.
    if clock == "03:06" {
      plan.calendars = [try BusinessCalendar("Asia/Tokyo", ["Mon-Sun 10:00-18:00"])]
      plan.targets = [.init(severity: .s3, respond: .hours(4), resolve: .hours(16), calendar: "support")]
      plan.pauses = ["pending_user"]
    }
    try record.perform(
      TakeTicket(ticket, from: "cg", digest: clock, system: nil, plan: plan, hand: DeskHand(zones: zones)),
      by: "midwatch", at: clock)
  }

  @Test(.enabled(if: HostZones.areThere)) func anotherZoneMovesNoClock() throws {
    let record = MemoryRecord()
    try take(.open, Self.zones, in: record, at: "03:06")
    #expect(try record.clocks() == ["respond 07:06", "resolve 03:06"])
    let dues = try record.ticket().clocks
    #expect(throws: UnknownZones(ticket: "T-1", names: ["Asia/Tokyo"])) {
      try take(.pendingUser, [:], in: record, at: "03:07")
    }
    #expect(try record.ticket().clocks == dues)
    try take(.pendingUser, Self.zones, in: record, at: "03:08")
    try take(.open, Self.zones, in: record, at: "03:09")
    // What the queue goes by is what the ledger comes to.
    let ticket = try record.ticket()
    let now = try #require(Instant(rfc3339: "2026-11-21T03:10:00Z"))
    let clocks = try #require(ticket.ticking(zones: Self.zones))
    for due in ticket.clocks {
      let clock = try #require(TicketClock(rawValue: due.clock))
      guard case .running(_, let counted) = clocks.ledger(of: clock, at: now).state else {
        Issue.record("\(due.clock) does not run")
        continue
      }
      #expect(counted == due.due && counted != nil)
    }
    #expect(try record.clocks() == ["respond 07:07", "resolve 03:07"])
    let overdue = TicketFilter([.init(.isTrue(.overdue))])
    for (moment, keys) in [(now, []), (try #require(ticket.next?.due), ["T-1"])] {
      #expect(try record.keys(IndexQuery<Ticket>(overdue.condition(at: moment))) == keys)
    }
  }

  @Test(.enabled(if: HostZones.areThere)) func whatMovesNoClockNeedsNoCalendar() throws {
    let record = MemoryRecord()
    try take(.open, Self.zones, in: record, at: "03:06")
    var change = ChangeTicket("T-1", hand: DeskHand())
    change.assignee = "ops1"
    #expect(record.refusal(change) == nil)
    #expect(
      record.refusal(MoveTicket("T-1", to: .resolved, hand: DeskHand()))
        == "T-1 counts by the hours of Asia/Tokyo, which is no zone that is known here; install tzdata.")
  }
}
