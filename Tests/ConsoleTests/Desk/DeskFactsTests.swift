import Desk
import Incidents
import Terminal
import Testing
import Values

@testable import Console

/// What stands about a ticket, and what several tickets have to do with each other, by keys.
@Suite struct DeskFactsTests {
  private func ticket(_ key: String, _ player: Player) throws -> Ticket {
    try #require(player.journal.entity(Ticket.self, key))
  }

  @Test func subjectPriorityAndTenantAreSaidAnew() throws {
    var player = try DeskFixture.player()
    player.press("e", "^U")
    player.type("Nobody can buy packs")
    player.press("Tab", "4", "Tab", "^U")
    player.type("hooli")
    player.press("Enter")
    let changed = try ticket("T-4", player)
    #expect(changed.subject == "Nobody can buy packs")
    #expect(changed.priority == .urgent)
    #expect(changed.tenant == "hooli")
    let fact = player.journal.events.last { $0.kind == TicketChanged.kind }?.fact(TicketChanged.self)
    #expect(fact?.tags == nil && fact?.severity == nil, "only what was changed is said")
    player.press("e", "Enter")
    #expect(player.text.contains("T-4 is like that already."))
  }

  @Test func pastedLinesOfARequestStayLines() throws {
    var player = try DeskFixture.player()
    player.press("o")
    player.type("Cannot pay")
    player.press("Tab")
    player.type("customer 12")
    player.press("Tab")
    player.receive(.key(.paste("It says:\n  error 402\n\nRegards\n")))
    #expect(player.text.contains("It says:↵"), "\(player.text)")
    player.press("Enter")
    let opened = player.journal.events.last { $0.kind == TicketOpened.kind }?.fact(TicketOpened.self)
    #expect(opened?.text == "It says:\n  error 402\n\nRegards")
    #expect(opened?.subject == "Cannot pay")
  }

  @Test func filesAreNamedByPath() throws {
    var player = try DeskFixture.player()
    player.press("@")
    player.type("trace.har")
    player.press("Enter")
    #expect(player.text.contains("trace.har does not begin with /"))
    player.press("^U")
    player.type("/srv/desk/trace.har /srv/desk/shot.png")
    player.press("Enter")
    let fact = player.journal.events.last?.fact(TicketCommented.self)
    #expect(fact?.attachments == ["/srv/desk/trace.har", "/srv/desk/shot.png"])
    #expect(fact?.isPublic == false)
    #expect(player.text.contains("/srv/desk/shot.png"))
  }

  private struct Sync: Act {
    let conflicts: [String: String]

    func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
      let fact = TicketSynced(source: "house", external: "88", remoteDigest: "", conflicts: conflicts)
      return Decision(append: [Entry(fact, at: now, ticket: "T-4")])
    }
  }

  @Test(arguments: [(0, "ours", Severity.s1), (1, "theirs", .s2)])
  func whatTwoHousesSayIsDecided(_ place: Int, _ side: String, _ severity: Severity) throws {
    var player = try DeskFixture.player()
    player.press("d")
    #expect(player.text.contains("Nothing of T-4 was changed in both houses."))
    _ = try player.journal.perform(Sync(conflicts: ["severity": "S2"]), by: "ops2", at: player.now)
    player.publish()
    player.press("d")
    #expect(player.text.contains("severity: S1") && player.text.contains("as it is here; it goes to house"))
    #expect(player.text.contains("severity: S2") && player.text.contains("as house has it"))
    player.press(place == 0 ? "g" : "G", "Enter")
    #expect(try ticket("T-4", player).conflicts.isEmpty)
    #expect(try ticket("T-4", player).severity == severity)
    let decided = player.journal.events.last { $0.kind == TicketSynced.kind }?.fact(TicketSynced.self)?
      .decided
    #expect(decided == ["severity": side])
  }

  @Test func tagsAreSaidAndTakenOff() throws {
    var player = try DeskFixture.player()
    player.press("t")
    player.type("billing, refund")
    player.press("Enter")
    #expect(try ticket("T-4", player).tags == ["billing", "refund"])
    player.press("t", "^U", "Enter")
    #expect(try ticket("T-4", player).tags == [])
  }

  @Test func clocksStandStillForAThirdPartyAndGoOn() throws {
    var player = try DeskFixture.player()
    player.press("P", "Enter")
    #expect(player.text.contains("It needs a word"))
    player.type("the bank")
    player.press("Enter")
    #expect(try ticket("T-4", player).holds.contains(PauseTicket.thirdParty))
    player.press("P")
    #expect(try !ticket("T-4", player).holds.contains(PauseTicket.thirdParty))
  }

  @Test func aMergeAsksSaysWhoseAndIsTakenBack() throws {
    var player = try DeskFixture.player()
    player.press("J", "M", "^U")
    player.type("6")
    player.press("Enter")
    #expect(player.text.contains("T-1 Charged twice for one pack is closed"))
    #expect(try ticket("T-1", player).mergedInto == nil, "it asks")
    player.press("Enter")
    #expect(try ticket("T-1", player).mergedInto == "T-6")
    player.press("/")
    player.type("state:closed id:T-1")
    player.press("Enter", "Esc")
    _ = player.console.openTicket("T-1")
    player.publish()
    player.press(":")
    player.type("take a merge back")
    player.press("Enter")
    player.type("two payments after all")
    player.press("Enter")
    #expect(try ticket("T-1", player).mergedInto == nil)
    #expect(try ticket("T-1", player).isOpen)
  }

  @Test func anothersCustomerIsNamedBeforeAMerge() throws {
    var player = try DeskFixture.player()
    player.press("M", "^U")
    player.type("t-1")
    player.press("Enter")
    #expect(player.text.contains("T-4 is customer 5's and T-1 is customer 8841's"))
    player.press("Esc")
    #expect(try ticket("T-4", player).mergedInto == nil)
  }

  @Test func aPartIsSplitOff() throws {
    var player = try DeskFixture.player()
    player.press(":")
    player.type("split part")
    player.press("Enter")
    player.type("Refund for May")
    player.press("Tab")
    player.type("And I want my money back.")
    player.press("Enter")
    let new = try ticket("T-8", player)
    #expect((new.subject, new.requester, new.splitFrom) == ("Refund for May", "customer 5", "T-4"))
    #expect(try ticket("T-4", player).parts == ["T-8"])
    #expect(player.console.tickets.key == "T-8")
  }

  @Test func aTemplateBeginsTheReply() throws {
    var player = try DeskFixture.player()
    player.press("R")
    #expect(player.text.contains("reply with which template?"))
    player.press("Enter")
    guard case .comment(let panel) = player.console.shell.overlay else {
      Issue.record("no panel:\n\(player.text)")
      return
    }
    #expect(panel.isPublic)
    #expect(panel.text.text.contains("a problem on our side.\n\nWe know of it"), "\(panel.text.text)")
    #expect(try ticket("T-4", player).comments == 1, "nothing went out")
  }
}
