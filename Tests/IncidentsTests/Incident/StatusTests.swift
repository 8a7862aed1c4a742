import Incidents
import Testing
import Values

@Suite struct StatusTests {
  let one = OneIncident()

  private func resolve(at minutes: Int64, lost: String? = "no") throws {
    try one.perform(
      ChangeStatus(
        incident: "INC-1", to: .resolved, dataLost: lost, followUps: OneIncident.plan.followUps), at: minutes)
  }

  @Test func reopeningKeepsWhatWasMetAndWithdrawsWhatBecameDue() throws {
    try one.declare(at: 0)
    try resolve(at: 40)
    let ended = try one.incident()
    #expect(!ended.isOpen && ended.resolved == one.at(40) && ended.closed == one.at(40))
    #expect(ended.followUps.map(\.due) == [one.at(100)])
    #expect(ended.clocks.map(\.met) == [one.at(0), one.at(40), one.at(40)])

    let moved = try one.perform(
      ChangeStatus(incident: "INC-1", to: .investigating, reason: "it came back"), at: 50)
    let fact = try #require(moved.first?.fact(IncidentStatusChanged.self))
    #expect(fact.from == .resolved && fact.reason == "it came back")
    let again = try one.incident()
    #expect(again.isOpen && again.resolved == nil && again.followUps.isEmpty)
    #expect(again.clocks.map(\.met) == [one.at(0), one.at(40), nil], "what was over is to be solved anew")

    try one.perform(ChangeStatus(incident: "INC-1", to: .monitoring), at: 55)
    try resolve(at: 60, lost: "three orders")
    let last = try one.incident()
    #expect(last.resolutions.map(\.at) == [one.at(40), one.at(60)])
    #expect(last.resolutions.map(\.reopened) == [one.at(50), nil])
    #expect(last.resolutions.map(\.dataLost) == ["no", "three orders"])
    #expect(last.dataLost == "three orders")
    #expect(last.followUps.map(\.due) == [one.at(120)])
    #expect(last.clock("resolve")?.met == one.at(60))
  }

  @Test func whatHadNotComeGoesOnFromWhereItStood() throws {
    try one.declare(at: 0)
    let before = try one.incident()
    let rungs = before.ladder.map(\.due)
    let due = try #require(before.clock("resolve")?.due)
    try resolve(at: 2)
    try one.perform(ChangeStatus(incident: "INC-1", to: .investigating), at: 302)
    let again = try one.incident()
    #expect(again.clock("resolve")?.due == due + .hours(5) && again.clock("resolve")?.met == nil)
    #expect(again.ladder.map(\.due) == rungs.map { $0 > one.at(2) ? $0 + .hours(5) : $0 })
    let late = again.deadlines.filter { $0.state(at: one.at(302)) == .overdue }
    #expect(
      late.allSatisfy { if case .rung = $0.name { false } else { $0.name != .clock("resolve") } }, "\(late)")
  }

  @Test func whatWasAnsweredStaysAnsweredOverSeverities() throws {
    func plan(_ names: [String]) -> IncidentPlan {
      var plan = IncidentPlan()
      plan.clocks = names.map { .init(name: $0, after: .hours(1)) }
      return plan
    }
    var declare = DeclareIncident(
      systems: ["ensei-packs"], severity: .s1, title: "Purchases fail",
      plans: [.s1: plan(["mitigate", "resolve"])])
    declare.known = nil
    try one.perform(declare, at: 0)
    try one.perform(ChangeStatus(incident: "INC-1", to: .monitoring), at: 9)
    func met() throws -> [String: Instant?] {
      Dictionary(try one.incident().clocks.map { ($0.name, $0.met) }, uniquingKeysWith: { $1 })
    }
    try one.perform(ChangeSeverity(incident: "INC-1", to: .s2, reason: nil, plan: plan(["respond"])), at: 10)
    #expect(try met() == ["respond": one.at(0)], "its declarer took command")
    try one.perform(
      ChangeSeverity(incident: "INC-1", to: .s1, reason: nil, plan: plan(["mitigate", "resolve"])), at: 11)
    #expect(try met() == ["mitigate": one.at(9), "resolve": nil])
  }

  @Test func aFolderThatNobodyHasMovesNothing() throws {
    try one.declare(at: 0)
    let before = try one.incident()
    try one.perform(ChangeSeverity(incident: "INC-1", to: .s3, reason: nil, plan: nil), at: 5)
    let after = try one.incident()
    #expect(after.severity == .s3 && after.clocks == before.clocks && after.ladder == before.ladder)
    #expect(after.cadences == before.cadences && after.updateDue == before.updateDue)
  }

  @Test func watchingAFixMeetsMitigate() throws {
    try one.declare(at: 0)
    try one.perform(ChangeStatus(incident: "INC-1", to: .identified), at: 5)
    #expect(try one.incident().clock("mitigate")?.met == nil)
    try one.perform(ChangeStatus(incident: "INC-1", to: .monitoring), at: 9)
    #expect(try one.incident().clock("mitigate")?.met == one.at(9))
    #expect(try one.incident().clock("resolve")?.met == nil)
  }

  @Test func theSecondToMoveItIsToldWhoWasFirst() throws {
    try one.declare(at: 0)
    let act = ChangeStatus(incident: "INC-1", to: .identified)
    try one.perform(act, by: TestRecord.ops2, at: 6)
    try one.refuses(act, at: 7, "INC-1 is Identified already, since ops2 said so at 03:06Z.")
    try one.refuses(
      ChangeStatus(incident: "INC-1", to: .resolved), at: 7, "Say whether data was lost: no, or what.")
    try one.refuses(
      ChangeStatus(incident: "INC-1", to: .resolved, dataLost: " "), at: 7,
      "Say whether data was lost: no, or what.")
    try one.refuses(
      ChangeStatus(incident: "INC-9", to: .identified), at: 7,
      "There is no incident INC-9; `midwatch incident list` shows them.")
    try resolve(at: 8)
    try one.refuses(
      ChangeSeverity(incident: "INC-1", to: .s2, reason: nil, plan: IncidentPlan()), at: 9,
      "INC-1 was resolved by ops1 at 03:08Z; reopen it first.")
  }

  @Test func anotherSeverityCountsItsClocksFromTheStart() throws {
    _ = try one.fires(at: -10)
    try one.declare(at: 0)
    try one.perform(
      RecordOverdue(incident: "INC-1", clock: "mitigate", due: one.at(20)), by: TestRecord.engine, at: 20)
    #expect(try one.incident().clock("mitigate")?.isOverdueRecorded == true)
    var plan = IncidentPlan()
    plan.severityName = "P2"
    plan.clocks = [
      .init(name: "respond", after: .hours(1)), .init(name: "mitigate", after: .minutes(30)),
      .init(name: "resolve", after: .hours(8)),
    ]
    plan.cadence = [.init(audience: nil, status: nil, every: .hours(1))]
    let act = ChangeSeverity(incident: "INC-1", to: .s2, reason: " ", plan: plan)
    try one.perform(act, by: TestRecord.ops2, at: 25)
    let incident = try one.incident()
    #expect(incident.severity == .s2 && incident.severityName == "P2")
    #expect(incident.clocks.map(\.due) == [one.at(50), one.at(20), one.at(470)])
    #expect(incident.clocks.map(\.met) == [one.at(0), nil, nil])
    #expect(incident.clock("mitigate")?.isOverdueRecorded == true, "its time did not change")
    #expect(incident.updateDue == one.at(60))
    #expect(incident.ladder.isEmpty, "the ladder is the new severity's, too")
    try one.refuses(act, at: 26, "INC-1 is S2 already, since ops2 said so at 03:25Z.")
  }
}
