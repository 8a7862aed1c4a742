import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

@Suite struct CustomerImpactTests {
  private func impact(_ tenants: [String?], after acts: [any Act] = []) throws -> CustomerImpact {
    let record = MemoryRecord()
    try record.perform(DeskBench.declare())
    for (index, tenant) in tenants.enumerated() {
      var open = DeskBench.open()
      open.tenant = tenant
      try record.perform(open)
      try record.perform(LinkTicket("T-\(index + 1)", to: "INC-1", hand: DeskHand()))
    }
    try record.perform(DeskBench.open("not linked"))
    for act in acts { try record.perform(act) }
    let keys = try record.keys(CustomerImpact.query(of: "INC-1"))
    return CustomerImpact(try keys.map { IndexRow(try record.ticket($0), key: $0) })
  }

  @Test func itIsSaidInOneSentence() throws {
    #expect(try impact([]).sentence == nil)
    #expect(try impact([nil]).sentence == "1 ticket, worst S3, 1 waits for support")
    let one = try impact(["sakura", nil])
    #expect(one.sentence == "2 tickets of sakura, worst S3, 2 wait for support" && !one.asksForAnnouncement)
    let two = try impact(
      ["sakura", "kumo", "sakura"],
      after: [
        DeskBench.comment("We know of it."), MoveTicket("T-2", to: .closed, hand: DeskHand()),
      ])
    #expect(two.sentence == "3 tickets of 2 tenants (kumo, sakura), worst S3, 1 waits for support")
    #expect(two.asksForAnnouncement && two.open == 2 && two.requesters == 1)
  }

  @Test func whatWasMergedCountsOnce() throws {
    let merged = try impact(["sakura", "kumo"], after: [MergeTicket("T-2", into: "T-1", hand: DeskHand())])
    #expect(merged.tickets == 1 && merged.tenants == ["sakura"])
  }
}
