import Incidents
import TestSupport
import Testing
import Values

@testable import Comms

struct SendUpdateTests {
  private let record = MemoryRecord()

  init() throws {
    try record.perform(
      SaveDraft(
        incident: nil, template: nil, audience: "users", stage: .identified, subject: "Packs",
        text: "Packs are down.\nNext update: 03:30 UTC"))
  }

  private func mark(_ revision: Int = 1, needsApproval: Bool = false) throws -> MarkSent {
    MarkSent(
      "D-1", revision: revision, destinations: [], nextUpdate: try instant("03:30"), head: "1·ab",
      needsApproval: needsApproval)
  }

  @Test func isSaidAndQueuedInOneDecision() throws {
    let act = SendUpdate(
      try mark(), parcels: [try parcel(to: "team", draft: "D-1"), try parcel(to: "status", draft: "D-1")])
    let events = try record.perform(act, at: "03:06")
    #expect(events.map(\.kind) == ["update.sent", "delivery.queued", "delivery.queued"])
    let sent = try #require(events.first?.fact(UpdateSent.self))
    #expect(sent.how == .delivery && sent.destinations == ["shop/team", "shop/status"])
    #expect(try record.open(DeliveryRecord.self) == ["shop/team/D-1", "shop/status/D-1"])
    #expect(record.refusal(act)?.hasPrefix("D-1 was sent by ops1") == true)
  }

  @Test func nothingIsQueuedOfWhatMayNotGo() throws {
    let parcels = [try parcel(draft: "D-1")]
    #expect(
      record.refusal(SendUpdate(try mark(needsApproval: true), parcels: parcels))
        == "D-1 waits for an approval of its text.")
    #expect(record.refusal(SendUpdate(try mark(2), parcels: parcels))?.contains("changed D-1") == true)
    #expect(record.refusal(SendUpdate(try mark(), parcels: [])) == "D-1 has no destination to go to.")
    #expect(
      record.refusal(SendUpdate(try mark(), parcels: [try parcel(draft: "D-2")]))
        == "What is to go to team was made from another draft; make it again.")
    #expect(
      record.refusal(SendUpdate(try mark(), parcels: [try parcel(draft: "D-1", incident: "INC-1")]))
        == "What is to go to team was made from another draft; make it again.")
    #expect(try record.open(DeliveryRecord.self).isEmpty)
    #expect(try record.open(Draft.self) == ["D-1"])
  }
}
