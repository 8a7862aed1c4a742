import Incidents
import Terminal
import Testing
import Values

@testable import Console

@Suite struct HandOverScreenTests {
  @Test func itIsCopiedAndSavedAsItIsShown() throws {
    var player = try IncidentGoldenTests.night(Size(width: 120, height: 40))
    player.press("Esc", "h")
    #expect(player.console.pane == .incidentHandOver)
    player.press("y")
    let copied = try #require(player.copied.last)
    #expect(copied.hasPrefix("# Hand-over of INC-1 "))
    player.press("E", "J")
    #expect(player.saved["INC-1-hand-over.md"] == copied)
    #expect(player.saved["INC-1-hand-over.json"]?.contains("midwatch.handover/1") == true)
    #expect(player.text.contains("the hand-over of INC-1 is in /tmp/INC-1-hand-over.json"))
    player.press("Esc")
    #expect(player.console.pane == .incidentTimeline)
  }

  @Test func commandGoesToAHandleWithWords() throws {
    var player = try IncidentGoldenTests.night(Size(width: 120, height: 40))
    player.press("Esc", "h", "Enter")
    player.type("Somebody Else")
    player.press("Enter")
    #expect(player.text.contains("a handle of a-z"))
    player.press("^U")
    player.type("ops2 the vendor calls back at four")
    player.press("Enter")
    let fact = try #require(player.journal.events.compactMap { $0.fact(IncidentRoleTaken.self) }.last)
    #expect(fact.who == "ops2" && fact.handsOver == "ops1" && fact.role == "commander")
    #expect(fact.words == "the vendor calls back at four")
    #expect(player.text.contains("commander ops2"))
  }

  /// Every row can be reached at the smallest size, and none is drawn outside of it.
  @Test func itScrollsToItsEnd() throws {
    var player = try IncidentGoldenTests.night(Size(width: 80, height: 24))
    player.press("Esc", "h")
    #expect(player.text.contains("State"))
    player.press("G")
    #expect(player.text.contains("at event"))
    #expect(!player.text.contains("State  "))
    player.press("g")
    #expect(player.text.contains("State"))
  }
}
