import Incidents
import Testing
import Values

@Suite struct RoleAndDecisionTests {
  let one = OneIncident()

  private func role(
    _ who: String?, from: String? = nil, words: String? = nil, role: String = "commander"
  ) -> TakeRole {
    TakeRole(incident: "INC-1", role: role, who: who, from: from, words: words)
  }

  @Test func aHandOverSaysWhoHandsToWhomAndWhatTheyHaveToKnow() throws {
    try one.declare(at: 0)
    let events = try one.perform(role("ops2", words: "deploys are frozen"), at: 5)
    let fact = try #require(events.first?.fact(IncidentRoleTaken.self))
    #expect(events.count == 1)
    #expect(fact.handsOver == "ops1" && fact.who == "ops2" && fact.words == "deploys are frozen")
    let change = try #require(try one.incident().roleChange("commander"))
    #expect(change.from == "ops1" && change.who == "ops2" && change.by == "ops1" && change.at == one.at(5))
    #expect(try one.incident().commander == "ops2")
  }

  @Test func nobodyLosesARoleToSomebodyWhoDidNotSeeThem() throws {
    try one.declare(at: 0)
    try one.perform(role("ops2", role: "scribe"), by: TestRecord.ops2, at: 6)
    try one.refuses(
      role("ops1", role: "scribe"), at: 7,
      "ops2 is scribe of INC-1 since 03:06Z; take it over from ops2, or let them hand it over.")
    try one.refuses(
      role("ops1", from: "ops3", role: "scribe"), at: 7,
      "ops2 is scribe of INC-1 since 03:06Z; take it over from ops2, or let them hand it over.")
    try one.refuses(
      role(nil, role: "scribe"), at: 7,
      "ops2 is scribe of INC-1 since 03:06Z; take it over from ops2, or let them hand it over.")
    try one.perform(role("ops1", from: "ops2", role: "scribe"), at: 8)
    #expect(try one.incident().roles["scribe"] == "ops1")
    try one.perform(role(nil, role: "scribe"), at: 9)
    #expect(try one.incident().roles["scribe"] == nil)
    try one.refuses(role(nil, role: "scribe"), at: 9, "Nobody is scribe.")
    try one.refuses(role("ops1"), at: 9, "ops1 is commander of INC-1 already since 03:00Z.")
    try one.refuses(
      role("Ops One", role: "scribe"), at: 9,
      "Ops One is no handle: a-z, 0-9, dots, dashes, at most 32.")
    for name in ["", "a\nb", String(repeating: "x", count: 41)] {
      try one.refuses(
        role("ops1", role: name), at: 9,
        "A role has a short name: commander, communications, operations, scribe.")
    }
  }

  @Test func aDecisionNamesObjectionsAndWhoCarriesItOut() throws {
    try one.declare(at: 0)
    let act = Decide(incident: "INC-1", text: "Roll back to v4.1", objections: "none", executes: "ops2")
    try one.perform(act, at: 4)
    let decision = try #require(try one.incident().decisions.first)
    #expect(
      decision.text == "Roll back to v4.1" && decision.objections == "none" && decision.executes == "ops2")
    #expect(decision.by == "ops1" && decision.at == one.at(4))
    try one.refuses(act, by: TestRecord.ops2, at: 5, "ops1 wrote this decision down at 03:04Z.")
    try one.refuses(Decide(incident: "INC-1", text: " "), at: 5, "Say what was decided.")
    try one.refuses(
      Decide(incident: "INC-1", text: "x", executes: "the team"), at: 5,
      "the team is no handle: a-z, 0-9, dots, dashes, at most 32.")
  }
}
