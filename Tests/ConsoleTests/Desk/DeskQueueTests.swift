import Desk
import Incidents
import Terminal
import Testing
import Values

@testable import Console

/// Which tickets are listed, and that what is selected stays so.
@Suite struct DeskQueueTests {
  private func keys(_ player: Player) -> [String] { player.console.tickets.rows(player.console.world) }

  @Test func whatBreachesFirstComesFirst() throws {
    let player = try DeskFixture.player()
    #expect(keys(player) == ["T-4", "T-1", "T-2", "T-6", "T-3", "T-5"])
  }

  @Test func aFilterSaysWhatItWants() throws {
    var player = try DeskFixture.player()
    let table: [(String, [String])] = [
      ("tenant:acme", ["T-1", "T-6", "T-3"]), ("sev:<=2 !tenant:acme", ["T-4", "T-2"]),
      ("state:closed", ["T-7"]), ("assignee:me", ["T-1"]), ("requestid", ["T-1"]), ("is:overdue", ["T-4"]),
      ("nonsense:1", []),
    ]
    for (text, wanted) in table {
      player.press("/", "^U")
      player.type(text)
      player.press("Enter")
      #expect(keys(player) == wanted, "\(text)")
    }
    player.press("Esc")
    #expect(keys(player).count == 6)
  }

  @Test func aSavedFilterIsOffered() throws {
    var player = try DeskFixture.player()
    player.press("/")
    player.type("tenant:acme sev:1")
    player.press("Enter", "F")
    player.type("acme-bad")
    player.press("Enter")
    #expect(
      player.journal.entity(SavedFilters.self, SavedFilters.key)?.filters == ["acme-bad": "tenant:acme sev:1"]
    )
    player.press("f")
    #expect(player.text.contains("acme-bad"))
    player.press("g", "Enter")
    #expect(keys(player).count == 6)
  }

  @Test func theSelectedOneStaysSelected() throws {
    var player = try DeskFixture.player()
    player.press("j", "j")
    #expect(player.console.tickets.list.selected == "T-2")
    // Something worse comes in, and another one goes.
    try DeskFixture.open(&player.journal, "All is down", "x", from: "customer 7", .s1, ago: .minutes(30))
    _ = try player.journal.perform(
      MoveTicket("T-1", to: .closed, hand: DeskFixture.hand), by: "ops2", at: player.now)
    player.publish()
    #expect(keys(player) == ["T-8", "T-4", "T-2", "T-6", "T-3", "T-5"])
    #expect(player.console.tickets.list.selected == "T-2")
  }

  @Test func aLongQueueIsReadAPageAtATime() throws {
    var journal = TestJournal()
    for number in 1...150 {
      try DeskFixture.open(&journal, "No \(number)", "x", from: "c", .s4, ago: .minutes(Int64(200 - number)))
    }
    var player = try DeskFixture.player(journal: journal)
    #expect(keys(player).count == DeskQuestion.page)
    #expect(player.text.contains("1 of 150"))
    player.press("G")
    #expect(player.console.tickets.list.selected == "T-150")
    #expect(player.text.contains("150 of 150"))
    player.press("g")
    #expect(player.console.tickets.list.selected == "T-1")
    for _ in 1..<110 { player.press("j") }
    #expect(player.console.tickets.list.selected == "T-110")
    #expect(player.console.tickets.offset > 0, "the next rows are there before they are needed")
    #expect(player.text.contains("110 of 150"))
  }

  @Test func whatIsNoFilterListsNothing() throws {
    var player = try DeskFixture.player()
    player.press("/")
    player.type("tenant:acme ")
    #expect(keys(player) == ["T-1", "T-6", "T-3"])
    player.type("assigne:")
    #expect(keys(player) == ["T-1", "T-6", "T-3"], "while it is being typed")
    player.type("me")
    player.press("Enter")
    #expect(keys(player) == [])
    #expect(player.text.contains("Nothing is listed by that filter"))
    player.press("a")
    #expect(player.console.shell.overlay == nil, "there is nothing to assign")
  }

  @Test func marksOutliveTheirRows() throws {
    var journal = TestJournal()
    for number in 1...150 {
      try DeskFixture.open(
        &journal, "No \(number)", "x", from: "c\(number)", .s4, ago: .minutes(Int64(200 - number)))
    }
    var player = try DeskFixture.player(journal: journal)
    player.press("Space", "Space", "G", "Space")
    #expect(player.text.contains("3 marked"))
    #expect(player.console.tickets.targets(player.console.world) == ["T-150", "T-1", "T-2"])
    player.press("c")
    player.type("We look.")
    player.press("Enter")
    for reader in ["c150", "c1", "c2"] { #expect(player.text.contains(reader), "\(reader) reads it, too") }
    player.press("Enter")
    for key in ["T-1", "T-2", "T-150"] {
      #expect(player.journal.entity(Ticket.self, key)?.comments == 2, "\(key)")
    }
    #expect(player.journal.entity(Ticket.self, "T-3")?.comments == 1)
  }

  @Test func whatIsMarkedIsMeantAndNotWhatIsSelected() throws {
    var player = try DeskFixture.player()
    var tags = ChangeTicket("T-4", hand: DeskFixture.hand)
    tags.tags = ["first"]
    _ = try player.journal.perform(tags, by: "ops2", at: player.now)
    player.publish()
    player.press("Space")
    #expect(player.console.tickets.list.selected == "T-1")
    player.press("t")
    #expect(player.text.contains("tags of T-4") && player.text.contains("first"))
  }

  @Test func whatWillBeLateIsToldWhateverIsLateAlready() throws {
    var journal = try Fixture.journal()
    for number in 1...65 {
      try DeskFixture.open(&journal, "Old \(number)", "x", from: "c", .s3, ago: .hours(Int64(20 + number)))
    }
    try DeskFixture.open(&journal, "All is down", "x", from: "c", .s1, ago: .minutes(12))
    var player = try DeskFixture.player(journal: journal)
    #expect(player.text.contains("65 tickets late"))
    player.forget()
    player.wait(.minutes(5))
    player.receive(.tick)
    #expect(player.asked.contains { $0.hasPrefix("notify") && $0.contains("T-66 S1 respond is overdue") })
  }

  @Test func aLongConversationSaysWhatItLeavesOut() throws {
    var player = try DeskFixture.player()
    for number in 1...520 {
      let text = number == 3 ? String(repeating: "long ", count: 180_000) : "comment \(number)"
      let act = CommentTicket("T-4", text: text, isPublic: false, hand: DeskFixture.hand)
      _ = try player.journal.perform(act, by: "ops2", at: player.now)
    }
    let act = CommentTicket(
      "T-4", text: String(repeating: "word ", count: 180_000), isPublic: false, hand: DeskFixture.hand)
    _ = try player.journal.perform(act, by: "ops2", at: player.now)
    player.publish()
    player.press("Enter", "G")
    #expect(player.text.contains("KiB more; midwatch ticket show T-4 has all of it"))
    player.press("g")
    #expect(player.text.contains("Error 500 on every try"), "the request itself")
    #expect(player.text.contains("what was written between is not shown"))
    let kept = player.console.tickets.wrapped
    player.press("j", "j")
    #expect(player.console.tickets.wrapped?.key == kept?.key, "a key wraps nothing anew")
  }

  @Test func nextAndPreviousWithoutGoingBack() throws {
    var player = try DeskFixture.player()
    player.press("Enter", "J", "J", "K")
    #expect(player.console.tickets.key == "T-1")
    #expect(player.console.tickets.isWhole)
    player.press("Esc")
    #expect(player.console.tickets.list.selected == "T-1")
  }

  @Test func clocksAreToldOnceAndBadOnesLoudly() throws {
    var player = try DeskFixture.player()
    func told(_ words: String) -> Int {
      player.asked.count { $0.hasPrefix("notify midwatch") && $0.contains(words) }
    }
    player.press("1")
    player.forget()
    player.wait(.minutes(2))
    player.receive(.tick)
    player.receive(.tick)
    #expect(told("T-1 S1 respond is overdue") == 1)
    #expect(player.asked.contains("bell"))
    #expect(player.text.contains("2 tickets late"))
    player.forget()
    // T-2's hour: a quarter of it is left.
    player.wait(.minutes(5))
    player.receive(.tick)
    #expect(told("T-2 S2 respond is due at 03:34Z") == 1)
    player.forget()
    player.wait(.hours(3))
    player.receive(.tick)
    #expect(told("T-6") == 0, "S3 is counted, and disturbs nobody")
  }

  @Test func hostileTextIsInert() throws {
    var journal = TestJournal()
    try DeskFixture.open(
      &journal, "\u{1B}]0;owned\u{07} \u{202E}evil\u{2066}",
      "line\r\u{1B}[2J\u{1B}[31mred \u{200B}\u{9B}1m\u{0}",
      from: "\u{1B}[1mboss\u{202D}", .s1, tenant: "\u{1B}c", ago: .minutes(1))
    for size in [Size(width: 80, height: 24), Size(width: 40, height: 10), Size(width: 200, height: 60)] {
      var player = try DeskFixture.player(size, journal: journal)
      for keys in [[], ["Enter"], ["c"], ["Enter"], ["Esc", "Esc", "w"], ["Esc", "i"], ["Esc", "M"]] {
        for key in keys { player.press(key) }
        for scalar in player.text.unicodeScalars where scalar != "\n" {
          let category = scalar.properties.generalCategory
          #expect(
            category != .control && category != .format, "U+\(String(scalar.value, radix: 16)) at \(size)")
        }
      }
    }
  }
}
