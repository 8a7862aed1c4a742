import Incidents
import Testing
import Values

@Suite struct DescribeTests {
  let one = OneIncident()

  @Test func everyPartIsSaidAnew() throws {
    try one.declare(at: 0)
    try one.perform(
      DescribeIncident(
        incident: "INC-1", title: "Checkout fails", impact: "Nobody can pay",
        affected: ["shop/api", "shop/api", "shop/worker"], systems: ["shop", "billing"]), at: 1)
    let incident = try one.incident()
    #expect(incident.title == "Checkout fails" && incident.impact == "Nobody can pay")
    #expect(incident.affected == ["shop/api", "shop/worker"])
    #expect(incident.systems == ["shop", "billing"])
    #expect(incident.clock("resolve")?.due == one.at(120), "its start is where it was")
    let change = try one.perform(
      DescribeIncident(incident: "INC-1", title: "Checkout fails", affected: []), at: 2)
    let fact = try #require(change.first?.fact(IncidentDescribed.self))
    #expect(fact.title == nil && fact.affected == [], "only what changed is written")
    #expect(try one.incident().affected.isEmpty)
  }

  @Test func anotherStartMovesClocksAndLadder() throws {
    try one.declare(at: 0)
    try one.perform(
      RecordOverdue(incident: "INC-1", clock: "mitigate", due: one.at(30)), by: TestRecord.engine, at: 30)
    try one.perform(DescribeIncident(incident: "INC-1", started: one.at(-12)), at: 31)
    let incident = try one.incident()
    #expect(incident.started == one.at(-12))
    #expect(incident.clocks.map(\.due) == [one.at(3), one.at(18), one.at(108)])
    #expect(incident.clock("respond")?.met == one.at(0), "what was met stays met")
    #expect(incident.clock("mitigate")?.isOverdueRecorded == false, "it is late at another time")
    #expect(incident.ladder.map(\.due) == [one.at(-12), one.at(3)])
    #expect(
      incident.ladder.map(\.asks) == ["escalation#level-1", nil]
        && incident.ladder.map(\.contact) == ["primary", "secondary"])
    // There and back again, nothing has moved.
    try one.perform(DescribeIncident(incident: "INC-1", started: one.at(0)), at: 32)
    #expect(try one.incident().clocks.map(\.due) == [one.at(15), one.at(30), one.at(120)])
  }

  @Test func whatWasDismissedStaysSoWhenTheStartMoves() throws {
    try one.declare(at: 0)
    try one.perform(
      DismissDeadline(incident: "INC-1", clock: "mitigate", reason: "nothing to mitigate"), at: 1)
    try one.perform(MeetDeadline(incident: "INC-1", clock: "escalation:L2"), at: 2)
    try one.perform(DescribeIncident(incident: "INC-1", started: one.at(-20)), at: 3)
    let incident = try one.incident()
    let mitigate = try #require(incident.deadline("mitigate"))
    #expect(mitigate.due == one.at(10) && mitigate.state(at: one.at(30)) == .dismissed)
    let rung = try #require(incident.deadline("escalation:L2"))
    #expect(rung.due == one.at(-5) && rung.met == one.at(2))
    #expect(incident.deadline("resolve")?.state(at: one.at(30)) == .running)
  }

  @Test func whatSaysNothingIsRefused() throws {
    try one.declare(at: 0)
    let table: [(DescribeIncident, String)] = [
      (
        .init(incident: "INC-1"),
        "Say what is to be said anew: a title, an impact, endpoints, systems or the start."
      ),
      (.init(incident: "INC-1", title: "Purchases fail"), "INC-1 says so already."),
      (.init(incident: "INC-1", started: OneIncident.start), "INC-1 says so already."),
      (.init(incident: "INC-1", title: " "), "An incident needs a title; say in a few words what fails."),
      (.init(incident: "INC-1", impact: ""), "Say who cannot do what; an impact is not taken back."),
      (.init(incident: "INC-1", systems: []), "An incident needs a system; say which one does not work."),
      (.init(incident: "INC-1", affected: [" "]), "An endpoint has a name: system/endpoint."),
      (
        .init(incident: "INC-1", started: OneIncident.start + .minutes(9)),
        "2026-11-21 03:09:00Z is in the future; an incident has begun."
      ),
      (
        .init(incident: "INC-2", title: "x"),
        "There is no incident INC-2; `midwatch incident list` shows them."
      ),
    ]
    for (act, sentence) in table { try one.refuses(act, at: 1, sentence) }
  }
}
