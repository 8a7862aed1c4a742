import Incidents
import Testing
import Values

@Suite struct DeclareTests {
  let one = OneIncident()

  private func declares(
    _ systems: [String] = ["shop"], severity: Severity? = nil,
    with change: (inout DeclareIncident) -> Void = { _ in },
    at minutes: Int64
  ) throws -> Incident {
    var act = DeclareIncident(
      systems: systems, severity: severity, title: "Down",
      plans: [.s1: OneIncident.plan, .s2: IncidentPlan()])
    change(&act)
    let key = try #require(try one.perform(act, at: minutes).first?.incident)
    return try one.incident(key)
  }

  @Test(arguments: [
    (Level.page, Severity.s1), (.warn, .s2), (.info, .s3),
  ])
  func whatNobodySaysTheAlertSays(level: Level, severity: Severity) throws {
    let cause = try one.fires(level: level, at: 1)
    #expect(try declares(with: { $0.cause = cause }, at: 2).severity == severity)
    #expect(try declares(at: 3).severity == severity, "it fires on the system")
  }

  @Test func whenUnsureTheHigherHolds() throws {
    #expect(try declares(at: 0).severity == .s1, "nothing says it")
    _ = try one.fires("Info", level: .info, at: 1)
    _ = try one.fires("Warn", level: .warn, at: 1)
    #expect(try declares(at: 2).severity == .s2, "the loudest")
    #expect(try declares(["billing"], at: 2).severity == .s1, "another system's alerts say nothing")
    #expect(try declares(severity: .s4, at: 2).severity == .s4, "somebody says it")
    let said = try declares(at: 3)
    #expect(said.clocks.isEmpty, "the plan is that of the severity which was found")
  }

  @Test func itNamesWhatItCameFrom() throws {
    let cause = try one.fires(of: "billing", at: 1)
    let first = try declares(["shop", "shop"], with: { $0.cause = cause }, at: 2)
    #expect(first.systems == ["shop", "billing"], "the cause's system is in it, the first one leads")
    #expect(first.started == one.at(1))
    #expect(first.declared?.from?.alert == cause)
    let second = try declares(
      with: {
        $0.ticket = "OPS-77"
        $0.template = "Billing webhooks stuck"
        $0.playbook = "billing-webhooks#drain"
      }, at: 3)
    #expect(second.declared?.from?.ticket == "OPS-77")
    #expect(second.declared?.from?.template == "Billing webhooks stuck")
    #expect(second.playbook == "billing-webhooks#drain")
    #expect(try declares(at: 4).declared?.from == nil)
  }

  @Test func aStartThatIsSaidCountsTheClocks() throws {
    _ = try one.fires(at: 1)
    let incident = try declares(with: { $0.started = one.at(-20) }, at: 5)
    #expect(incident.started == one.at(-20))
    #expect(incident.clock("resolve")?.due == one.at(100))
    #expect(incident.ladder.map(\.due) == [one.at(-20), one.at(-5)])
  }

  @Test func aSecondDeclarationIsToldOfTheFirst() throws {
    try one.perform(
      DeclareIncident(systems: ["shop"], severity: .s2, title: "Slow", plans: [:]), by: TestRecord.ops2, at: 6
    )
    var act = DeclareIncident(systems: ["billing", "shop"], severity: .s1, title: "Down", plans: [:])
    act.known = []
    try one.refuses(
      act, at: 7,
      "ops2 declared INC-1 S2 Slow on shop at 03:06Z; join it, or say that this is another trouble.")
    act.known = ["INC-1"]
    #expect(try one.perform(act, at: 8).first?.incident == "INC-2")
    act.known = []
    act.systems = ["billing"]
    try one.refuses(
      act, by: TestRecord.ops2, at: 9,
      "ops1 declared INC-2 S1 Down on billing at 03:08Z; join it, or say that this is another trouble.")
    try one.perform(ChangeStatus(incident: "INC-2", to: .resolved, dataLost: "no"), at: 10)
    #expect(try one.perform(act, at: 11).first?.incident == "INC-3", "what is over is nobody's twin")
  }

  @Test func whatIsNoIncidentIsRefused() throws {
    func act(_ systems: [String] = ["shop"], _ title: String = "Down", started: Int64? = nil)
      -> DeclareIncident
    {
      var act = DeclareIncident(systems: systems, severity: .s1, title: title, plans: [:])
      act.started = started.map(one.at)
      return act
    }
    try one.refuses(
      act(["shop"], " "), at: 0, "An incident needs a title; say in a few words what fails.")
    for systems in [[], [""], ["shop", " "]] {
      try one.refuses(
        act(systems), at: 0, "An incident needs a system; say which one does not work.")
    }
    try one.refuses(
      act(started: 5), at: 4, "2026-11-21 03:05:00Z is in the future; an incident has begun.")
    #expect(one.record.events.isEmpty)
  }

  @Test func ofSeveralPlansTheEarlierClockHolds() {
    var plan = IncidentPlan()
    plan.severityName = "P1"
    plan.clocks = [.init(name: "respond", after: .minutes(15)), .init(name: "resolve", after: .hours(1))]
    plan.cadence = [.init(audience: nil, status: nil, every: .minutes(30))]
    plan.followUps = [.init(title: "Postmortem", after: .days(1))]
    plan.tighten(by: OneIncident.plan)
    #expect(plan.severityName == "P1" && plan.escalation.isEmpty && plan.cadence.count == 1)
    #expect(plan.clocks.map(\.name) == ["respond", "resolve", "mitigate"])
    #expect(plan.clocks.map(\.after) == [.minutes(15), .hours(1), .minutes(30)])
    #expect(plan.followUps.map(\.title) == ["Postmortem", "Within an hour"])
    #expect(plan.callOut == nil)
    var other = IncidentPlan()
    other.callOut = .minutes(10)
    plan.tighten(by: other)
    #expect(plan.callOut == .minutes(10))
  }
}
