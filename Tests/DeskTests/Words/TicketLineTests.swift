import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

@Suite struct TicketLineTests {
  /// A ticket's whole life, as its lines say it.
  @Test func eachEventIsALine() throws {
    let record = try DeskBench.record(.s2)
    let hand = DeskHand()
    try record.perform(DeskBench.open("Charged two times"))
    try record.perform(DeskBench.declare())
    var change = ChangeTicket("T-1", hand: hand)
    change.assignee = "support2"
    change.severity = .s1
    change.tags = ["vip"]
    change.reason = "she called"
    try record.perform(change)
    try record.perform(DeskBench.comment("Same id twice.", isPublic: false), by: "support2")
    try record.perform(DeskBench.comment("We look."), by: "support2")
    try record.perform(DeskBench.comment("Thanks", by: "Ada"))
    try record.perform(PauseTicket("T-1", reason: "the bank", hand: hand))
    try record.perform(ResumeTicket("T-1", hand: hand))
    try record.perform(BeginMitigation("T-1", hand: hand))
    try record.perform(LinkTicket("T-1", to: "INC-1", hand: hand))
    try record.perform(UnlinkTicket("T-1", from: "INC-1", reason: "another card", hand: hand))
    try record.perform(SplitTicket("T-1", subject: "Refund", text: "and?", hand: hand))
    try record.perform(MergeTicket("T-2", into: "T-1", hand: hand))
    try record.perform(UnmergeTicket("T-2", reason: "two cards", hand: hand))
    try record.perform(
      MoveTicket("T-1", to: .open, reason: "by mistake", isOverride: true, hand: hand))
    let lines = record.events.filter { $0.ticket == "T-1" }.compactMap(TicketLine.init)
    #expect(
      lines.map { "\($0.kind) \($0.by): \($0.text)" } == [
        "customer customer 8841: I paid once but was charged two times.",
        "change ops1: S1, assigned to support2, tags vip: she called",
        "internal support2: Same id twice.",
        "reply support2: We look.", "change support2: pending_user",
        "customer Ada: Thanks", "change ops1: pending_support",
        "change ops1: clocks stand still for third_party: the bank",
        "change ops1: clocks go on after third_party",
        "change ops1: mitigation begun", "change ops1: linked to INC-1",
        "change ops1: clocks stand still for INC-1: Payments fail",
        "change ops1: no longer linked to INC-1: another card",
        "change ops1: clocks go on after INC-1: another card",
        "change ops1: T-3 was split off: Refund", "change ops1: T-2 was merged into this",
        "change ops1: T-2 is its own again: two cards",
        "change ops1: open, against the rules: by mistake",
      ])
  }

  /// Who wrote it in the other house is who wrote it.
  @Test func anotherHousesReplyIsItsOwn() throws {
    let record = try DeskBench.record()
    var reply = DeskBench.comment("We look.")
    (reply.external, reply.author) = ("c1", "Anna K.")
    let event = try #require(try record.perform(reply, by: "midwatch", at: "03:20").first)
    #expect(TicketLine(event)?.by == "Anna K.")
  }

  @Test func whatIsErasedSaysSo() throws {
    let record = try DeskBench.record()
    let event = try #require(record.events.first)
    func with(body: [UInt8]?, ticket: String?) -> Event {
      Event(
        origin: "o", seq: 1, id: "1", kind: event.kind, version: 1, occurred: event.occurred, ended: nil,
        recorded: event.recorded, actor: event.actor, incident: nil, ticket: ticket, body: body)
    }
    #expect(TicketLine(with(body: nil, ticket: "T-1"))?.text == "erased")
    #expect(TicketLine(with(body: event.body, ticket: nil)) == nil)
    #expect(TicketLine(with(body: Array("{}".utf8), ticket: "T-1")) == nil)
  }
}
