import Incidents
import Testing
import Values

@Suite struct ActionItemTests {
  private let one = OneIncident()

  private func item(_ key: String = "ACT-1") throws -> ActionItem {
    try #require(try one.record.entity(ActionItem.self, key))
  }

  @Test func isAddedChangedAndDone() throws {
    try one.declare(at: 0)
    let due = one.at(600)
    try one.perform(AddAction("Alarm on the pool", incident: "INC-1", owner: "ops1", due: due), at: 1)
    #expect(try item().state == .open && item().incident == "INC-1")
    #expect(try item().owner == "ops1" && item().due == due && item().isOpen)
    try one.perform(
      ChangeAction("ACT-1", owner: .to("ops2"), due: .to(nil), state: .doing, reason: "ops1 is away"), at: 2)
    #expect(try item().owner == "ops2" && item().due == nil && item().state == .doing)
    try one.perform(ChangeAction("ACT-1", state: .done), by: TestRecord.ops2, at: 3)
    #expect(try !item().isOpen && item().closed == one.at(3))
    #expect(try item().changes.map(\.state) == [.open, .doing, .done])
    #expect(try item().changes.map(\.by) == ["ops1", "ops1", "ops2"])
    #expect(try item().changes.map(\.reason) == [nil, "ops1 is away", nil])
    try one.perform(ChangeAction("ACT-1", state: .open, reason: "it was not"), at: 4)
    #expect(try item().isOpen && item().title == "Alarm on the pool")
    // It belongs to the incident's own story, and to none where it was added to none.
    #expect(one.record.events.filter { $0.kind.hasPrefix("action.") }.allSatisfy { $0.incident == "INC-1" })
    try one.perform(AddAction("Read the runbooks"), at: 5)
    #expect(try item("ACT-2").incident == nil)
  }

  @Test func refusalsSayWhy() throws {
    try one.declare(at: 0)
    try one.perform(AddAction("Alarm on the pool", incident: "INC-1"), at: 1)
    try one.refuses(AddAction(" \n"), at: 2, "An action item needs words.")
    try one.refuses(
      AddAction("x", incident: "INC-9"), at: 2,
      "There is no incident INC-9; `midwatch incident list` shows them.")
    try one.refuses(
      AddAction("x", owner: "Ops One"), at: 2, "Ops One is no handle: a-z, 0-9, dots, dashes, at most 32.")
    try one.refuses(
      AddAction("x", due: one.at(2)), at: 2,
      "2026-11-21 03:02:00Z is past; an action item is due later than now.")
    try one.refuses(
      AddAction("Alarm on the pool", incident: "INC-1"), at: 2,
      "ops1 asked for this at 2026-11-21 03:01:00Z; it is ACT-1.")
    try one.refuses(
      AddAction(String(repeating: "ä", count: 501)), at: 2,
      "An action item's title has at most 1000 bytes; write the rest in a section of the retro.")
    try one.refuses(
      ChangeAction("ACT-9\u{1B}[31m", state: .done), at: 2,
      "There is no action item ACT-9␛[31m; `midwatch retro action list --all` shows them.")
    try one.refuses(
      ChangeAction("ACT-1"), at: 2, "Say what changes: a title, an owner, a time or a state.")
    try one.refuses(ChangeAction("ACT-1", owner: .to(nil)), at: 2, "ACT-1 is so already.")
    try one.refuses(
      ChangeAction("ACT-1", state: .dropped), at: 2, "Say why nobody has to do it any more.")
    try one.perform(ChangeAction("ACT-1", state: .done), at: 3)
    let done = "ACT-1 was done by ops1 at 2026-11-21 03:03:00Z."
    try one.refuses(ChangeAction("ACT-1", state: .done), at: 4, done)
    try one.refuses(ChangeAction("ACT-1", owner: .to("ops2")), at: 4, "\(done) Open it again first.")
    try one.refuses(ChangeAction("ACT-1", state: .open), at: 4, "\(done) Say why that is not so.")
  }

  /// One thing has one word: what a folder makes due is in the same list, and is met as the deadline that it is.
  @Test func followUpsAreActionItems() throws {
    try one.declare(at: 0)
    try one.perform(
      ChangeStatus(incident: "INC-1", to: .resolved, dataLost: "no", followUps: OneIncident.plan.followUps),
      at: 10)
    let key = "INC-1/follow_up:Within an hour"
    #expect(try one.record.open(ActionItem.self) == [key])
    #expect(try item(key).title == "Within an hour" && item(key).due == one.at(70))
    #expect(try item(key).incident == "INC-1" && item(key).isOverdue(at: one.at(71)))
    try one.perform(ChangeAction(key, owner: .to("ops2"), state: .doing), at: 11)
    #expect(try item(key).owner == "ops2" && item(key).state == .doing)
    let fixed =
      "Within an hour is a follow-up of INC-1: its folder says what it is and when it is due. Snooze its "
      + "deadline, or give it an owner, or say that it is done."
    try one.refuses(ChangeAction(key, due: .to(one.at(99))), at: 12, fixed)
    try one.refuses(ChangeAction(key, title: "Later"), at: 12, fixed)
    let met = try one.perform(ChangeAction(key, state: .done), at: 13)
    #expect(met.map(\.kind) == [ClockMet.kind])
    #expect(try item(key).state == .done && item(key).closed == one.at(13) && item(key).owner == "ops2")
    #expect(try one.incident().deadline("follow_up:Within an hour")?.met == one.at(13))
    try one.refuses(
      ChangeAction(key, state: .open, reason: "no"), at: 14,
      "\(key) was done by ops1 at 2026-11-21 03:13:00Z. Add an action item for what is left of it.")
  }

  @Test func dismissingADeadlineDropsItsFollowUpAndReopeningWithdrawsIt() throws {
    try one.declare(at: 0)
    let plan = [
      IncidentPlan.FollowUp(title: "Review", after: .hours(1)),
      .init(title: "Postmortem", after: .hours(2)), .init(title: "Postmortem", after: .hours(5)),
    ]
    let resolve = ChangeStatus(incident: "INC-1", to: .resolved, dataLost: "no", followUps: plan)
    try one.perform(resolve, at: 10)
    let (review, postmortem) = ("INC-1/follow_up:Review", "INC-1/follow_up:Postmortem")
    try one.perform(
      DismissDeadline(incident: "INC-1", clock: "follow_up:Review", reason: "small"), at: 11)
    #expect(try item(review).state == .dropped && item(review).reason == "small")
    // Two folders ask for it, each by its own time.
    try one.perform(MeetDeadline(incident: "INC-1", clock: "follow_up:Postmortem"), at: 12)
    #expect(try item(postmortem).isOpen && item(postmortem).due == one.at(310))
    try one.perform(ChangeStatus(incident: "INC-1", to: .investigating), at: 13)
    #expect(try item(postmortem).state == .dropped && item(postmortem).reason == "INC-1 was reopened")
    #expect(try item(review).reason == "small")
    try one.perform(resolve, at: 20)
    #expect(try item(postmortem).isOpen && item(postmortem).due == one.at(140))
    #expect(try item(review).isOpen)
  }

  @Test func listsBeginWithWhatIsOverdue() throws {
    func add(_ title: String, due: Int64?) throws {
      try one.perform(AddAction(title, due: due.map(one.at)), at: 0)
    }
    for (title, due) in [("a", nil), ("b", 90), ("c", 30), ("d", nil), ("e", nil)] as [(String, Int64?)] {
      try add(title, due: due)
    }
    for number in 6...11 { try add("x\(number)", due: nil) }
    try one.perform(ChangeAction("ACT-1", state: .done), at: 1)
    try one.perform(ChangeAction("ACT-5", state: .done), at: 2)
    let items = try (1...11).map { try item("ACT-\($0)") }
    let keys = items.shuffled().sorted(by: ActionItem.comesFirst).map { $0.key.dropFirst(4) }
    #expect(keys == ["3", "2", "4", "6", "7", "8", "9", "10", "11", "5", "1"])
  }
}
