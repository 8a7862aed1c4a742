import Incidents
import Retro
import Terminal
import Testing
import Values

@testable import Console

/// Notes, decisions, descriptions and tasks: written, said anew, taken back.
@Suite struct EntryTests {
  private func declared() throws -> Player {
    var player = try Player()
    player.press("i", "Enter")
    player.wait(.seconds(10))
    return player
  }

  private func incident(_ player: Player) throws -> Incident {
    try #require(player.journal.entity(Incident.self, "INC-1"))
  }

  @Test func aSpanIsShownBeforeItIsSaved() throws {
    var player = try declared()
    player.press("n")
    player.type("-12m..-3m the cache was cold")
    #expect(player.text.contains("2026-11-21 03:00:55Z to 03:09:55Z"))
    player.press("Enter")
    let note = try #require(player.journal.events.last { $0.kind == NoteAdded.kind })
    #expect(note.occurred == player.now - .minutes(12))
    #expect(note.ended == player.now - .minutes(3))
    #expect(note.fact(NoteAdded.self)?.text == "the cache was cold")
  }

  @Test func aNoteIsSaidAnewWithAReason() throws {
    var player = try declared()
    player.press("n")
    player.type("wrong words")
    player.press("Enter")
    player.press("c")
    #expect(player.text.contains("say this note anew"))
    player.press("^U")
    player.type("right words")
    player.press("Enter")
    #expect(player.text.contains("Say why it is amended."))
    player.press("Tab")
    player.type("typed in haste")
    player.press("Enter")
    #expect(player.text.contains("right words  (amended)"))
    #expect(!player.text.contains("wrong words"))
  }

  @Test func aNoteIsTakenBackAndStaysStruckOut() throws {
    var player = try declared()
    player.press("n")
    player.type("a rumour")
    player.press("Enter")
    player.press("R")
    player.press("Enter")
    #expect(player.text.contains("Say why it is taken back."))
    player.type("not true")
    player.press("Enter")
    #expect(player.text.contains("taken back: a rumour"))
    // The cursor is where it was, though a line that tells of it came after.
    player.press("c")
    #expect(player.text.contains("It was taken back already."))
  }

  @Test func aPinLeavesTheCursorWhereItIs() throws {
    var player = try declared()
    player.press("*")
    let row = player.console.incident.lines.selected
    player.press("n")
    player.type("later")
    player.press("Enter")
    #expect(player.console.incident.lines.selected == row)
    player.press("G", "n")
    player.type("last")
    player.press("Enter")
    #expect(player.text.contains("▌03:12:55Z  ✎ note       last"))
  }

  @Test func whatChangedAStateIsNotSaidAnew() throws {
    var player = try declared()
    player.press("g", "c")
    #expect(player.text.contains("Only a note, a decision or evidence is said anew"))
    #expect(player.console.shell.overlay == nil)
  }

  @Test func kindsOfLinesAreListedInTurn() throws {
    var player = try declared()
    player.press("n")
    player.type("seen by a person")
    player.press("Enter")
    #expect(player.text.contains("newest last"))
    player.press("f")
    #expect(player.text.contains("what people did"))
    #expect(player.text.contains("seen by a person"))
    #expect(!player.text.contains("PackErrorRatePage firing"))
    player.press("f")
    #expect(player.text.contains("what the watch saw"))
    #expect(!player.text.contains("seen by a person"))
    #expect(player.text.contains("PackErrorRatePage firing"))
    player.press("f")
    #expect(player.text.contains("None of updates; f lists the next."))
    player.press("f", "f")
    #expect(player.text.contains("newest last"))
    #expect(player.text.contains("seen by a person"))
  }

  @Test func aPinSurvivesEveryFilter() throws {
    var player = try declared()
    player.press("n")
    player.type("the one thing to remember")
    player.press("Enter", "*", "f", "f")
    #expect(player.text.contains("the one thing to remember"))
  }

  @Test func aDecisionNamesWhoDoesIt() throws {
    var player = try declared()
    player.press("d")
    player.type("roll back")
    player.press("Tab")
    player.type("none")
    player.press("Tab")
    player.type("ops2")
    player.press("Enter")
    let decision = try #require(try incident(player).decisions.first)
    #expect(decision.text == "roll back")
    #expect(decision.objections == "none")
    #expect(decision.executes == "ops2")
    #expect(player.text.contains("◇ decided"))
  }

  @Test func whatIsSaidAnewIsOnlyWhatWasChanged() throws {
    var player = try declared()
    player.press("e", "Tab")
    player.type("nobody can buy")
    player.press("Tab")
    player.type("health, catalogue")
    player.press("Enter")
    let fact = try #require(player.journal.events.compactMap { $0.fact(IncidentDescribed.self) }.last)
    #expect(fact.title == nil && fact.started == nil)
    #expect(fact.impact == "nobody can buy")
    #expect(fact.affected == ["ensei-packs/health", "ensei-packs/catalogue"])
    #expect(player.text.contains("affects  health, catalogue"))
  }

  @Test func anEarlierStartMovesTheClocks() throws {
    var player = try declared()
    let before = try #require(try incident(player).clock("resolve")).due
    player.press("e", "Tab", "Tab", "Tab", "^U")
    player.type("-15m")
    player.press("Enter")
    let now = try incident(player)
    #expect(now.started == player.now - .minutes(15))
    #expect(try #require(now.clock("resolve")).due < before)
  }

  /// As people say it at night.
  @Test(
    arguments: [
      ("call the vendor @ops3 3min", "call the vendor", "ops3", .minutes(3)),
      ("call the vendor @ops3 3 min", "call the vendor", "ops3", .minutes(3)),
      ("call the vendor 3m @ops3", "call the vendor", "ops3", .minutes(3)),
      ("call the vendor @OPS3, 2 hours", "call the vendor", "ops3", .hours(2)),
      ("call the vendor 10m", "call the vendor", nil, .minutes(10)),
      ("look at page 3", "look at page 3", nil, nil),
      ("mail ops@example.test", "mail ops@example.test", nil, nil),
      ("10m", "10m", nil, nil),
    ] as [(String, String, String?, Span?)])
  func aTaskIsReadFromItsEnd(_ text: String, _ title: String, _ owner: String?, _ box: Span?) {
    let task = Console.task(text)
    #expect(task.title == title && task.owner == owner && task.box == box, "\(task)")
  }

  @Test func aTaskIsTickedGivenDroppedAndPutBack() throws {
    var player = try declared()
    for title in ["one @ops2 10m", "two", "three"] {
      player.press("t")
      player.type(title)
      player.press("Enter")
    }
    player.press("Tab", "Space")
    #expect(try incident(player).tasks[0].done != nil)
    player.press("g", "Enter", "2", "Enter")
    player.type("@ops3 5m")
    player.press("Enter")
    let two = try incident(player).tasks[1]
    #expect(two.owner == "ops3" && two.due == player.now + .minutes(5))
    player.press("g", "Enter", "3", "Enter")
    player.press("Enter")
    #expect(player.text.contains("Say why"))
    player.type("the vendor does it")
    player.press("Enter")
    #expect(try incident(player).tasks[1].isDropped)
    player.press("G", "Enter", "Enter")
    #expect(try incident(player).openTasks.count == 2)
  }
}
