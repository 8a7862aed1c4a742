import Incidents
import Testing
import Values

/// An incident from the alert to its end, by literal acts and instants.
@Suite struct IncidentLifeTests {
  let record = TestRecord()
  let start = Instant(milliseconds: 1_795_230_000_000)

  private func at(_ seconds: Int64) -> Instant { start + .seconds(seconds) }

  private func fired(_ rule: String = "PackErrorRatePage", at instant: Instant) -> AlertFired {
    AlertFired(
      system: "ensei-packs", rule: rule, labels: ["severity": "page"], level: .page, activeAt: instant,
      value: 0.056,
      sign: ">=", threshold: 0.05, unit: .ratio, summary: "Error rate 5.6%", playbook: "high-error-rate",
      source: "rules.yaml:18")
  }

  private var plan: IncidentPlan {
    var plan = IncidentPlan()
    plan.clocks = [.init(name: "respond", after: .minutes(15)), .init(name: "resolve", after: .hours(2))]
    plan.escalation = [
      .init(name: "L1", after: .zero, contact: "primary", playbook: "escalation#level-1"),
      .init(name: "L2", after: .minutes(15), contact: "secondary", playbook: "escalation#level-2"),
    ]
    plan.cadence = [.init(audience: nil, status: nil, every: .minutes(15))]
    return plan
  }

  private func declare(at instant: Instant) throws -> Incident {
    let act = DeclareIncident(
      systems: ["ensei-packs"], severity: .s1, title: "Purchases fail", impact: "7 % of purchases", plan: plan
    )
    try record.perform(act, at: instant)
    return try #require(try record.entity(Incident.self, "INC-1"))
  }

  @Test func itStartsWhenTheEarliestFiringAlertBegan() throws {
    try record.perform(
      RecordTransitions(fired: [fired(at: start)], at: at(30)), by: TestRecord.engine, at: at(31))
    try record.perform(
      RecordTransitions(fired: [fired("Later", at: at(40))], at: at(45)), by: TestRecord.engine, at: at(46))
    let incident = try declare(at: at(60))
    #expect(incident.started == at(30))
    #expect(incident.declaredAt == at(60))
    #expect(incident.clock("resolve")?.due == at(30) + .hours(2))
    #expect(incident.commander == "ops1")
    #expect(incident.clock("respond")?.met == at(60))
    #expect(incident.nextRung(at: at(60))?.name == "L2")
    #expect(incident.updateDue == at(60) + .minutes(15))
  }

  @Test func withoutAnAlertItStartsAtItsDeclaration() throws {
    #expect(try declare(at: at(60)).started == at(60))
  }

  @Test func aSecondAcknowledgementIsRefusedWithWhoAndWhen() throws {
    let fact = fired(at: start)
    try record.perform(RecordTransitions(fired: [fact], at: start), by: TestRecord.engine, at: start)
    try record.perform(AcknowledgeAlert(fact.identity), by: TestRecord.ops2, at: at(33))
    let refusal = #expect(throws: Refusal.self) {
      try record.perform(AcknowledgeAlert(fact.identity), at: at(60))
    }
    #expect(refusal?.sentence.contains("ops2") == true)
    #expect(refusal?.sentence.contains("03:00Z") == true)
    try record.perform(UnacknowledgeAlert(fact.identity), at: at(70))
    #expect(try record.entity(Alert.self, fact.identity.key)?.acknowledgement == nil)
  }

  @Test func acknowledgingAnswersTheRespondClock() throws {
    let fact = fired(at: start)
    try record.perform(RecordTransitions(fired: [fact], at: start), by: TestRecord.engine, at: start)
    _ = try declare(at: at(5))
    try record.perform(TakeRole(incident: "INC-1", role: "commander", who: nil), at: at(6))
    let events = try record.perform(AcknowledgeAlert(fact.identity), at: at(40))
    // It was met by taking command at the declaration: not again.
    #expect(events.map(\.kind) == ["alert.acknowledged"])
  }

  @Test func transitionsAreRecordedOnce() throws {
    let act = RecordTransitions(fired: [fired(at: start)], at: at(30))
    #expect(try record.perform(act, by: TestRecord.engine, at: at(30)).count == 1)
    #expect(try record.perform(act, by: TestRecord.engine, at: at(31)).isEmpty)
    let gone = AlertResolved(
      system: "ensei-packs", rule: "PackErrorRatePage", labels: ["severity": "page"], activeAt: start,
      value: 0.01,
      how: .recovered)
    let end = RecordTransitions(resolved: [gone], at: at(90))
    #expect(try record.perform(end, by: TestRecord.engine, at: at(90)).count == 1)
    #expect(try record.perform(end, by: TestRecord.engine, at: at(91)).isEmpty)
    #expect(
      try record.perform(act, by: TestRecord.engine, at: at(92)).isEmpty,
      "the same episode does not fire again")
    let again = RecordTransitions(fired: [fired(at: at(100))], at: at(100))
    #expect(try record.perform(again, by: TestRecord.engine, at: at(100)).count == 1)
    #expect(try record.entity(Alert.self, gone.identity.key)?.episodes == 2)
  }

  @Test func notesGoToTheOneOpenIncidentAndAreRefusedForTwo() throws {
    #expect(try record.perform(AddNote("before"), at: start).first?.incident == nil)
    _ = try declare(at: start)
    #expect(try record.perform(AddNote("during"), at: at(1)).first?.incident == "INC-1")
    let back = try record.perform(AddNote("earlier", occurred: at(-600)), at: at(2))
    #expect(back.first?.occurred == at(-600) && back.first?.recorded == at(2))
    _ = try record.perform(
      DeclareIncident(systems: ["nova-rms"], severity: .s2, title: "Queue", plan: IncidentPlan()), at: at(3))
    let refusal = #expect(throws: Refusal.self) { try record.perform(AddNote("which?"), at: at(4)) }
    #expect(refusal?.sentence.contains("INC-1, INC-2") == true)
    #expect(throws: Refusal.self) { try record.perform(AddNote("  ", incident: "INC-1"), at: at(5)) }
    #expect(throws: Refusal.self) { try record.perform(AddNote("later", occurred: at(999)), at: at(5)) }
  }

  @Test func resolvingMeetsTheClocksAndSetsTheFollowUps() throws {
    _ = try declare(at: start)
    let act = ChangeStatus(
      incident: "INC-1", to: .resolved, dataLost: "no",
      followUps: [.init(title: "post-incident#hour", after: .hours(1))])
    try record.perform(act, at: at(600))
    let incident = try #require(try record.entity(Incident.self, "INC-1"))
    #expect(incident.resolved == at(600) && !incident.isOpen)
    #expect(incident.clock("resolve")?.met == at(600))
    #expect(incident.followUps.first?.due == at(600) + .hours(1))
    #expect(incident.updateDue == nil)
    #expect(incident.nextDeadline(at: at(601))?.name == .followUp("post-incident#hour"))
    #expect(throws: Refusal.self) {
      try record.perform(TakeRole(incident: "INC-1", role: "scribe", who: "a"), at: at(700))
    }
    try record.perform(ChangeStatus(incident: "INC-1", to: .investigating), at: at(800))
    #expect(try record.entity(Incident.self, "INC-1")?.isOpen == true)
  }

  @Test func anOverdueClockIsWrittenOnce() throws {
    _ = try declare(at: start)
    let act = RecordOverdue(incident: "INC-1", clock: "resolve", due: start + .hours(2))
    #expect(try record.perform(act, by: TestRecord.engine, at: at(60)).isEmpty)
    #expect(try record.perform(act, by: TestRecord.engine, at: start + .hours(3)).count == 1)
    #expect(try record.perform(act, by: TestRecord.engine, at: start + .hours(4)).isEmpty)
  }

  @Test func trustIsTheWordOfTheOneWhoGaveIt() throws {
    try record.perform(TrustSystem(system: "nova", path: "/p/nova", digest: "aa"), at: start)
    #expect(try record.entity(Trust.self, "/p/nova#1000")?.fact?.digest == "aa")
    #expect(try record.entity(Trust.self, "/p/nova#0") == nil)
    #expect(throws: Refusal.self) {
      try record.perform(TrustSystem(system: "nova", path: "/p/nova", digest: "aa"), at: at(1))
    }
  }
}
