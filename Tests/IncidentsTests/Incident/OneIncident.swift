import Incidents
import Testing
import Values

/// A record, and a clock that counts from 03:00:00Z on 21 November 2026.
struct OneIncident {
  let record = TestRecord()
  static let start = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  func at(_ minutes: Int64) -> Instant { Self.start + .minutes(minutes) }

  static var plan: IncidentPlan {
    var plan = IncidentPlan()
    plan.clocks = [
      .init(name: "respond", after: .minutes(15)), .init(name: "mitigate", after: .minutes(30)),
      .init(name: "resolve", after: .hours(2)),
    ]
    plan.escalation = [
      .init(name: "L1", after: .zero, contact: "primary", playbook: "escalation#level-1"),
      .init(name: "L2", after: .minutes(15), contact: "secondary", playbook: nil),
    ]
    plan.cadence = [.init(audience: nil, status: nil, every: .minutes(15))]
    plan.followUps = [.init(title: "Within an hour", after: .hours(1))]
    return plan
  }

  func fires(
    _ rule: String = "PackErrorRatePage", of system: String = "shop", level: Level = .page, at minutes: Int64
  ) throws -> AlertIdentity {
    let fact = AlertFired(
      system: system, rule: rule, labels: ["severity": level.rawValue], level: level, activeAt: at(minutes),
      value: nil, sign: nil, threshold: nil, unit: nil, summary: nil, playbook: nil, source: nil)
    try record.perform(
      RecordTransitions(fired: [fact], at: at(minutes)), by: TestRecord.engine, at: at(minutes))
    return fact.identity
  }

  @discardableResult
  func declare(_ systems: [String] = ["shop"], _ title: String = "Purchases fail", at minutes: Int64)
    throws -> Incident
  {
    let act = DeclareIncident(systems: systems, severity: .s1, title: title, plan: Self.plan)
    let key = try #require(try record.perform(act, at: at(minutes)).first?.incident)
    return try incident(key)
  }

  func incident(_ key: String = "INC-1") throws -> Incident {
    try #require(try record.entity(Incident.self, key))
  }

  @discardableResult
  func perform(_ act: some Act, by actor: Actor = TestRecord.ops1, at minutes: Int64) throws -> [Event] {
    try record.perform(act, by: actor, at: at(minutes))
  }

  /// Expects the act to be refused with exactly this sentence.
  func refuses(
    _ act: some Act, by actor: Actor = TestRecord.ops1, at minutes: Int64, _ sentence: String,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let told = try record.refusal(act, by: actor, at: at(minutes))
    #expect(told == sentence, sourceLocation: location)
  }
}
