import Incidents
import Testing
import Values

@Suite struct LinkTests {
  let one = OneIncident()

  init() throws {
    try one.declare(at: 0)
    try one.declare(["billing", "shop"], "Queue", at: 1)
    try one.declare(["mail"], "No mail", at: 2)
  }

  private func links(_ key: String) throws -> [String] {
    try one.incident(key).links.map {
      "\($0.incoming ? "<" : ">") \($0.kind.rawValue) \($0.to) \($0.title ?? "")"
    }
  }

  @Test func bothSidesSayIt() throws {
    try one.perform(LinkIncident(incident: "INC-1", to: .related("INC-3")), by: TestRecord.ops2, at: 3)
    try one.perform(LinkIncident(incident: "INC-1", to: .duplicate(of: "INC-2")), at: 4)
    try one.perform(
      LinkIncident(incident: "INC-1", to: .address("https://example.com/t/1", title: "the thread")), at: 5)
    #expect(
      try links("INC-1") == [
        "> related INC-3 No mail", "> duplicate INC-2 Queue", "> url https://example.com/t/1 the thread",
      ])
    #expect(try links("INC-2") == ["< duplicate INC-1 Purchases fail"])
    #expect(try links("INC-3") == ["> related INC-1 Purchases fail"])
    #expect(try one.incident("INC-1").isOpen, "a duplicate is not closed; merging closes")
    try one.refuses(
      LinkIncident(incident: "INC-3", to: .duplicate(of: "INC-1")), at: 6,
      "ops2 linked INC-3 to INC-1 at 03:03Z.")

    try one.perform(UnlinkIncident(incident: "INC-2", from: "INC-1", reason: "another cause"), at: 7)
    try one.perform(UnlinkIncident(incident: "INC-1", from: "https://example.com/t/1"), at: 7)
    try one.perform(UnlinkIncident(incident: "INC-1", from: "INC-3"), at: 7)
    for key in ["INC-1", "INC-2", "INC-3"] { #expect(try links(key).isEmpty, "\(key)") }
    try one.refuses(
      UnlinkIncident(incident: "INC-2", from: "INC-1"), at: 8,
      "INC-2 is not linked to INC-1; it is linked to nothing.")
  }

  @Test func mergingMovesNothingAndClosesTheOneThatGoes() throws {
    try one.perform(AddTask(incident: "INC-3", title: "Look", owner: "ops1", box: .minutes(9)), at: 3)
    try one.perform(AddNote("seen in mail, too", incident: "INC-3"), at: 3)
    let events = try one.perform(MergeIncident("INC-3", into: "INC-1"), by: TestRecord.ops2, at: 4)
    #expect(events.map(\.incident) == ["INC-3", "INC-1", "INC-1"])
    #expect(events.map(\.kind) == ["incident.linked", "incident.linked", "incident.described"])
    let gone = try one.incident("INC-3")
    #expect(!gone.isOpen && gone.resolved == nil && gone.closed == one.at(4))
    #expect(gone.standing == "merged into INC-1" && gone.status == .investigating)
    #expect(gone.openTasks.isEmpty && gone.tasks.count == 1 && gone.notes == 1)
    #expect(gone.nextDeadline(at: one.at(5)) == nil && gone.updateDue == nil)
    #expect(
      try one.perform(
        RecordOverdue(incident: "INC-3", clock: "resolve", due: one.at(122)), by: TestRecord.engine, at: 125
      ).isEmpty, "its clocks stand")
    let stays = try one.incident("INC-1")
    #expect(stays.absorbed == ["INC-3"] && stays.systems == ["shop", "mail"] && stays.isOpen)
    #expect(stays.notes == 0 && stays.tasks.isEmpty)
    try one.perform(AddNote("late word", incident: "INC-3"), at: 5)
  }

  @Test func whatWasMergedIsActedOnWhereItWent() throws {
    try one.perform(MergeIncident("INC-3", into: "INC-1"), by: TestRecord.ops2, at: 4)
    let told = "INC-3 was merged into INC-1 by ops2 at 03:04Z; act on INC-1."
    let acts: [any Act] = [
      ChangeStatus(incident: "INC-3", to: .identified),
      TakeRole(incident: "INC-3", role: "scribe", who: "ops1"),
      AddTask(incident: "INC-3", title: "x"), Decide(incident: "INC-3", text: "x"),
      DescribeIncident(incident: "INC-3", title: "x"), MergeIncident("INC-3", into: "INC-2"),
      MergeIncident("INC-2", into: "INC-3"),
      ChangeSeverity(incident: "INC-3", to: .s2, reason: nil, plan: IncidentPlan()),
    ]
    for act in acts { try one.refuses(act, at: 5, told) }
  }

  @Test func unlinkingAMergerOpensItAgain() throws {
    try one.perform(MergeIncident("INC-3", into: "INC-1"), at: 4)
    try one.perform(UnlinkIncident(incident: "INC-1", from: "INC-3", reason: "two troubles"), at: 9)
    let back = try one.incident("INC-3")
    #expect(back.isOpen && back.closed == nil && back.clock("resolve")?.due == one.at(122))
    #expect(try one.incident("INC-1").absorbed.isEmpty)
  }

  @Test func whatCannotBeLinkedIsRefused() throws {
    let table: [(any Act, String)] = [
      (MergeIncident("INC-1", into: "INC-1"), "INC-1 cannot be merged into itself."),
      (
        MergeIncident("INC-1", into: "INC-9"),
        "There is no incident INC-9; `midwatch incident list` shows them."
      ),
      (LinkIncident(incident: "INC-1", to: .related("INC-1")), "INC-1 cannot be linked to itself."),
      (
        LinkIncident(incident: "INC-1", to: .address("javascript:alert(1)", title: nil)),
        "javascript:alert(1) is no address; write one that begins with https:// or http://."
      ),
      (
        LinkIncident(incident: "INC-1", to: .address("https://a/\u{1B}[2J", title: nil)),
        "https://a/␛[2J is no address; write one that begins with https:// or http://."
      ),
    ]
    for (act, sentence) in table { try one.refuses(act, at: 3, sentence) }
    try one.perform(ChangeStatus(incident: "INC-2", to: .resolved, dataLost: "no"), at: 4)
    for act in [MergeIncident("INC-1", into: "INC-2"), MergeIncident("INC-2", into: "INC-1")] {
      try one.refuses(act, at: 5, "INC-2 was resolved by ops1 at 03:04Z; reopen it first.")
    }
  }
}
