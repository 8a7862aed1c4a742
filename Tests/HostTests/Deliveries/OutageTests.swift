import Comms
import Foundation
import Incidents
import Journal
import Testing
import Values

@testable import Host

/// Nothing outside answers, and the incident goes on.
struct OutageTests {
  @Test func theWholeLifeOfAnIncidentWaitsForNoNetwork() throws {
    let hanging = try Receiver { _, _ in .hang }
    let bench = try OutboxBench(
      """
        refused: {webhook: "http://127.0.0.1:1/x"}
        unknown: {slack: "http://nowhere.invalid/x"}
        hanging: {webhook: "http://127.0.0.1:\(hanging.port)/x"}
        mail: {smtp: "127.0.0.1:\(hanging.port)", from: ops@example.test, to: [ops@example.test]}

      """)
    try bench.start(policy: RetryPolicy())
    let places = try bench.system.deliveries.map(\.name)
    try bench.perform(
      DeclareIncident(systems: ["shop"], severity: .s1, title: "Packs", plan: try bench.system.plan(for: .s1))
    )
    try bench.perform(TakeRole(incident: "INC-1", role: "scribe", who: "ops1"))
    try update(bench, "D-1", .investigating, places)
    // Before anything else is done, a destination is known to hang.
    let held = try bench.wait(for: "shop/hanging/D-1", .claimed)
    try bench.perform(AddNote("rolled back", incident: "INC-1"))
    try bench.perform(ChangeStatus(incident: "INC-1", to: .identified))
    try update(bench, "D-2", .identified, places)
    try bench.perform(ChangeStatus(incident: "INC-1", to: .monitoring))
    try bench.perform(ChangeStatus(incident: "INC-1", to: .resolved, dataLost: "none"))
    try update(bench, "D-3", .resolved, places)
    // It hangs still: nothing waited for it.
    #expect(try bench.state("shop/hanging/D-1") == held)
    let incident = try #require(try bench.journal.entity(Incident.self, key: "INC-1"))
    #expect(incident.status == .resolved)
    let deliveries = try bench.journal.entities(DeliveryRecord.self)
    #expect(deliveries.count == 3 * places.count && deliveries.allSatisfy(\.isOpen), "none is lost")
    _ = try bench.wait(for: "shop/refused/D-1", "tried again") { $0.claims > 1 }
    // A person takes one there by hand.
    try bench.perform(SettleDelivery("shop/hanging/D-1", reason: "by phone"))
    #expect(try bench.state("shop/hanging/D-1").state == .copied)
    bench.stop()
    hanging.stop()
  }

  private func update(_ bench: OutboxBench, _ draft: String, _ stage: Stage, _ places: [String]) throws {
    let text = "Packs: \(stage.rawValue)."
    try bench.perform(
      SaveDraft(
        incident: "INC-1", template: nil, audience: "users", stage: stage, subject: "Packs", text: text))
    let message = DeliveryMessage(
      key: draft, occasion: .update, system: "shop", incident: "INC-1", title: "Packs", severity: .s1,
      stage: stage, subject: "Packs", text: text, at: Clock.now())
    let parcels = try places.map { try bench.system.parcel(of: message, to: $0, draft: draft) }
    let mark = MarkSent(
      draft, revision: 1, destinations: [], nextUpdate: nil, head: "", despite: "the network is down")
    try bench.perform(SendUpdate(mark, parcels: parcels))
  }
}
