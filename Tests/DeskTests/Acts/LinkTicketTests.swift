import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

@Suite struct LinkTicketTests {
  private func linked(_ severity: Severity = .s2) throws -> MemoryRecord {
    let record = try DeskBench.record(severity)
    try record.perform(DeskBench.declare(), at: "03:10")
    try record.perform(LinkTicket("T-1", to: "INC-1", hand: DeskHand()), by: "support1", at: "03:16")
    return record
  }

  private func status(_ to: Status, incident: String = "INC-1") -> CarryTickets<ChangeStatus> {
    CarryTickets(
      ChangeStatus(
        incident: incident, to: to, reason: to == .resolved ? nil : "it came back",
        dataLost: to == .resolved ? "no" : nil), zones: [:])
  }

  @Test func aLinkIsOnBothAndStopsTheClocks() throws {
    let record = try linked()
    let link = try #require(record.events.last { $0.kind == "ticket.linked" })
    #expect(link.incident == "INC-1" && link.ticket == "T-1")
    #expect(link.fact(TicketLinked.self)?.subject == "Charged twice for one pack")
    #expect(try record.ticket().incidents == ["INC-1"] && record.ticket().holds == ["INC-1"])
    #expect(try record.clocks() == ["respond -50m"])
    #expect(
      record.refusal(LinkTicket("T-1", to: "INC-1", hand: DeskHand())) == "T-1 is linked to INC-1 already.")
    #expect(
      record.refusal(LinkTicket("T-1", to: "INC-7", hand: DeskHand()))
        == "There is no incident INC-7; `midwatch incident list` shows them.")
    try record.perform(
      UnlinkTicket("T-1", from: "INC-1", reason: "another card", hand: DeskHand()), at: "03:26")
    #expect(try record.ticket().incidents.isEmpty && record.clocks() == ["respond 04:16"])
    #expect(
      record.refusal(UnlinkTicket("T-1", from: "INC-1", hand: DeskHand())) == "T-1 is not linked to INC-1.")
  }

  @Test func whereNoPauseIsNamedClocksGoOn() throws {
    let record = MemoryRecord()
    var act = DeskBench.open()
    act.plan.pauses = []
    try record.perform(act)
    try record.perform(DeskBench.declare(), at: "03:10")
    try record.perform(LinkTicket("T-1", to: "INC-1", hand: DeskHand()), at: "03:16")
    #expect(try record.clocks() == ["respond 07:06"] && record.ticket().holds.isEmpty)
    #expect(try record.perform(status(.resolved), at: "03:30").allSatisfy { $0.ticket == nil })
  }

  @Test func resolvingLetsClocksGoOnAndReopeningStopsThem() throws {
    let record = try linked()
    let events = try record.perform(status(.resolved), at: "03:36")
    #expect(events.filter { $0.ticket == "T-1" }.map(\.kind) == ["ticket.resumed"])
    #expect(try record.clocks() == ["respond 04:26"] && record.ticket().incidents == ["INC-1"])
    try record.perform(status(.investigating), at: "03:46")
    #expect(try record.clocks() == ["respond -40m"] && record.ticket().holds == ["INC-1"])
    try record.perform(status(.resolved), at: "03:56")
    #expect(try record.clocks() == ["respond 04:36"])
  }

  /// Else a ticket that is reopened would stand still for an incident that is over.
  @Test func resolvingReachesTicketsThatAreOver() throws {
    let record = try linked()
    try record.perform(MoveTicket("T-1", to: .resolved, hand: DeskHand()), at: "03:20")
    try record.perform(status(.resolved), at: "03:36")
    #expect(try record.ticket().holds.isEmpty)
    // One that is over is not stopped again.
    try record.perform(status(.investigating), at: "03:40")
    #expect(try record.ticket().holds.isEmpty)
    try record.perform(MoveTicket("T-1", to: .pendingSupport, reason: "again", hand: DeskHand()), at: "04:20")
    // The incident is open again, and explains the ticket as before.
    #expect(try record.ticket().holds == ["INC-1"] && record.clocks() == ["respond -50m"])
    try record.perform(status(.resolved), at: "04:30")
    #expect(try record.clocks() == ["respond 05:20"])
  }

  @Test func whatIsMergedTakesItsTicketsAlong() throws {
    let record = try linked()
    try record.perform(DeskBench.declare("Bank is down"), at: "03:20")
    try record.perform(CarryTickets(MergeIncident("INC-1", into: "INC-2"), zones: [:]), at: "03:26")
    #expect(try record.ticket().incidents == ["INC-1", "INC-2"] && record.ticket().holds == ["INC-2"])
    #expect(try record.clocks() == ["respond -50m"], "not a minute ran in between")
    try record.perform(DeskBench.open("Cannot pay"), at: "03:27")
    #expect(
      record.refusal(LinkTicket("T-2", to: "INC-1", hand: DeskHand()))
        == "INC-1 was merged into INC-2; link T-2 to INC-2.")
    try record.perform(
      CarryTickets(UnlinkIncident(incident: "INC-1", from: "INC-2"), zones: [:]), at: "03:30")
    #expect(try record.ticket().holds == ["INC-2", "INC-1"])
    try record.perform(status(.resolved, incident: "INC-2"), at: "03:36")
    #expect(try record.clocks() == ["respond -50m"])
    try record.perform(status(.resolved), at: "03:46")
    #expect(try record.clocks() == ["respond 04:36"])
  }

  @Test func otherActsCarryNothing() throws {
    let record = try linked()
    let act = CarryTickets(ChangeStatus(incident: "INC-1", to: .identified), zones: [:])
    #expect(try record.perform(act, at: "03:20").allSatisfy { $0.ticket == nil })
    #expect(try record.clocks() == ["respond -50m"])
  }

  /// A zone that was not asked for is not UTC: whoever acts looks for it, or says that it is missing.
  @Test func anUnknownZoneIsSaid() throws {
    let record = MemoryRecord()
    var open = DeskBench.open()
    open.plan.calendars = [try BusinessCalendar("Nowhere/Land", ["Mon-Sun 00:00-24:00"])]
    open.plan.targets = [.init(severity: .s3, respond: .hours(4), calendar: "support")]
    open.hand.zones = ["Nowhere/Land": .utc]
    try record.perform(open)
    try record.perform(DeskBench.declare(), at: "03:10")
    try record.perform(LinkTicket("T-1", to: "INC-1", hand: open.hand), by: "support1", at: "03:16")
    var act = status(.resolved)
    #expect(throws: UnknownZones(ticket: "T-1", names: ["Nowhere/Land"])) {
      try record.perform(act, at: "03:36")
    }
    act.missing = ["Nowhere/Land"]
    let events = try record.perform(act, at: "03:36")
    let resumed = try #require(events.last { $0.ticket == "T-1" })
    #expect(
      TicketLine(resumed)?.text
        == "clocks go on after INC-1: its hours count in UTC, for Nowhere/Land is no zone that is known here; "
        + "install tzdata")
    #expect(try record.clocks() == ["respond 07:26"])
  }
}
