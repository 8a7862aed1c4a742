import Host
import Incidents
import Journal
import Retro
import Testing
import Values

/// What joins an incident's timeline by itself, and what does not.
@Suite(.timeLimit(.minutes(10)))
struct TimelineQueryTests {
  private let folder: TestFolder
  private let journal: Journal
  private let start = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  init() throws {
    folder = try TestFolder()
    journal = try folder.journal()
  }

  private func at(_ minutes: Int64) -> Instant { start + .minutes(minutes) }

  private func perform(_ act: some Act, at minutes: Int64) throws {
    try journal.perform(act, by: TestFolder.actor, at: at(minutes))
  }

  private func fires(_ rule: String, of system: String, at minutes: Int64) throws {
    let fact = AlertFired(
      system: system, rule: rule, labels: [:], level: .page, activeAt: at(minutes), value: nil, sign: nil,
      threshold: nil, unit: nil, summary: nil, playbook: nil, source: nil)
    try journal.perform(
      RecordTransitions(fired: [fact], at: at(minutes)), by: Identity.engine(), at: at(minutes))
  }

  private func goes(_ endpoint: String, of system: String, to state: String, at minutes: Int64) throws {
    let fact = EndpointChanged(
      system: system, endpoint: endpoint, from: "up", to: state, reason: nil, code: nil,
      tookMs: nil)
    try journal.perform(
      RecordTransitions(endpoints: [fact], at: at(minutes)), by: Identity.engine(), at: at(minutes))
  }

  private func declare(_ systems: [String], at minutes: Int64) throws {
    try perform(
      DeclareIncident(systems: systems, severity: .s1, title: "Down", plan: IncidentPlan()), at: minutes)
  }

  private func texts(_ key: String) throws -> [String] {
    let incident = try #require(try journal.entity(Incident.self, key: key))
    return Timeline(try TimelineQuery.events(of: incident, in: journal)).lines.map(\.text)
  }

  @Test func transitionsOfItsSystemsJoinFromHalfAnHourBefore() throws {
    try fires("TooEarly", of: "shop", at: -40)
    try goes("api", of: "shop", to: "down", at: -29)
    try fires("Other", of: "mail", at: -10)
    try perform(TellOccasion(system: "shop", occasion: .deployment, note: "v4.2"), at: -5)
    try journal.perform(
      RecordTransitions(
        resolved: [
          AlertResolved(
            system: "shop", rule: "TooEarly", labels: [:], activeAt: at(-40), value: nil, how: .recovered)
        ], at: at(-39)), by: Identity.engine(), at: at(-39))
    try declare(["shop"], at: 0)
    try fires("During", of: "shop", at: 3)
    try perform(AddNote("to the journal", isForJournal: true), at: 4)
    try perform(ChangeStatus(incident: "INC-1", to: .resolved, dataLost: "no"), at: 10)
    try fires("After", of: "shop", at: 11)
    #expect(
      try texts("INC-1") == [
        "shop api is down", "shop: v4.2", "INC-1 S1 Down", "commander: ops1", "During firing on shop",
        "Resolved, data lost: no",
      ])
    try perform(ChangeStatus(incident: "INC-1", to: .investigating), at: 12)
    #expect(try texts("INC-1").contains("After firing on shop"), "reopened, it goes on")
  }

  @Test func aSystemThatIsAddedBringsItsTransitionsAndOneThatIsNoneTakesThemAway() throws {
    try fires("Early", of: "mail", at: -10)
    try declare(["shop"], at: 0)
    #expect(try !texts("INC-1").contains("Early firing on mail"))
    try perform(DescribeIncident(incident: "INC-1", systems: ["shop", "mail"]), at: 1)
    #expect(try texts("INC-1").first == "Early firing on mail")
    try fires("Late", of: "mail", at: 2)
    #expect(try texts("INC-1").last == "Late firing on mail")
    try perform(DescribeIncident(incident: "INC-1", systems: ["shop"]), at: 3)
    #expect(try !texts("INC-1").contains { $0.hasSuffix("on mail") })
  }

  @Test func anEarlierStartLooksFurtherBack() throws {
    try fires("Early", of: "shop", at: -50)
    try journal.perform(
      RecordTransitions(
        resolved: [
          AlertResolved(
            system: "shop", rule: "Early", labels: [:], activeAt: at(-50), value: nil, how: .recovered)
        ], at: at(-45)), by: Identity.engine(), at: at(-45))
    try declare(["shop"], at: 0)
    #expect(try !texts("INC-1").contains("Early firing on shop"))
    try perform(DescribeIncident(incident: "INC-1", started: at(-20)), at: 1)
    #expect(try texts("INC-1").first == "Early firing on shop")
  }

  @Test func whatWasWrittenInMergedIncidentsIsSeenWhereTheyWent() throws {
    try declare(["shop"], at: 0)
    try declare(["mail"], at: 1)
    try declare(["billing"], at: 2)
    try perform(AddNote("from billing", incident: "INC-3"), at: 3)
    try perform(AddNote("from mail", incident: "INC-2"), at: 4)
    try perform(AddNote("not so", incident: "INC-2"), at: 5)
    let note = try #require(
      try journal.events(matching: EventQuery(incident: "INC-2", kinds: [NoteAdded.kind])).last)
    try perform(RetractEvent(note.id, incident: "INC-2", reason: "wrong host"), at: 6)
    try perform(MergeIncident("INC-3", into: "INC-2"), at: 7)
    try perform(MergeIncident("INC-2", into: "INC-1"), at: 8)
    let incident = try #require(try journal.entity(Incident.self, key: "INC-1"))
    #expect(incident.systems == ["shop", "mail", "billing"])
    let lines = Timeline(try TimelineQuery.events(of: incident, in: journal)).lines
    #expect(
      lines.filter { $0.incident != "INC-1" }.map { "\($0.incident ?? "") \($0.text)" } == [
        "INC-3 from billing", "INC-2 from mail", "INC-2 not so", "INC-2 “not so” was taken back: wrong host",
      ])
    #expect(lines.first { $0.text == "not so" }?.retracted == "wrong host")
    #expect(lines.contains { $0.text == "INC-2 was merged into this: Down" })
    #expect(try texts("INC-2").last == "merged into INC-1: Down; go on there")
    // And out again.
    try perform(UnlinkIncident(incident: "INC-2", from: "INC-1"), at: 9)
    #expect(try !texts("INC-1").contains("from mail"))
  }
}
