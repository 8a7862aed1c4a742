import Incidents
import JSON
import TestSupport
import Testing
import Values

@testable import Comms

/// What is queued about an incident before the destination has answered the first delivery about it.
struct FollowingTests {
  private func stored(
    _ kind: any DeliveryKind.Type, _ message: DeliveryMessage, _ fields: [(String, String)] = []
  ) throws -> DeliveryPayload {
    let destination = Sample.destination(kind.name, fields: fields)
    let parcel = try Parcel(message, to: destination, by: kind) { "a1b2c3 \($0.count)" }
    return try #require(DeliveryPayload(stored: parcel.payload))
  }

  @Test func changesTheOneThatTheAnswerNamed() throws {
    let second = try stored(StatuspageDelivery.self, Sample.update(key: "k2", stage: .identified))
    #expect(second.method == "POST" && second.path == "/incidents" && second.body.contains("\"name\""))
    let known = try #require(second.following("p31zjtct2jer"))
    #expect(known.method == "PATCH" && known.path == "/incidents/p31zjtct2jer" && known.later == nil)
    #expect(
      known.body == """
        {"incident":{"status":"identified","body":"We look into it.\\nNext update: 03:30 UTC",\
        "impact_override":"critical","deliver_notifications":false}}
        """)
    for id in ["", "../x", "a/b", "a b", ".hidden", String(repeating: "x", count: 129)] {
      #expect(second.following(id) == nil, "\(id)")
    }
  }

  @Test func goesToTheFileThatTheFirstOneMade() throws {
    let second = try stored(CStateDelivery.self, Sample.update(key: "k2"))
    let known = try #require(second.following("2026-11-20-nova-rms-inc-14.md"))
    #expect(known.path == "2026-11-20-nova-rms-inc-14.md" && known.body == second.body)
  }

  @Test func hasItsIDInJSONWhateverThatIs() throws {
    let second = try stored(
      WebhookDelivery.self, Sample.update(key: "k2"), [("id", "{{remote_id}}"), ("text", "{{text}}")])
    let known = try #require(second.following("a\"},\"x\":{\"b"))
    guard case .success(let json) = JSONValue.read(Array(known.body.utf8)) else { throw Refusal("no JSON") }
    #expect(json["id"]?.string == "a\"},\"x\":{\"b")
    #expect(known.headers == second.headers)
    let plain = try stored(WebhookDelivery.self, Sample.update(key: "k2"), [("text", "{{text}}")])
    #expect(plain.later == nil && plain.following("x") == plain)
  }

  @Test func answersTheFirstMail() throws {
    let second = try stored(MailDelivery.self, Sample.update(key: "k2"))
    #expect(!second.body.contains("In-Reply-To"))
    let known = try #require(second.following("<k1@example.com>"))
    #expect(known.body.contains("In-Reply-To: <k1@example.com>\r\n") && known.id == second.id)
  }

  @Test func nothingIsPreparedForWhatIsKnownOrIsAboutNone() throws {
    #expect(try stored(StatuspageDelivery.self, Sample.update(remoteID: "p31")).later == nil)
    #expect(try stored(CStateDelivery.self, Sample.update(stage: .maintenance, incident: nil)).later == nil)
    #expect(try stored(PagerDutyDelivery.self, Sample.update()).later == nil, "its key is ours")
  }

  // MARK: In order

  private func parcel(_ key: String, incident: String = "INC-1") throws -> Parcel {
    let message = DeliveryMessage(
      key: key, occasion: .update, system: "shop", incident: incident, title: "Packs", stage: .identified,
      subject: "Packs", text: "Packs are down.", at: try instant("03:05"))
    let destination = Destination(name: "page", kind: StatuspageDelivery.name, shown: "there")
    return try Parcel(message, to: destination, by: StatuspageDelivery.self) { "\($0.count)" }
  }

  @Test func waitsForAPersonWhereNobodyKnowsWhetherTheFirstMadeOne() throws {
    let record = MemoryRecord()
    for one in [try parcel("1"), try parcel("2"), try parcel("3", incident: "INC-2")] {
      try record.perform(QueueDelivery([one]), at: "03:00")
    }
    try record.perform(ClaimDelivery("shop/page/1", epoch: 1), by: "midwatch", at: "03:01")
    try record.perform(
      FinishDelivery("shop/page/1", epoch: 1, .unknown(reason: "no answer")), by: "midwatch", at: "03:01")
    func started(isKnown: Bool = false) throws -> [String] {
      let open = try record.open(DeliveryRecord.self).compactMap {
        try record.entity(DeliveryRecord.self, $0)
      }
      var lanes = DeliveryLanes()
      lanes.take(open) { _ in isKnown }
      return lanes.start(at: try instant("03:02")).map(\.key)
    }
    #expect(try started() == ["shop/page/3"], "another incident does not wait")
    #expect(try started(isKnown: true) == ["shop/page/2"], "what changes it can go")
    try record.perform(
      SettleDelivery("shop/page/1", reason: "it is there", remoteID: "p31"), by: "ops1", at: "03:03")
    #expect(try started() == ["shop/page/2"])
    #expect(try record.entity(DeliveryRecord.self, "shop/page/1")?.remoteID == "p31")
  }

  @Test func theLastNameHoldsThatADestinationGave() throws {
    let record = MemoryRecord()
    for (key, id) in [("1", "a"), ("2", "b"), ("3", nil)] as [(String, String?)] {
      try record.perform(QueueDelivery([try parcel(key)]), at: "03:00")
      guard let id else { continue }
      try record.perform(ClaimDelivery("shop/page/\(key)", epoch: 1), by: "midwatch", at: "03:01")
      let verdict = DeliveryVerdict.sent(receipt: "201", remoteID: id)
      try record.perform(
        FinishDelivery("shop/page/\(key)", epoch: 1, verdict), by: "midwatch", at: "03:01")
    }
    let all = try ["1", "2", "3"].compactMap { try record.entity(DeliveryRecord.self, "shop/page/\($0)") }
    #expect(all.remoteID(of: "INC-1", at: "shop/page") == "b")
    #expect(all.remoteID(of: "INC-2", at: "shop/page") == nil)
    #expect(all.remoteID(of: "INC-1", at: "shop/other") == nil)
  }
}
