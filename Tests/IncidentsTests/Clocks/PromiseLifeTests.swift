import Incidents
import Testing
import Values

/// What readers were promised is due until they have it, whatever becomes of the incident.
@Suite struct PromiseLifeTests {
  let record = TestRecord()

  private func at(_ clock: String) throws -> Instant {
    try #require(Instant(rfc3339: "2026-11-21T\(clock):00Z"))
  }

  private func declare(_ system: String, _ title: String, at clock: String) throws {
    try record.perform(
      DeclareIncident(systems: [system], severity: .s1, title: title, plan: IncidentPlan()), at: try at(clock)
    )
  }

  private func sent(_ audience: String, of incident: String = "INC-1", at clock: String, next: String? = nil)
    throws
  {
    var act = SendTestUpdate(audience: audience, next: try next.map { try at($0) })
    act.incident = incident
    try record.perform(act, at: try at(clock))
  }

  private func resolve(at clock: String) throws {
    try record.perform(ChangeStatus(incident: "INC-1", to: .resolved, dataLost: "no"), at: try at(clock))
  }

  private func due(_ key: String = "INC-1") throws -> [String] {
    try #require(try record.entity(Incident.self, key)).deadlines.filter(\.isOpen).map(\.sentence)
  }

  private func isRead(_ key: String = "INC-1") throws -> Bool {
    let isOpen = try record.entity(Incident.self, key)?.isOpen ?? false
    return try isOpen || record.entity(Aftermath.self, key)?.isOpen ?? false
  }

  @Test func aPromiseOutlivesTheIncident() throws {
    try declare("shop", "Down", at: "03:00")
    try sent("users", at: "03:05", next: "03:30")
    try resolve(at: "03:10")
    #expect(try due() == ["update to users by 03:30Z, as promised"])
    #expect(try isRead())
    let incident = try #require(try record.entity(Incident.self, "INC-1"))
    var alarm = DeadlineAlarm([incident])
    #expect(alarm.next == (try at("03:30")))
    for act in alarm.ring(at: try at("03:31")) { try record.perform(act, at: try at("03:31")) }
    #expect(record.events.last?.kind == ClockOverdue.kind)
    #expect(try #require(try record.entity(Incident.self, "INC-1")).promise == (try at("03:30")))
    // An update to others keeps no promise to users; the last one to them does.
    try sent("internal", at: "03:32")
    #expect(try due() == ["update to users by 03:30Z, as promised"])
    try sent("users", at: "03:33")
    #expect(try due().isEmpty && !isRead())
    #expect(try #require(try record.entity(Incident.self, "INC-1")).promise == nil)
  }

  @Test func theUpdateThatResolvesCanPromise() throws {
    try declare("shop", "Down", at: "03:00")
    try resolve(at: "03:10")
    #expect(try due().isEmpty && !isRead())
    try sent("users", at: "03:11", next: "03:45")
    #expect(try due() == ["update to users by 03:45Z, as promised"])
    #expect(try isRead())
    try record.perform(
      DismissDeadline(incident: "INC-1", clock: "update:users", reason: "said on the phone"),
      at: try at("03:20"))
    #expect(try due().isEmpty && !isRead())
  }

  @Test func aMergeTakesPromisesAlong() throws {
    try declare("shop", "Down", at: "03:00")
    try declare("mail", "No mail", at: "03:01")
    try sent("users", of: "INC-2", at: "03:05", next: "03:45")
    try sent("internal", of: "INC-2", at: "03:05")
    try sent("users", at: "03:06", next: "03:50")
    try record.perform(MergeIncident("INC-2", into: "INC-1"), at: try at("03:10"))
    #expect(try due("INC-2").isEmpty)
    #expect(try due() == ["update to users by 03:45Z, as promised"])
    // Taken back, each has its own again.
    try record.perform(UnlinkIncident(incident: "INC-2", from: "INC-1"), at: try at("03:11"))
    #expect(try due() == ["update to users by 03:50Z, as promised"])
    #expect(try due("INC-2") == ["update to users by 03:45Z, as promised"])
    try record.perform(MergeIncident("INC-2", into: "INC-1"), at: try at("03:12"))
    try resolve(at: "03:15")
    #expect(try due() == ["update to users by 03:45Z, as promised"])
    #expect(try isRead())
    try sent("users", at: "03:20")
    #expect(try due().isEmpty && !isRead())
  }

  @Test func theEarliestPromiseOfAllAudiences() throws {
    try declare("shop", "Down", at: "03:00")
    try sent("users", at: "03:05", next: "03:30")
    try sent("internal", at: "03:06")
    #expect(try #require(try record.entity(Incident.self, "INC-1")).promise == (try at("03:30")))
    try sent("executives", at: "03:07", next: "03:20")
    #expect(try #require(try record.entity(Incident.self, "INC-1")).promise == (try at("03:20")))
  }
}
