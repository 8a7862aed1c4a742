import Incidents
import TestSupport
import Testing
import Values

@testable import Comms

struct DeliveryLanesTests {
  private let record = MemoryRecord()
  private let policy = RetryPolicy(first: .minutes(10), longest: .minutes(10))

  private func open() throws -> [DeliveryRecord] {
    try record.open(DeliveryRecord.self).compactMap { try record.entity(DeliveryRecord.self, $0) }
  }

  private func queue(_ places: [(String, String)]) throws {
    for (to, key) in places { try record.perform(QueueDelivery([try parcel(to: to, key: key)]), at: "03:00") }
  }

  @Test func oneAtATimeInOrderAndDestinationsApart() throws {
    try queue([("a", "1"), ("a", "2"), ("b", "3"), ("a", "4")])
    var lanes = DeliveryLanes()
    #expect(lanes.nextDeadline == nil)
    lanes.take(try open())
    let now = try instant("03:01")
    #expect(lanes.nextDeadline == (try instant("03:00")))
    #expect(lanes.start(at: try instant("02:59")).isEmpty)
    #expect(lanes.start(at: now).map(\.key) == ["shop/a/1", "shop/b/3"])
    #expect(lanes.isBusy)
    #expect(lanes.start(at: now).isEmpty && lanes.nextDeadline == nil)
    lanes.finish("shop/a")
    #expect(lanes.start(at: now).map(\.key) == ["shop/a/2"])
    lanes.finish("shop/b")
    lanes.finish("shop/a")
    #expect(lanes.start(at: now).map(\.key) == ["shop/a/4"])
    lanes.finish("shop/a")
    #expect(!lanes.isBusy && lanes.nextDeadline == nil)
  }

  @Test func whatWaitsToBeTriedAgainHoldsUpWhatIsBehindIt() throws {
    try queue([("a", "1"), ("a", "2"), ("b", "3")])
    try record.perform(ClaimDelivery("shop/a/1", epoch: 1), by: "midwatch", at: "03:01")
    try record.perform(
      FinishDelivery("shop/a/1", epoch: 1, .again(reason: "503", after: nil), policy: policy), by: "midwatch",
      at: "03:01")
    var lanes = DeliveryLanes()
    lanes.take(try open())
    #expect(lanes.start(at: try instant("03:02")).map(\.key) == ["shop/b/3"])
    let due = try #require(try record.entity(DeliveryRecord.self, "shop/a/1")?.retryAt)
    #expect(lanes.nextDeadline == due)
    #expect(lanes.start(at: due).map(\.key) == ["shop/a/1"])
  }

  @Test func whatIsAPersonsHoldsUpNothing() throws {
    try queue([("a", "1"), ("a", "2")])
    try record.perform(
      FinishDelivery("shop/a/1", epoch: 1, .failed(reason: "400"), policy: policy), by: "midwatch",
      at: "03:01")
    var lanes = DeliveryLanes()
    lanes.take(try open())
    #expect(lanes.start(at: try instant("03:02")).map(\.key) == ["shop/a/2"])
  }
}
