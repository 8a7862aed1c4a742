import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

@Suite struct MergeTicketTests {
  private func two(_ requester: String = "customer 8841") throws -> MemoryRecord {
    let record = try DeskBench.record(.s2)
    var second = DeskBench.open("Charged two times")
    second.requester = requester
    second.severity = .s2
    try record.perform(second, at: "03:10")
    return record
  }

  @Test func theOneThatGoesIsClosedAndBothSaySo() throws {
    let record = try two()
    let events = try record.perform(MergeTicket("T-2", into: "T-1", hand: DeskHand()), at: "03:20")
    #expect(events.map(\.kind) == ["ticket.merged", "ticket.changed", "ticket.merged"])
    #expect(events.map(\.ticket) == ["T-2", "T-2", "T-1"])
    let gone = try record.ticket("T-2")
    #expect(gone.mergedInto == "T-1" && gone.state == .closed && !gone.isOpen && gone.next == nil)
    #expect(try record.ticket().absorbed == ["T-2"] && record.ticket().isOpen)
    #expect(try record.clocks() == ["respond 04:06"], "the other one's clocks do not move")
    var late = DeskBench.comment("x")
    late.ticket = "T-2"
    #expect(record.refusal(late) == "T-2 was merged into T-1; work on T-1.")
    #expect(
      record.refusal(MergeTicket("T-1", into: "T-2", hand: DeskHand()))
        == "T-2 was merged into T-1; work on T-1.")
  }

  @Test func aMergeIsTakenBack() throws {
    let record = try two()
    #expect(
      record.refusal(UnmergeTicket("T-2", reason: "x", hand: DeskHand()))
        == "T-2 was not merged into another.")
    try record.perform(MergeTicket("T-2", into: "T-1", hand: DeskHand()), at: "03:20")
    #expect(
      record.refusal(UnmergeTicket("T-2", reason: " ", hand: DeskHand()))
        == "Say why T-2 and T-1 are two after all.")
    try record.perform(UnmergeTicket("T-2", reason: "two cards", hand: DeskHand()), at: "04:20")
    let back = try record.ticket("T-2")
    #expect(back.mergedInto == nil && back.state == .pendingSupport && back.isOpen)
    #expect(try record.clocks("T-2") == ["respond 05:10"], "50 minutes were left")
    #expect(try record.ticket().absorbed.isEmpty)
  }

  @Test func twoRequestersAskFirst() throws {
    let record = try two("customer 9")
    let hand = DeskHand()
    #expect(
      record.refusal(MergeTicket("T-2", into: "T-1", hand: hand))
        == "T-2 is customer 9's and T-1 is customer 8841's: merged, each conversation may be read by the other; "
        + "say that you mean it.")
    #expect(record.refusal(MergeTicket("T-2", into: "T-1", hand: DeskHand(isSure: true))) == nil)
  }

  @Test func nothingIsMergedIntoWhatIsOver() throws {
    let record = try two()
    try record.perform(MoveTicket("T-1", to: .resolved, hand: DeskHand()), at: "03:12")
    #expect(
      record.refusal(MergeTicket("T-2", into: "T-1", hand: DeskHand()))
        == "T-1 is resolved, and T-2 is not; reopen T-1 first, or merge it into T-2.")
    #expect(record.refusal(MergeTicket("T-1", into: "T-2", hand: DeskHand())) == nil)
    #expect(
      record.refusal(MergeTicket("T-2", into: "T-2", hand: DeskHand())) == "T-2 cannot be merged into itself."
    )
  }

  @Test func incidentsOfBothExplainTheOneThatGoesOn() throws {
    let record = try two()
    try record.perform(DeskBench.declare(), at: "03:11")
    try record.perform(LinkTicket("T-2", to: "INC-1", hand: DeskHand()), at: "03:12")
    try record.perform(MergeTicket("T-2", into: "T-1", hand: DeskHand()), at: "03:16")
    #expect(try record.ticket().incidents == ["INC-1"] && record.clocks() == ["respond -50m"])
  }

  /// T-1 is S3 and waits for its customer; T-2 is S1, older, and nobody answered it.
  @Test func whoWaitsWaitsOn() throws {
    let record = MemoryRecord()
    var calm = DeskBench.open()
    calm.tags = ["billing"]
    try record.perform(calm, at: "03:10")
    var urgent = DeskBench.open("Charged two times")
    (urgent.severity, urgent.tags, urgent.assignee) = (.s1, ["vip"], "support2")
    urgent.asked = Instant(rfc3339: "2026-11-21T03:00:00Z")
    try record.perform(urgent, at: "03:11")
    try record.perform(DeskBench.declare(), at: "03:11")
    try record.perform(DeskBench.comment("We look."), at: "03:12")
    try record.perform(MergeTicket("T-2", into: "T-1", hand: DeskHand()), at: "03:13")
    var ticket = try record.ticket()
    #expect(ticket.state == .pendingSupport && ticket.severity == .s1 && ticket.assignee == "support2")
    #expect(ticket.tags == ["billing", "vip"])
    // From 03:00; the minute in which it waited for its customer does not count.
    #expect(try record.clocks() == ["mitigate 03:16", "resolve 05:01"])
    try record.perform(UnmergeTicket("T-2", reason: "two cards", hand: DeskHand()), at: "03:14")
    ticket = try record.ticket()
    #expect(ticket.state == .pendingUser && ticket.severity == .s3 && ticket.assignee == nil)
    #expect(ticket.tags == ["billing"] && ticket.history?.started.minuteUTC == "03:10Z")
    let back = try record.ticket("T-2")
    #expect(back.met.isEmpty && back.severity == .s1)
    #expect(try record.clocks("T-2") == ["mitigate 03:16", "resolve 05:01"])
  }

  /// What somebody changed after the merge is theirs.
  @Test func onlyWhatTheMergeDidIsGivenBack() throws {
    let record = try DeskBench.record()
    var urgent = DeskBench.open("Charged two times")
    (urgent.severity, urgent.assignee) = (.s2, "support2")
    try record.perform(urgent, at: "03:11")
    try record.perform(MergeTicket("T-2", into: "T-1", hand: DeskHand()), at: "03:13")
    var change = ChangeTicket("T-1", hand: DeskHand())
    (change.severity, change.assignee) = (.s1, "ops1")
    try record.perform(change, at: "03:14")
    try record.perform(UnmergeTicket("T-2", reason: "two cards", hand: DeskHand()), at: "03:15")
    #expect(try record.ticket().severity == .s1 && record.ticket().assignee == "ops1")
  }

  /// One that was answered long ago is no reason to have answered this one late.
  @Test func anAnsweredOneDoesNotMakeThisOneLate() throws {
    let record = try DeskBench.record(.s2)
    try record.perform(DeskBench.comment("We look."), at: "03:20")
    try record.perform(DeskBench.open("Charged two times"), at: "06:00")
    try record.perform(MergeTicket("T-1", into: "T-2", hand: DeskHand()), at: "06:10")
    #expect(try record.ticket("T-2").severity == .s2 && record.clocks("T-2") == ["respond 07:00"])
  }

  @Test func theOtherOnesIncidentsGoBack() throws {
    let record = try two()
    try record.perform(DeskBench.declare(), at: "03:11")
    try record.perform(LinkTicket("T-2", to: "INC-1", hand: DeskHand()), at: "03:12")
    try record.perform(MergeTicket("T-2", into: "T-1", hand: DeskHand()), at: "03:16")
    try record.perform(UnmergeTicket("T-2", reason: "two cards", hand: DeskHand()), at: "03:20")
    #expect(try record.ticket().incidents.isEmpty && record.ticket().holds.isEmpty)
    #expect(try record.ticket("T-2").incidents == ["INC-1"] && record.ticket("T-2").holds == ["INC-1"])
  }

  @Test func aPartBecomesItsOwn() throws {
    let record = try two()
    var assign = ChangeTicket("T-1", hand: DeskHand())
    assign.assignee = "support1"
    try record.perform(assign, at: "03:12")
    let split = SplitTicket("T-1", subject: "Refund", text: "And my refund?", hand: DeskHand())
    let events = try record.perform(split, at: "03:20")
    #expect(events.map(\.kind) == ["ticket.opened", "ticket.split"])
    let new = try record.ticket("T-3")
    #expect(new.splitFrom == "T-1" && new.requester == "customer 8841" && new.severity == .s2)
    #expect(new.assignee == "support1" && new.subject == "Refund")
    #expect(try record.clocks("T-3") == ["respond 04:20"] && record.ticket().parts == ["T-3"])
    #expect(
      record.refusal(SplitTicket("T-1", subject: "Refund", text: "", hand: DeskHand()))
        == "Say what the new ticket asks.")
  }

  @Test func outsideOnesRolesItAsksAndIsRecorded() throws {
    let may = DeskPermissions(["merge": ["admin"], "link": ["support"]])
    let record = try two()
    #expect(
      record.refusal(MergeTicket("T-2", into: "T-1", hand: DeskHand(permissions: may, roles: ["support"])))
        == "Merging and splitting is for admin, and you are support; say that you mean it, and it is done and "
        + "recorded.")
    let sure = DeskHand(permissions: may, roles: ["finance"], isSure: true)
    let merged = try record.perform(MergeTicket("T-2", into: "T-1", hand: sure), at: "03:20")
    #expect(merged.first?.fact(TicketMerged.self)?.outsideRoles == true)
    let unmerged = try record.perform(UnmergeTicket("T-2", reason: "two", hand: sure), at: "03:21")
    #expect(unmerged.first?.fact(TicketUnmerged.self)?.outsideRoles == true)
    let split = try record.perform(SplitTicket("T-1", subject: "R", text: "r", hand: sure), at: "03:22")
    #expect(split.last?.fact(TicketSplit.self)?.outsideRoles == true)
    try record.perform(DeskBench.declare(), at: "03:23")
    let linked = try record.perform(LinkTicket("T-1", to: "INC-1", hand: sure), at: "03:24")
    #expect(linked.first?.fact(TicketLinked.self)?.outsideRoles == true)
    let unlinked = try record.perform(UnlinkTicket("T-1", from: "INC-1", hand: sure), at: "03:25")
    #expect(unlinked.first?.fact(TicketUnlinked.self)?.outsideRoles == true)
  }
}
