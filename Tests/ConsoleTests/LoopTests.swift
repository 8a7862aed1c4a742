import Comms
import Incidents
import Playbooks
import Terminal
import Testing
import Values
import Watch

@testable import Console

/// From a firing page to a resolved incident with the keys of a responder.
@Suite struct LoopTests {
  @Test func theWholeLoop() throws {
    var player = try Player()
    player.press("a")
    #expect(player.asked == ["AcknowledgeAlert"])
    #expect(player.text.contains("acknowledged PackErrorRatePage · z undo"))

    player.wait(.seconds(30))
    player.forget()
    player.press("i")
    #expect(player.text.contains("Purchases fail for many"))
    player.press("Enter")
    #expect(player.asked == ["DeclareIncident"])
    #expect(player.console.screen == .incident)
    let declared = try #require(player.journal.entity(Incident.self, "INC-1"))
    #expect(declared.severity == .s1)
    #expect(declared.started == Fixture.ago(.seconds(252)))
    #expect(declared.commander == "ops1")

    player.wait(.seconds(30))
    player.forget()
    player.press("p", "Space")
    #expect(player.asked == ["StartRun", "TickStep"])
    player.press("Space")
    player.press("S")
    player.type("the health page is fine")
    player.press("Enter")
    #expect(player.asked == ["StartRun", "TickStep", "TickStep", "SkipStep"])
    let run = try #require(player.journal.entity(Run.self, "R-1"))
    #expect(run.incident == "INC-1")
    #expect(run.marks["2.1"]?.state == .done)
    #expect(run.marks["2.2"]?.state == .done)
    #expect(run.marks["2.3"]?.reason == "the health page is fine")

    player.wait(.seconds(30))
    player.forget()
    player.press("n")
    player.type("all failing clients are 4.2.0")
    player.press("Enter")
    #expect(player.asked == ["AddNote"])

    player.forget()
    player.press("u")
    #expect(player.console.screen == .comms)
    #expect(player.console.comms.sheet?.audience == "users")
    player.press("Tab")
    player.type("not yet known")
    player.press("Enter")
    #expect(player.asked == ["keep new:INC-1:users", "SaveDraft", "forget new:INC-1:users"])
    #expect(player.text.contains("Next update: 03:30 UTC"))
    player.forget()
    player.press("Enter")
    #expect(player.text.contains("counts down on every screen"))
    player.press("Enter")
    #expect(player.asked == ["MarkSent", "forget D-1"])
    let update = try #require(player.journal.entity(Incident.self, "INC-1")?.updates.first)
    #expect(update.next == Instant(rfc3339: "2026-11-21T03:30:00Z"))
    for screen in ["1", "2", "3", "4", "5", "7"] {
      player.press(screen)
      #expect(player.text.contains("promised 03:30Z"), "the promise counts down on screen \(screen)")
    }

    player.forget()
    player.press("3", "S", "4", "Enter")
    #expect(player.text.contains("was data lost?"))
    player.press("Enter")
    #expect(player.asked == ["CarryTickets<ChangeStatus>"])
    #expect(player.journal.entity(Incident.self, "INC-1")?.status == .resolved)
    #expect(player.journal.entity(Incident.self, "INC-1")?.dataLost == "no")

    player.forget()
    player.press("7", "E", "Enter")
    #expect(player.asked == ["export INC-1 md"])
    #expect(player.text.contains("INC-1 is in /tmp/INC-1.md"))
    player.forget()
    player.press("q")
    #expect(player.asked == ["quit"])
  }

  @Test func aRowSaysThatItIsBeingSaved() throws {
    var player = try Player()
    player.isJournalSlow = true
    player.press("a")
    #expect(player.text.contains("saving…"))
    player.press("a")
    #expect(player.asked == ["AcknowledgeAlert"], "a second press waits for the first")
    player.flush()
    #expect(!player.text.contains("saving…"))
    #expect(player.text.contains("ops1"))
  }

  @Test func textStaysWhenItCannotBeSaved() throws {
    var player = try Player()
    player.isJournalSlow = true
    player.press("n")
    player.type("the disk is full")
    player.press("Enter")
    #expect(player.text.contains("saving…"))
    player.fail("The journal cannot be written: no space is left on the device.")
    #expect(player.text.contains("the disk is full"))
    #expect(player.text.contains("no space is left"))
    player.isJournalSlow = false
    player.press("Enter")
    #expect(player.journal.events.last?.fact(NoteAdded.self)?.text == "the disk is full")
  }

  @Test func undoTakesBackByACounterEvent() throws {
    var player = try Player()
    player.press("a", "z")
    #expect(player.asked == ["AcknowledgeAlert", "UnacknowledgeAlert"])
    #expect(player.journal.entity(Alert.self, Fixture.page.key)?.acknowledgement == nil)
    player.press("n")
    player.type("wrong window")
    player.press("Enter", "z")
    #expect(player.asked.suffix(2) == ["AddNote", "RetractEvent"])
    player.press("z")
    #expect(player.text.contains("There is nothing of yours to undo."))
  }

  @Test func declaringOffersTheOpenIncidentFirst() throws {
    var player = try Player()
    player.press("i", "Enter", "1", "i")
    #expect(player.text.contains("INC-1 is open on ensei-packs"))
    player.press("Enter")
    #expect(player.console.screen == .incident)
    #expect(player.asked.filter { $0 == "DeclareIncident" }.count == 1)
    player.press("1", "i", "2", "Enter")
    #expect(player.text.contains("declare an incident on ensei-packs"))
  }

  @Test(arguments: [(Level.page, "S1"), (.warn, "S2"), (.info, "S3")])
  func theLevelPreselectsTheSeverity(_ level: Level, _ severity: String) throws {
    var system = Fixture.ensei
    system.alerts[0].level = level
    var player = try Player(snapshots: [system], journal: TestJournal())
    player.press("i")
    guard case .form(let form) = player.console.shell.overlay else {
      Issue.record("no form is open")
      return
    }
    #expect(form["severity"] == severity)
  }

  @Test func aBackdatedNoteShowsItsTimeBeforeItIsSaved() throws {
    var player = try Player()
    player.press("n")
    player.type("14:03Z the deploy began")
    #expect(player.text.contains("2026-11-20 14:03:00Z"))
    player.press("Enter")
    let event = try #require(player.journal.events.last)
    #expect(event.occurred == Instant(rfc3339: "2026-11-20T14:03:00Z"))
    #expect(event.fact(NoteAdded.self)?.text == "the deploy began")
  }

  @Test func copyingACommandAsksOnceForItsValues() throws {
    var player = try Player()
    player.press("p", "j", "y")
    #expect(player.copied == ["firebase functions:log --only api --project ensei-6c8e0"])
    player.press("y")
    #expect(player.text.contains("Whose requests?"))
    player.type("u 17")
    player.press("Enter")
    #expect(player.copied.last == "firebase functions:log --only api | grep \"userId:u 17\"")
    player.press("j", "y")
    #expect(player.copied.last == "curl http://127.0.0.1:18081/api/health/packs")
    #expect(!player.asked.contains("StartRun"), "looking and copying begin no run")
  }

  @Test func thePlaybookOpensAtTheSectionThatTheAlertNames() throws {
    var player = try Player()
    player.press("p")
    #expect(player.console.playbook.steps.selected == "2.1")
    player.press("Esc", "Esc")
    #expect(player.console.screen == .dashboard)
  }

  @Test func aRunThatSomebodyElseBeganIsTakenUp() throws {
    var player = try Player()
    player.press("i", "Enter", "p")
    #expect(player.text.contains("not begun"))
    let document = try #require(player.console.playbook.document)
    let act = StartRun(document, system: "ensei-packs", sha256: "aa11", incident: "INC-1")
    _ = try player.journal.perform(act, by: "ops2", at: player.now)
    _ = try player.journal.perform(TickStep(run: "R-1", step: "2.1"), by: "ops2", at: player.now)
    player.publish()
    #expect(player.text.contains("R-1 of INC-1"))
    player.forget()
    player.press("Space")
    #expect(player.text.contains("2.1 was settled by ops2"))
    player.press("j", "Space")
    #expect(player.asked == ["TickStep"])
  }

  @Test func silencingNamesItsTargetAndAsksForAReason() throws {
    var player = try Player()
    player.press("s")
    #expect(player.text.contains("silence PackErrorRatePage of ensei-packs"))
    player.press("Enter")
    #expect(player.text.contains("A silence needs a comment: why?"))
    player.press("Tab")
    player.type("known, deploy under way")
    player.press("Enter")
    let silence = try #require(player.journal.entity(Silence.self, "SIL-1")?.fact)
    #expect(silence.matchers == ["alertname=\"PackErrorRatePage\""])
    #expect(silence.end == Fixture.now + .hours(1))
  }

  @Test func aTaskTakesOwnerAndBoxFromItsEnd() throws {
    #expect(Console.task("look at it @ops2 10m").title == "look at it")
    #expect(Console.task("look at it 10m @ops2").owner == "ops2")
    #expect(Console.task("10m").title == "10m")
    var player = try Player()
    player.press("i", "Enter", "t")
    player.type("ask the vendor @ops2 10m")
    player.press("Enter")
    let task = try #require(player.journal.entity(Incident.self, "INC-1")?.tasks.first)
    #expect(task.owner == "ops2")
    #expect(task.due == Fixture.now + .minutes(10))
    player.press("Tab", "Space")
    #expect(player.journal.entity(Incident.self, "INC-1")?.tasks.first?.done == Fixture.now)
  }

  @Test func rolesSeverityAndPins() throws {
    var player = try Player()
    player.press("i", "Enter", "o", "2", "Enter", "^U")
    player.type("ops2")
    player.press("Enter")
    #expect(player.journal.entity(Incident.self, "INC-1")?.roles["communications"] == "ops2")
    player.press("v", "2", "Enter")
    #expect(player.journal.entity(Incident.self, "INC-1")?.severity == .s2)
    player.press("g", "*")
    #expect(player.text.contains("★ alert"))
  }

  @Test func quittingAsksOnlyWithSomethingUnsentInHand() throws {
    var player = try Player()
    player.press("i", "Enter", "u", "Enter", "q")
    #expect(!player.asked.contains("quit"))
    #expect(player.text.contains("is not sent"))
    player.press("Esc")
    #expect(!player.asked.contains("quit"))
    player.press("q", "Enter")
    #expect(player.asked.last == "quit")
  }

  @Test func quittingWaitsForWhatIsBeingSaved() throws {
    var player = try Player()
    player.isJournalSlow = true
    player.press("n")
    player.type("the last words")
    player.press("Enter", "q")
    #expect(!player.asked.contains("quit"), "a letter of the note, or the note would be lost")
    player.press("Esc", "q")
    player.forget()
    player.press("q")
    #expect(player.text.contains("leaves as soon as it is"))
    #expect(player.asked == [])
    player.isJournalSlow = false
    player.flush()
    #expect(player.asked == ["quit"])
  }

  @Test func unsentTextComesBack() throws {
    var player = try Player()
    player.press("i", "Enter")
    player.receive(.unsent(key: "new:INC-1:users", text: "Subject: Packs\n\nhalf a sentence"))
    player.press("u")
    #expect(player.text.contains("half a sentence"))
    #expect(player.text.contains("not saved"))
  }

  @Test func anUnfilledFieldIsNeverSent() throws {
    var player = try Player()
    player.press("i", "Enter", "u", "Enter")
    #expect(player.text.contains("{{eta}}"))
    player.press("Enter")
    #expect(player.text.contains("{{eta}} is unfilled; f fills it."))
    #expect(!player.asked.contains("MarkSent"))
  }

  @Test func writingHereKeepsWhatIsTypedAndSavesOnLeaving() throws {
    var player = try Player()
    player.press("i", "Enter", "u", "Tab")
    player.type("soon")
    player.press("Enter", "w")
    player.forget()
    player.type("Q?")
    #expect(player.asked == ["keep D-1", "keep D-1"])
    player.press("Esc")
    #expect(player.asked.contains("SaveDraft"))
    #expect(player.journal.entity(Draft.self, "D-1")?.text.hasPrefix("Q?") == true)
    #expect(player.journal.entity(Draft.self, "D-1")?.revision == 2)
  }

  @Test func theEditorsTextIsSaved() throws {
    var player = try Player()
    player.press("i", "Enter", "u", "Enter", "e")
    #expect(player.asked.last == "edit")
    let number = try #require(player.console.comms.editors.keys.first)
    player.receive(.edited(number, "Subject: Packs\n\nAll is well.\nImpact: none\n"))
    #expect(player.journal.entity(Draft.self, "D-1")?.subject == "Packs")
    #expect(player.journal.entity(Draft.self, "D-1")?.text == "All is well.\nImpact: none")
  }
}
