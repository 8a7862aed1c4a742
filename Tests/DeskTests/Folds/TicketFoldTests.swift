import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

/// Whatever people do, in whatever order: a ticket is what its events say, and its clocks are where they would be
/// if they were counted anew.
@Suite struct TicketFoldTests {
  private static let keys = ["T-1", "T-2", "T-3"]
  private static let incidents = ["INC-1", "INC-2"]

  /// One act, drawn.
  private static func act(_ random: inout SplitMix64) -> any Act {
    let hand = DeskHand(isSure: true)
    let key = keys.randomElement(using: &random) ?? "T-1"
    let incident = incidents.randomElement(using: &random) ?? "INC-1"
    switch Int.random(in: 0..<14, using: &random) {
    case 0...2:
      var act = CommentTicket(key, text: "words", isPublic: Bool.random(using: &random), hand: hand)
      if Bool.random(using: &random) { act.writer = .customer("") }
      return act
    case 3:
      var act = ChangeTicket(key, hand: hand)
      act.severity = Severity.allCases.randomElement(using: &random)
      act.assignee = Bool.random(using: &random) ? "ops2" : ""
      return act
    case 4...6:
      let state = TicketState.allCases.randomElement(using: &random) ?? .open
      return MoveTicket(key, to: state, reason: "so", isOverride: true, hand: hand)
    case 7: return PauseTicket(key, reason: "the bank", hand: hand)
    case 8: return ResumeTicket(key, hand: hand)
    case 9: return BeginMitigation(key, hand: hand)
    case 10: return LinkTicket(key, to: incident, hand: hand)
    case 11: return UnlinkTicket(key, from: incident, hand: hand)
    case 12:
      let other = keys.randomElement(using: &random) ?? "T-2"
      return Bool.random(using: &random)
        ? MergeTicket(key, into: other, hand: hand) : UnmergeTicket(key, reason: "two", hand: hand)
    default:
      let to = Status.allCases.randomElement(using: &random) ?? .resolved
      return CarryTickets(
        ChangeStatus(incident: incident, to: to, reason: "so", dataLost: to == .resolved ? "no" : nil),
        zones: [:])
    }
  }

  @Test(arguments: [1, 7, 482, 2026, 90210]) func clocksAreWhereTheyWouldBeCountedAnew(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let record = MemoryRecord()
    let start = try #require(Instant(rfc3339: "2026-11-21T03:06:00Z"))
    for severity in [Severity.s1, .s2, .s3] {
      var open = DeskBench.open()
      open.severity = severity
      try record.perform(open, at: start)
    }
    for _ in Self.incidents { try record.perform(DeskBench.declare(), at: start) }
    var now = start
    var done = 0
    for _ in 0..<150 {
      now = now + .seconds(Int64.random(in: 1...1200, using: &random))
      do { try record.perform(Self.act(&random), at: now) } catch is Refusal { continue }
      done += 1
      for key in Self.keys {
        let ticket = try record.ticket(key)
        #expect(ticket.clocks == ticket.dues(zones: [:], at: now), "\(key) after \(done) acts of \(seed)")
        let isHeld = ticket.holds.contains { $0.hasPrefix("INC-") }
        // What has breached stays so.
        let isStill = ticket.clocks.allSatisfy { $0.left != nil || $0.due.map { $0 <= now } ?? true }
        #expect(!isHeld || !ticket.isOpen || isStill)
        for hold in ticket.holds where hold != "third_party" {
          #expect(ticket.incidents.contains(hold))
          #expect(try record.entity(Incident.self, hold)?.isOpen == true, "\(hold) is over and holds \(key)")
        }
        #expect(ticket.state.isOpen == (ticket.met["resolve"] == nil))
      }
    }
    #expect(done > 60, "most acts are refused")
    // The fold, kept from act to act through its stored form, equals the one from all events.
    for key in Self.keys {
      var kept = Ticket(key: key)
      for event in record.events where Ticket.keys(of: event).contains(key) {
        kept.apply(event)
        kept = try #require(FactCoding.decode(Ticket.self, from: try FactCoding.encode(kept)))
      }
      #expect(try kept == record.ticket(key))
    }
  }

  @Test func whatIsErasedOrUnknownMovesNothing() throws {
    let record = try DeskBench.record()
    var ticket = try record.ticket()
    let whole = ticket
    let last = try #require(record.events.last)
    for kind in ["ticket.commented", "ticket.changed", "ticket.linked", "ticket.merged", "ticket.synced"] {
      ticket.apply(
        Event(
          origin: "o", seq: 9, id: "9", kind: kind, version: 1, occurred: last.occurred, ended: nil,
          recorded: last.recorded, actor: last.actor, incident: nil, ticket: "T-1", body: nil))
    }
    ticket.apply(
      Event(
        origin: "o", seq: 10, id: "10", kind: "ticket.danced", version: 1,
        occurred: last.occurred + .hours(1),
        ended: nil, recorded: last.recorded, actor: last.actor, incident: nil, ticket: "T-1",
        body: Array("{}".utf8)))
    #expect(ticket == whole)
  }
}
