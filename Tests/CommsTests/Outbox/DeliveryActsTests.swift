import Incidents
import TestSupport
import Testing
import Values

@testable import Comms

struct DeliveryActsTests {
  private let record = MemoryRecord()
  private let name = "shop/team/k1"
  private let policy = RetryPolicy(first: .seconds(60), longest: .minutes(5), tries: 3)

  private func state(_ name: String? = nil) throws -> DeliveryRecord {
    try #require(try record.entity(DeliveryRecord.self, name ?? self.name))
  }

  private func queue(keyed: Bool = false) throws {
    try record.perform(QueueDelivery([try parcel(by: keyed ? KeyedKind.self : PlainKind.self)]), at: "03:05")
  }

  private func claim(epoch: Int64 = 1, at clock: String = "03:06") throws {
    try record.perform(ClaimDelivery(name, epoch: epoch), by: "midwatch", at: clock)
  }

  private func finish(_ verdict: DeliveryVerdict, epoch: Int64 = 1, at clock: String = "03:07") throws {
    try record.perform(FinishDelivery(name, epoch: epoch, verdict, policy: policy), by: "midwatch", at: clock)
  }

  @Test func whatIsQueuedIsShownAsItGoes() throws {
    let sent = try parcel(to: "team", key: "k1", text: "Packs are down.")
    let decision = try QueueDelivery([sent]).decide(
      by: Actor(handle: "ops1", host: "h", uid: 1), at: try instant("03:05"), in: record)
    #expect(decision.send == [Outgoing(destination: "shop/team", key: "k1", payload: sent.payload)])
    #expect(DeliveryPayload(stored: sent.payload) == DeliveryPayload(.http, body: "Packs are down."))
    #expect(DeliveryPayload(stored: []) == nil)
    #expect(throws: Refusal("Nothing to say.")) { try parcel(text: "") }
    try record.perform(QueueDelivery([sent]), at: "03:05")
    let state = try state()
    #expect(state.state == .queued && state.isOpen && !state.waitsForPerson)
    #expect(state.due == (try instant("03:05")))
    #expect(state.queuedBy == "ops1" && state.tries == 0)
    #expect(state.destination == "https://chat.example.test/•••" && state.kind == "plain")
    #expect(state.payloadDigest == "\(sent.payload.count) bytes" && state.place == "shop/team")
  }

  @Test func isQueuedOnce() throws {
    try queue()
    #expect(
      record.refusal(QueueDelivery([try parcel()]))
        == "shop/team/k1 was queued by ops1 at 03:05Z; have it tried again instead.")
    #expect(try record.perform(QueueDelivery([try parcel()]), by: "midwatch").isEmpty)
    let two = [try parcel(key: "k2"), try parcel(key: "k2")]
    #expect(record.refusal(QueueDelivery(two)) == "shop/team is named twice; name it once.")
  }

  @Test func isClaimedThenSent() throws {
    try queue()
    try claim()
    do {
      let current = try state()
      #expect(current.state == .claimed && current.epoch == 1 && current.tries == 1 && current.due == nil)
    }
    #expect(
      record.refusal(ClaimDelivery(name, epoch: 2)) == "shop/team/k1 is claimed and not to be sent now.")
    try finish(.sent(receipt: "200 ok", remoteID: "p31"))
    let sent = try state()
    #expect(sent.state == .sent && sent.receipt == "200 ok" && sent.remoteID == "p31" && !sent.isOpen)
    #expect(record.refusal(RetryDelivery(name)) == "shop/team/k1 was sent at 03:07Z.")
    #expect(record.refusal(SettleDelivery(name)) == "shop/team/k1 was sent at 03:07Z.")
    try finish(.failed(reason: "late"))
    #expect(try state().state == .sent)
  }

  @Test func onlyItsOwnEngineFinishesAClaim() throws {
    try queue()
    try claim(epoch: 3)
    try finish(.sent(receipt: "ok", remoteID: nil), epoch: 2)
    try finish(.failed(reason: "no"), epoch: 2)
    #expect(try state().state == .claimed)
    try finish(.sent(receipt: "ok", remoteID: nil), epoch: 3)
    #expect(try state().state == .sent)
  }

  @Test func isTriedAgainAndThenAPersons() throws {
    try queue()
    for (number, clock) in ["03:10", "03:20"].enumerated() {
      try claim(at: clock)
      try finish(.again(reason: "503", after: nil), at: clock)
      let waiting = try state()
      let due = try #require(waiting.due)
      #expect(waiting.state == .failed && !waiting.waitsForPerson && waiting.tries == number + 1)
      let tried = try instant(clock)
      #expect(due > tried && due <= tried + .minutes(2))
      #expect(record.refusal(ClaimDelivery(name, epoch: 1), at: clock) != nil, "it is not due")
    }
    try claim(at: "03:30")
    try finish(.again(reason: "503", after: nil), at: "03:30")
    do {
      let current = try state()
      #expect(current.waitsForPerson && current.reason == "503; given up after 3 tries")
    }
    try record.perform(RetryDelivery(name), at: "03:40")
    do {
      let current = try state()
      #expect(current.state == .queued && current.tries == 0 && current.reason == nil)
    }
    #expect(record.refusal(RetryDelivery(name)) == "shop/team/k1 waits to be sent already.")
    try claim(at: "03:41")
    #expect(record.refusal(RetryDelivery(name)) == "shop/team/k1 is being sent.")
  }

  @Test func waitsAsLongAsItIsAskedTo() throws {
    try queue()
    try claim()
    try finish(.again(reason: "429", after: .minutes(20)), at: "03:07")
    #expect(try state().retryAt == (try instant("03:27")))
  }

  @Test func whatStopsItBeforeItIsClaimedIsATry() throws {
    try queue()
    try finish(.again(reason: "the secret is missing", after: nil))
    do {
      let current = try state()
      #expect(current.state == .failed && current.tries == 1 && current.retryAt != nil)
    }
    try record.perform(RetryDelivery(name), at: "03:08")
    try finish(.failed(reason: "There is no delivery team any more"))
    #expect(try state().waitsForPerson)
    try finish(.sent(receipt: "never", remoteID: nil))
    #expect(try state().state == .failed, "nothing is sent that was not claimed")
  }

  @Test(arguments: [(false, DeliveryRecord.State.unknown), (true, .failed)])
  func whatNobodyHeardGoesAgainOnlyUnderAKey(keyed: Bool, expected: DeliveryRecord.State) throws {
    try queue(keyed: keyed)
    try claim()
    try finish(.unknown(reason: "no answer came"))
    do {
      let current = try state()
      #expect(current.state == expected && current.waitsForPerson == !keyed)
    }
    let retryAt = try state().retryAt
    #expect((retryAt != nil) == keyed)
  }

  @Test(arguments: [(false, DeliveryRecord.State.unknown), (true, .failed)])
  func aClaimOfAnOlderEngineIsUnknown(keyed: Bool, expected: DeliveryRecord.State) throws {
    try queue(keyed: keyed)
    try claim(epoch: 4)
    #expect(try record.perform(AbandonClaim(name, epoch: 4), by: "midwatch").isEmpty)
    try record.perform(AbandonClaim(name, epoch: 5), by: "midwatch", at: "03:09")
    #expect(try state().state == expected)
    #expect(try state().due == (keyed ? try instant("03:09") : nil))
    #expect(try record.perform(AbandonClaim(name, epoch: 6), by: "midwatch").isEmpty)
  }

  @Test func aPersonClosesItInAnyState() throws {
    try queue()
    try record.perform(SettleDelivery(name, reason: "pasted"), by: "ops2", at: "03:06")
    do {
      let current = try state()
      #expect(current.state == .copied && current.settledBy == "ops2" && current.reason == "pasted")
    }
    #expect(try !state().isOpen)
    #expect(record.refusal(RetryDelivery(name)) == "shop/team/k1 was closed by ops2.")
    #expect(record.refusal(SettleDelivery("shop/team/k9")) == "There is no delivery shop/team/k9.")
  }

  @Test func whatIsClosedWhileItGoesAndArrivesWasSent() throws {
    try queue()
    try claim()
    try record.perform(SettleDelivery(name))
    try finish(.again(reason: "503", after: nil))
    #expect(try state().state == .copied)
    try finish(.sent(receipt: "200", remoteID: nil))
    #expect(try state().state == .sent)
  }

  /// As its row in the journal is written and read.
  @Test func isTheSameAfterItWasStored() throws {
    try queue()
    try claim()
    try finish(.sent(receipt: "200 ok", remoteID: "p31"))
    let sent = try state()
    #expect(FactCoding.decode(DeliveryRecord.self, from: try FactCoding.encode(sent)) == sent)
  }
}
