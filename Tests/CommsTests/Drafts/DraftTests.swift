import Incidents
import TestSupport
import Testing
import Values

@testable import Comms

struct DraftTests {
  private let text = "Impact: no packs.\nNext update: 03:30 UTC"

  private func save(
    _ text: String? = nil, draft: String? = nil, revision: Int? = nil, subject: String = "Packs"
  ) -> SaveDraft {
    SaveDraft(
      draft: draft, revision: revision, incident: nil, template: "users", audience: "users",
      stage: .identified,
      fields: ["next_steps": "wait"], subject: subject, text: text ?? self.text)
  }

  private func send(
    _ draft: String = "D-1", revision: Int = 1, next: String? = "03:30", despite: String? = nil,
    needsApproval: Bool = false
  ) throws -> MarkSent {
    MarkSent(
      draft, revision: revision, destinations: ["status page"], nextUpdate: try next.map { try instant($0) },
      head: "1042·9f3a61c2", despite: despite, needsApproval: needsApproval)
  }

  @Test func isSavedAndSavedAgain() throws {
    let record = MemoryRecord()
    try record.perform(save())
    #expect(try record.perform(save(draft: "D-1")).isEmpty)
    try record.perform(save("new", draft: "D-1", revision: 1), by: "ops2")
    let draft = try #require(try record.entity(Draft.self, "D-1"))
    #expect(draft.isOpen && draft.text == "new" && draft.revision == 2)
    #expect(draft.begun?.by == "ops1" && draft.saved?.by == "ops2")
    #expect(draft.fields == ["next_steps": "wait"])
    #expect(
      record.refusal(save("mine", draft: "D-1", revision: 1))
        == "ops2 saved D-1 at 03:06Z; open it again, your text is kept.")
    #expect(try record.open(Draft.self) == ["D-1"])
    #expect(record.refusal(save("x", draft: "D-9")) == "There is no draft D-9.")
  }

  @Test func isSentAsItIs() throws {
    let record = MemoryRecord()
    try record.perform(save())
    let events = try record.perform(try send(), by: "ops2", at: "03:12")
    let fact = try #require(events.first?.fact(UpdateSent.self))
    #expect(fact.subject == "Packs" && fact.text == text && fact.destinations == ["status page"])
    #expect(fact.nextUpdate == (try instant("03:30")) && fact.how == .hand && fact.despite == nil)
    #expect(fact.head == "1042·9f3a61c2")
    #expect(try record.entity(Draft.self, "D-1")?.isOpen == false)
    #expect(record.refusal(try send()) == "D-1 was sent by ops2 at 03:12Z; write a new one.")
    #expect(record.refusal(save(draft: "D-1"))?.hasPrefix("D-1 was sent") == true)
    #expect(record.refusal(DiscardDraft("D-1"))?.hasPrefix("D-1 was sent") == true)
  }

  @Test func goesNowhereWithHolesOrContradictions() throws {
    let record = MemoryRecord()
    try record.perform(save("{{impact}} {{eta}}\n\(text)", subject: "{{title}}"))
    #expect(
      record.refusal(try send(despite: "urgent")) == "D-1 still has {{title}}, {{impact}}, {{eta}} unfilled.")
    try record.perform(save(draft: "D-1"))
    #expect(
      record.refusal(try send(revision: 1)) == "ops1 changed D-1 at 03:06Z; read it again before it goes.")
    #expect(record.refusal(try send(revision: 2, next: "03:01"))?.contains("which is past") == true)
    #expect(
      record.refusal(try send(revision: 2, next: "03:45", despite: "typo known"))
        == "The text says 03:30 UTC for the next update, and 03:45 UTC is promised. Correct D-1.")
    try record.perform(save("\(text)\nSee db-1.", draft: "D-1"))
    #expect(
      record.refusal(try send(revision: 3))
        == "db-1 looks like a host name; leave it out. Correct D-1, or send it with a reason.")
    let events = try record.perform(try send(revision: 3, despite: "a book's title"))
    #expect(events.first?.fact(UpdateSent.self)?.despite == "a book's title")
    try record.perform(save("\n"))
    #expect(record.refusal(try send("D-2")) == "D-2 is empty.")
  }

  @Test func anApprovalIsOfOneText() throws {
    let record = MemoryRecord()
    try record.perform(save())
    #expect(record.refusal(try send(needsApproval: true)) == "D-1 waits for an approval of its text.")
    try record.perform(ApproveDraft("D-1", revision: 1, textDigest: "ab"), by: "ops2")
    #expect(
      record.refusal(ApproveDraft("D-1", revision: 1, textDigest: "ab"))
        == "D-1 was approved by ops2 at 03:06Z.")
    try record.perform(save(text + "\nMore.", draft: "D-1"))
    #expect(try record.entity(Draft.self, "D-1")?.approved == nil)
    #expect(
      record.refusal(ApproveDraft("D-1", revision: 1, textDigest: "ab"))
        == "ops1 changed D-1 at 03:06Z; read it again.")
    try record.perform(ApproveDraft("D-1", revision: 2, textDigest: "cd"), by: "ops2")
    try record.perform(try send(revision: 2, needsApproval: true))
  }

  private func declare(_ record: MemoryRecord) throws {
    try record.perform(
      DeclareIncident(systems: ["x"], severity: .s1, title: "Down", plan: IncidentPlan()), by: "ops2",
      at: "03:00")
    try record.perform(
      SaveDraft(
        incident: "INC-1", template: nil, audience: "users", stage: .identified, subject: "s", text: text))
  }

  private func commanded(_ revision: Int = 1) throws -> MarkSent {
    MarkSent(
      "D-1", revision: revision, destinations: ["page"], nextUpdate: try instant("03:30"), head: "",
      approvals: ["commander"])
  }

  private func approval(_ revision: Int = 1, as role: String? = "commander") -> ApproveDraft {
    ApproveDraft("D-1", revision: revision, textDigest: "ab", as: role)
  }

  @Test func aDestinationAsksForTheCommander() throws {
    let record = MemoryRecord()
    try declare(record)
    let waits = "D-1 waits for the approval of its text by the commander: `midwatch update approve D-1`."
    #expect(record.refusal(try commanded()) == waits)
    // Whoever wrote it has the role or has not; that they wrote it counts for nothing.
    #expect(record.refusal(approval()) == "D-1 needs the approval of the commander of INC-1, who is ops2.")
    try record.perform(approval(as: nil), by: "ops1")
    #expect(record.refusal(try commanded()) == waits)
    let events = try record.perform(approval(), by: "ops2")
    #expect(events.first?.fact(DraftApproved.self)?.roles == ["commander"])
    #expect(record.refusal(approval(), by: "ops2") == "D-1 was approved by ops2 at 03:06Z.")
    try record.perform(
      SaveDraft(
        draft: "D-1", incident: nil, template: nil, audience: "users", stage: .identified, subject: "s",
        text: text + "\nMore."))
    #expect(record.refusal(try commanded(2)) == waits)
    try record.perform(approval(2), by: "ops2")
    // It was given by the commander of then.
    try record.perform(TakeRole(incident: "INC-1", role: "commander", who: "ops3", from: "ops2"), by: "ops3")
    try record.perform(try commanded(2), by: "ops3")
  }

  @Test func whoApprovedAndThenTookCommandApprovesAgain() throws {
    let record = MemoryRecord()
    try declare(record)
    try record.perform(approval(as: nil), by: "ops3")
    #expect(record.refusal(approval(as: nil), by: "ops4") == "D-1 was approved by ops3 at 03:06Z.")
    try record.perform(TakeRole(incident: "INC-1", role: "commander", who: "ops3", from: "ops2"), by: "ops3")
    // Without naming the role, too: it is theirs.
    try record.perform(approval(as: nil), by: "ops3")
    try record.perform(try commanded(), by: "ops3")
  }

  @Test func whoCommandsAndWritesCanApprove() throws {
    let record = MemoryRecord()
    try record.perform(
      DeclareIncident(systems: ["x"], severity: .s1, title: "Down", plan: IncidentPlan()), at: "03:00")
    try record.perform(
      SaveDraft(
        incident: "INC-1", template: nil, audience: "users", stage: .identified, subject: "s", text: text))
    try record.perform(approval())
    try record.perform(try commanded())
  }

  @Test func anAnnouncementIsApprovedBySomebodyElse() throws {
    let record = MemoryRecord()
    try record.perform(save())
    #expect(
      record.refusal(approval())
        == "ops1 wrote D-1; what is about no incident is approved by somebody else.")
    try record.perform(approval(as: nil))
    #expect(
      record.refusal(try commanded())
        == "D-1 waits for the approval of its text by somebody other than who wrote it: "
        + "`midwatch update approve D-1`.")
    try record.perform(approval(), by: "ops2")
    try record.perform(try commanded())
  }

  @Test func nonePromisesNothing() throws {
    let record = MemoryRecord()
    func none(_ draft: String) throws -> MarkSent {
      var act = try send(draft, next: nil)
      act.check.promisesNone = true
      return act
    }
    try record.perform(save())
    #expect(
      record.refusal(try none("D-1"))
        == "The text says 03:30 UTC for the next update, and none is promised; take it out. Correct D-1.")
    // Written with a promise and without a line for it: it goes out with it, or without.
    func stored() -> SaveDraft {
      SaveDraft(
        incident: nil, template: nil, audience: "users", stage: .identified,
        fields: [Draft.promiseField: "2026-11-21T03:30:00Z"], subject: "s", text: "Impact: no packs.")
    }
    try record.perform(stored())
    #expect(
      try record.perform(send("D-2", next: nil)).first?.fact(UpdateSent.self)?.nextUpdate
        == (try instant("03:30")))
    try record.perform(stored())
    let fact = try record.perform(none("D-3")).first?.fact(UpdateSent.self)
    #expect(fact != nil && fact?.nextUpdate == nil)
  }

  @Test func nobodyIsRemindedOfAnAnnouncement() throws {
    let record = MemoryRecord()
    try record.perform(
      SaveDraft(
        incident: nil, template: nil, audience: "users", stage: .announcement, subject: "s",
        text: "News.\nNext update: 03:30 UTC"))
    #expect(
      record.refusal(try send(next: nil))
        == "It is about no incident, so that nothing reminds anybody of the next update at 03:30 UTC; name none. "
        + "Correct D-1, or send it with a reason.")
    try record.perform(send(next: nil, despite: "in the calendar"))
  }

  @Test func theTextSetsTheClock() throws {
    let record = MemoryRecord()
    try record.perform(save())
    let events = try record.perform(try send(next: nil), at: "03:12")
    #expect(events.first?.fact(UpdateSent.self)?.nextUpdate == (try instant("03:30")))
    #expect(try record.entity(Draft.self, "D-1")?.promise == (try instant("03:30")))
  }

  @Test func whatAValueHoldsIsText() {
    let one = Recipient("{{module}}", fields: ["module": "{{recipient}}"])
    #expect(
      one.filling("{{recipient}} {{ module }} {{other}} {{{module}}}")
        == "{{module}} {{recipient}} {{other}} {{recipient}}")
  }

  @Test func oneDraftGoesToSeveral() throws {
    let record = MemoryRecord()
    let text = "Dear {{recipient}}, {{module}} is back. {{recipient}}"
    let whom = [
      Recipient("North", fields: ["module": "Stock"]), Recipient("South", fields: ["module": "Sales"]),
    ]
    func save(_ whom: [Recipient]?, draft: String? = nil) -> SaveDraft {
      SaveDraft(
        draft: draft, incident: nil, template: nil, audience: "users", stage: .announcement,
        subject: "News for {{recipient}}",
        text: text, system: "nova", recipients: whom)
    }
    #expect(record.refusal(save(whom + [whom[0]])) == "North is named twice; each recipient gets one copy.")
    try record.perform(save([Recipient("North")]))
    #expect(record.refusal(try send(next: nil)) == "D-1 still has {{module}} unfilled.")
    try record.perform(save(whom, draft: "D-1"))
    #expect(try record.perform(save(nil, draft: "D-1")).isEmpty)
    try record.perform(ApproveDraft("D-1", revision: 2, textDigest: "ab"), by: "ops2")
    try record.perform(save(Array(whom.reversed()), draft: "D-1"))
    #expect(try record.entity(Draft.self, "D-1")?.approved == nil)
    let events = try record.perform(try send(revision: 3, next: nil))
    #expect(
      events.first?.fact(UpdateSent.self)?.copies == [
        .init(recipient: "South", subject: "News for South", text: "Dear South, Sales is back. South"),
        .init(recipient: "North", subject: "News for North", text: "Dear North, Stock is back. North"),
      ])
  }

  @Test func canBeGivenUp() throws {
    let record = MemoryRecord()
    try record.perform(save())
    try record.perform(DiscardDraft("D-1", reason: "wrong audience"), by: "ops2")
    #expect(try record.open(Draft.self).isEmpty)
    #expect(record.refusal(try send()) == "D-1 was discarded by ops2 at 03:06Z.")
  }

  @Test func theIncidentKeepsThePromise() throws {
    let record = MemoryRecord()
    #expect(
      record.refusal(
        SaveDraft(
          incident: "INC-9", template: nil, audience: "users", stage: .identified, subject: "s", text: "t"))
        == "There is no incident INC-9.")
    try record.perform(
      DeclareIncident(systems: ["x"], severity: .s1, title: "Down", plan: IncidentPlan()), at: "03:00")
    try record.perform(
      SaveDraft(
        incident: "INC-1", template: nil, audience: "users", stage: .identified, subject: "s", text: text))
    let events = try record.perform(try send(), at: "03:12")
    #expect(events.first?.incident == "INC-1")
    #expect(try record.entity(Incident.self, "INC-1")?.promise == (try instant("03:30")))
  }

  @Test func factsSurviveTheJournal() throws {
    let saved = DraftSaved(
      draft: "D-1", template: nil, audience: "users", stage: .resolved,
      fields: ["nextSteps": "a", "A_B": "b"],
      subject: "s", text: "t\nu")
    #expect(FactCoding.decode(DraftSaved.self, from: try FactCoding.encode(saved)) == saved)
    let approved = DraftApproved(draft: "D-1", textDigest: "ab")
    #expect(String(decoding: try FactCoding.encode(approved), as: UTF8.self).contains("text_digest"))
  }
}
