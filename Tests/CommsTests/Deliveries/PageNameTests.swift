import Incidents
import JSON
import TestSupport
import Testing
import Values

@testable import Comms

/// What a page about an incident is called while its title changes.
struct PageNameTests {
  private let record = MemoryRecord()

  private func incident() throws -> Incident { try #require(try record.entity(Incident.self, "INC-1")) }

  private func rename(_ title: String, at time: String) throws {
    try record.perform(DescribeIncident(incident: "INC-1", title: title), at: time)
  }

  private func earlier(_ subjects: [(String, String)]) throws -> [DeliveryMessage.Earlier] {
    try subjects.map { time, subject in
      DeliveryMessage.Earlier(at: try instant(time), stage: .identified, subject: subject, text: "x")
    }
  }

  private func declare() throws {
    try record.perform(
      DeclareIncident(systems: ["shop"], severity: .s1, title: "Packs fail", plan: IncidentPlan()),
      at: "03:00")
  }

  @Test func isTheFirstSubjectUntilTheTitleChanges() throws {
    try declare()
    let first = try earlier([("03:05", "Packs fail")])
    func name(_ subject: String, _ told: [DeliveryMessage.Earlier], at time: String) throws -> String? {
      DeliveryMessage.name(of: try incident(), earlier: told, subject: subject, at: try instant(time))
    }
    #expect(try name("Packs fail", [], at: "03:05") == nil)
    #expect(try name("Packs fail: an update", first, at: "03:10") == nil, "another subject is no other name")
    try rename("Nothing can be bought", at: "03:12")
    #expect(try name("Nothing can be bought", first, at: "03:20") == "Nothing can be bought")
    let both = try earlier([("03:05", "Packs fail"), ("03:20", "Nothing can be bought")])
    #expect(try name("Resolved", both, at: "03:40") == "Nothing can be bought", "it stays so")
    #expect(
      try name("Nothing can be bought", try earlier([("03:20", "x")]), at: "03:40") == nil,
      "a page that had it from the first")
    #expect(DeliveryMessage.name(of: nil, earlier: both, subject: "x", at: try instant("03:40")) == nil)
  }

  private func message(_ name: String?) throws -> DeliveryMessage {
    DeliveryMessage(
      key: "k", occasion: .update, system: "shop", incident: "INC-1", title: "Internal words",
      stage: .identified, subject: "An update", text: "We look.", at: try instant("03:20"),
      remoteID: "2026-11-21-shop-inc-1.md", earlier: try earlier([("03:05", "Packs fail")]), name: name)
  }

  @Test func goesOutWithAnotherNameOnlyWhenThereIsOne() throws {
    let page = Destination(name: "page", kind: "statuspage", shown: "there")
    for (name, expected) in [(nil, nil), ("Nothing can be bought", "Nothing can be bought")]
      as [(String?, String?)]
    {
      let made = try StatuspageDelivery.payload(of: try message(name).calling("p31"), to: page)
      guard case .success(let json) = JSONValue.read(Array(made.body.utf8)) else { throw Refusal("no JSON") }
      #expect(json["incident"]?["name"]?.string == expected)
      let file = try CStateDelivery.payload(of: try message(name), to: page)
      #expect(file.body.contains("title: \"\(expected ?? "Packs fail")\"\n"), "\(file.body)")
      #expect(!file.body.contains("Internal words") && !made.body.contains("Internal words"))
    }
  }

  @Test func theNextUpdateBeginsWithTheNewTitle() throws {
    try declare()
    try record.perform(
      SaveDraft(
        incident: "INC-1", template: nil, audience: "users", stage: .investigating,
        subject: "Update: Packs fail", text: "We look."), at: "03:05")
    let draft = try #require(try record.entity(Draft.self, "D-1"))
    func subject() throws -> String {
      draft.continued(promising: nil, of: try incident(), at: try instant("03:20")).subject
    }
    #expect(try subject() == "Update: Packs fail")
    try rename("Nothing can be bought", at: "03:12")
    #expect(try subject() == "Update: Nothing can be bought")
  }

  /// Two journals have an INC-1 each; a copy of one goes on with the key that it had.
  @Test func pagerDutyKnowsWhoseIncidentItIs() throws {
    try declare()
    let origin = try #require(try incident().origin)
    func key(_ origin: String?, remoteID: String? = nil) throws -> String? {
      let message = DeliveryMessage(
        key: "k", occasion: .update, system: "shop", incident: "INC-1", title: "t", stage: .resolved,
        subject: "s", text: "x", at: try instant("03:20"), remoteID: remoteID, origin: origin)
      let made = try PagerDutyDelivery.payload(
        of: message, to: Destination(name: "pager", kind: "pagerduty", shown: "there"))
      guard case .success(let json) = JSONValue.read(Array(made.body.utf8)) else { throw Refusal("no JSON") }
      return json["dedup_key"]?.string
    }
    #expect(try key(origin) == "midwatch/\(origin.prefix(12))/shop/INC-1")
    #expect(try key(String(repeating: "a", count: 32)) != key(String(repeating: "b", count: 32)))
    #expect(try key(origin, remoteID: "midwatch/shop/INC-1") == "midwatch/shop/INC-1", "as it began")
  }
}
