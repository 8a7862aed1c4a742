import Comms
import Desk
import Incidents
import Systems
import Terminal
import Testing
import Values

@testable import Console

/// Working tickets by keys: what is done at once, what asks, and what stays when it is refused.
@Suite struct DeskWorkTests {
  private func ticket(_ key: String, _ player: Player) throws -> Ticket {
    try #require(player.journal.entity(Ticket.self, key))
  }

  @Test func meComesFirstAndZGivesItBack() throws {
    var player = try DeskFixture.player()
    player.press("a", "Enter")
    #expect(try ticket("T-4", player).assignee == "ops1")
    #expect(player.text.contains("T-4 is yours · z undo"))
    player.press("z")
    #expect(try ticket("T-4", player).assignee == nil)
  }

  @Test func aPublicReplyGoesOutByMail() throws {
    var journal = try DeskFixture.journal()
    try DeskFixture.open(
      &journal, "No packs", "They are gone.", from: "Eve <eve@example.com>", .s1, ago: .minutes(25))
    var player = try DeskFixture.player(journal: journal)
    let yaml =
      "title: T\ndeliveries:\n  post: {smtp: \"127.0.0.1:2525\", from: d@example.com, to: [a@example.com]}\n"
    let folder = SystemFolder.load(
      Folder(name: DeskFixture.system, files: ["system.yaml": yaml]), environment: [:]
    ).folder
    player.console.world.deskGuides = [DeskGuide(folder)]
    player.press("g", "C")
    player.type("nothing in the log")
    player.press("Enter")
    player.press("c")
    player.type("We look.")
    player.press("Enter", "Enter")
    let queued = player.journal.events.filter { $0.kind == DeliveryQueued.kind }
    #expect(queued.map(\.ticket) == ["T-8"], "the internal one goes nowhere")
  }

  @Test func aPublicReplyIsLookedAtOnceMore() throws {
    var player = try DeskFixture.player()
    player.press("c")
    player.type("We are on it.")
    player.press("Enter")
    #expect(try ticket("T-4", player).comments == 1, "one Enter sends nothing")
    #expect(player.text.contains("exactly this goes to customer 5"))
    player.press("Esc")
    player.type(" Soon.")
    player.press("Enter", "Enter")
    let sent = try ticket("T-4", player)
    #expect((sent.comments, sent.state) == (2, .pendingUser))
    #expect(
      player.journal.events.last { $0.kind == TicketCommented.kind }?.fact(TicketCommented.self)?.text
        == "We are on it. Soon.")
    #expect(player.asked.last { $0.hasPrefix("forget") } == "forget ticket:T-4:public")
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 40)])
  func whatGoesOutIsSeenWhole(_ size: Size) throws {
    var player = try DeskFixture.player(size)
    let lines = (1...60).map { "line \($0) of the answer" }
    player.press("c")
    player.receive(.key(.paste(lines.joined(separator: "\n"))))
    player.press("Enter")
    #expect(player.text.contains("exactly this goes to customer 5"))
    #expect(player.text.contains("line 1 of the answer"))
    #expect(player.text.contains("of 60"))
    var seen: Set<String> = []
    for _ in 1...61 {
      for line in lines where player.text.contains(line) { seen.insert(line) }
      player.press("Down")
    }
    #expect(seen.count == 60, "all of it can be read before it goes")
    #expect(try ticket("T-4", player).comments == 1)
    player.press("Enter")
    #expect(try ticket("T-4", player).comments == 2)
  }

  @Test func aShortTextStandsAtTheTop() throws {
    var player = try DeskFixture.player(Size(width: 80, height: 24))
    player.press("R", "Enter")
    for line in ["Hello,", "we write to you again here."] { #expect(player.text.contains(line), "\(line)") }
  }

  @Test func anIncidentIsNotDeclaredFromWhatWasMerged() throws {
    var player = try DeskFixture.player()
    _ = try player.journal.perform(
      MergeTicket("T-6", into: "T-1", hand: DeskFixture.hand), by: "ops2", at: player.now)
    _ = player.console.openTicket("T-6")
    player.publish()
    player.press("i")
    #expect(player.console.shell.overlay == nil)
    #expect(player.text.contains("T-6 was merged into T-1; declare it from that one."))
  }

  @Test func resolvingIsProposedBeforeClosing() throws {
    var player = try DeskFixture.player()
    player.press("S", "Enter")
    #expect(try ticket("T-4", player).state == .resolved)
  }

  @Test func whatStaysInsideTakesOneEnter() throws {
    var player = try DeskFixture.player()
    player.press("C")
    player.type("looks like INC-9")
    player.press("Enter")
    let fact = player.journal.events.last?.fact(TicketCommented.self)
    #expect(fact?.isPublic == false)
    #expect(try ticket("T-4", player).state == .open)
    #expect(player.text.contains("# INTERNAL ops1 not seen by customer 5"))
  }

  @Test func whoWroteInBetweenIsReadFirst() throws {
    var player = try DeskFixture.player()
    player.press("c")
    player.type("Which browser?")
    var other = CommentTicket("T-4", text: "It works now", isPublic: true, hand: DeskFixture.hand)
    other.writer = .customer("customer 5")
    _ = try player.journal.perform(other, by: "ops2", at: player.now)
    player.press("Enter", "Enter")
    #expect(try ticket("T-4", player).comments == 2)
    #expect(player.text.contains("after you looked"))
    #expect(player.text.contains("Which browser?"), "the text stays")
    player.publish()
    #expect(player.text.contains("It works now"))
    player.type("?")
    player.press("Enter", "Enter")
    #expect(try ticket("T-4", player).comments == 3)
  }

  @Test func whatWasBegunComesBack() throws {
    var player = try DeskFixture.player()
    player.press("c")
    player.type("Dear")
    player.press("Esc")
    #expect(player.asked.contains("keep ticket:T-4:public"))
    var other = try DeskFixture.player()
    other.receive(.unsent(key: "ticket:T-4:public", text: "Dear"))
    other.press("c")
    other.type(" all")
    #expect(other.text.contains("Dear all"))
    #expect(other.text.contains("begun before"))
  }

  @Test func anotherRolesWorkAsksOnce() throws {
    var player = try DeskFixture.player(roles: [])
    player.press("C")
    player.type("x")
    player.press("Enter")
    #expect(try ticket("T-4", player).comments == 1)
    player.press("Enter")
    #expect(try ticket("T-4", player).comments == 2)
    #expect(player.journal.events.last?.fact(TicketCommented.self)?.outsideRoles == true)
  }

  @Test func anOverrideAsksWhyAndWhetherItIsMeant() throws {
    var player = try DeskFixture.player()
    player.press("S", "3", "Enter")
    #expect(player.text.contains("override T-4 to pending_user"))
    player.type("agreed by telephone")
    player.press("Enter")
    #expect(player.text.contains("is for admin"))
    player.press("Enter")
    #expect(try ticket("T-4", player).state == .pendingUser)
    let fact = player.journal.events.last?.fact(TicketChanged.self)
    #expect((fact?.override, fact?.reason, fact?.outsideRoles) == (true, "agreed by telephone", true))
  }

  @Test func severalGetAReceiptEach() throws {
    var player = try DeskFixture.player()
    player.press("Space", "Space", "a", "Enter")
    #expect(player.text.contains("assign to ops1: T-4, T-1 (2 tickets)"))
    player.press("Enter")
    #expect(player.text.contains("assign to ops1: 1 done, 1 refused"))
    #expect(player.text.contains("✓ T-4 is yours"))
    #expect(player.text.contains("✖ T-1: T-1 is like that already."))
    #expect(try ticket("T-4", player).assignee == "ops1")
  }

  @Test func whoOnlyReadsChangesNothing() throws {
    var player = try DeskFixture.player(readOnly: true)
    player.forget()
    player.press("a", "c", "C", "S", "L", "v", "o", "b", "t", "M")
    #expect(player.asked == [])
    #expect(player.console.shell.overlay == nil)
    player.press("w")
    #expect(player.text.contains("why: the clocks of T-4"))
  }

  @Test func aTicketDeclaresItsIncident() throws {
    var player = try DeskFixture.player()
    player.press("i")
    #expect(player.text.contains("Cannot buy packs at all"))
    player.press("Enter")
    #expect(try ticket("T-4", player).incidents == ["INC-1"])
    #expect(player.console.screen == .incident)
    #expect(player.journal.entity(Incident.self, "INC-1")?.declared?.from?.ticket == "T-4")
    player.press("l")
    #expect(player.console.screen == .tickets)
    #expect(player.text.contains("/ incident:INC-1"))
    player.press("l")
    #expect(player.console.screen == .incident)
  }

  @Test func resolvingAnswersThoseWhoWaited() throws {
    var player = try DeskFixture.player()
    player.press("i", "Enter", "6", "J", "L", "Enter", "Esc", "3")
    player.press("S", "4", "Enter")
    player.type("ne")
    player.press("^U")
    player.type("no")
    player.press("Enter")
    #expect(player.text.contains("reply to all 2"))
    player.press("Enter")
    #expect(player.text.contains("public reply on 2 tickets"))
    player.receive(.key(.ctrl("u")))
    guard case .comment(var panel) = player.console.shell.overlay else {
      Issue.record("no panel:\n\(player.text)")
      return
    }
    panel.text = TextArea("It works again.")
    player.console.shell.overlay = .comment(panel)
    player.press("Enter")
    #expect(player.text.contains("exactly this goes to customer 8841, customer 5"))
    player.press("Enter")
    #expect(player.text.contains("reply to the customers of 2 done"))
    for key in ["T-4", "T-1"] { #expect(try ticket(key, player).state == .pendingUser, "\(key)") }
  }

  @Test func aRequestIsTakenIn() throws {
    var player = try DeskFixture.player()
    player.press("o")
    player.type("Card is refused")
    player.press("Down")
    player.type("customer 6")
    player.press("Down")
    player.type("Since this morning")
    player.press("Enter")
    let new = try ticket("T-8", player)
    #expect((new.subject, new.requester, new.system) == ("Card is refused", "customer 6", "ensei-packs"))
    #expect(new.next?.due == player.now + .hours(4))
    #expect(player.text.contains("Since this morning"))
    #expect(player.console.tickets.isWhole)
  }
}
