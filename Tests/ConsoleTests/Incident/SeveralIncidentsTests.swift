import Incidents
import Terminal
import Testing
import Values

@testable import Console

/// Several incidents at once: one is in focus, and everything that writes writes to it.
@Suite struct SeveralIncidentsTests {
  /// INC-1 S1 on ensei-packs, INC-2 S2 on nova-rms.
  private func two() throws -> Player {
    var player = try Player()
    player.press("i", "Enter", "1", "j", "i", "Enter")
    return player
  }

  private func bar(_ player: Player) -> String {
    player.text.split(separator: "\n").map(String.init).last { $0.contains("── INC-") } ?? ""
  }

  @Test func theOneThatWasDeclaredLastIsInFocus() throws {
    let player = try two()
    #expect(player.journal.keys(Incident.self) == ["INC-1", "INC-2"])
    #expect(bar(player).contains("INC-2 ▲ S2"))
    #expect(bar(player).contains("+1 open"))
  }

  @Test func notesGoToTheOneInFocusFromEveryScreen() throws {
    var player = try two()
    player.press("I")
    #expect(player.text.contains("2 incidents are open: which is in focus?"))
    player.press("1", "Enter")
    #expect(player.console.screen == .incident)
    #expect(bar(player).contains("INC-1 ● S1"))
    for screen in ["1", "2", "3", "4", "5"] {
      player.press(screen)
      #expect(bar(player).contains("INC-1 ● S1"), "screen \(screen)")
    }
    player.press("4", "n")
    player.type("this is of the first")
    player.press("Enter")
    let note = try #require(player.journal.events.last { $0.kind == NoteAdded.kind })
    #expect(note.incident == "INC-1")
  }

  @Test func aResolvedOneLeavesTheFocusToTheOther() throws {
    var player = try two()
    player.press("S", "4", "Enter", "Enter")
    #expect(player.journal.entity(Incident.self, "INC-2")?.isOpen == false)
    #expect(bar(player).contains("INC-1 ● S1"))
    #expect(!bar(player).contains("open"))
  }

  @Test func whereOnlyOneIsOpenTheKeySaysSo() throws {
    var player = try Player()
    player.press("I")
    #expect(player.text.contains("No incident is open; i declares one."))
    player.press("i", "Enter", "I")
    #expect(player.text.contains("INC-1 is the only one that is open."))
  }

  @Test func mergingAsksAndEndsTheSmallerOne() throws {
    var player = try two()
    player.press("m", "3", "Enter")
    #expect(player.text.contains("merge INC-2 into which?"))
    player.press("Enter")
    #expect(player.text.contains("INC-2 ends in INC-1"))
    player.forget()
    player.press("Enter")
    #expect(player.asked == ["CarryTickets<MergeIncident>"])
    let merged = try #require(player.journal.entity(Incident.self, "INC-2"))
    #expect(!merged.isOpen)
    #expect(player.console.incident.shown(player.console.world)?.key == "INC-1")
    #expect(player.journal.entity(Incident.self, "INC-1")?.systems == ["ensei-packs", "nova-rms"])
    // And back again.
    player.press("m")
    player.press("2", "Enter")
    #expect(player.text.contains("took in INC-2"))
    player.press("Enter")
    #expect(player.journal.entity(Incident.self, "INC-2")?.isOpen == true)
  }

  @Test func escDoesNotMerge() throws {
    var player = try two()
    player.press("m", "3", "Enter", "Enter", "Esc")
    #expect(player.journal.entity(Incident.self, "INC-2")?.isOpen == true)
  }

  @Test(arguments: [("1", LinkKind.related), ("2", .duplicate)]) func linksStandOnBoth(
    _ digit: String, _ kind: LinkKind
  ) throws {
    var player = try two()
    player.press("m", digit, "Enter", "Enter")
    #expect(player.journal.entity(Incident.self, "INC-2")?.links.map(\.kind) == [kind])
    #expect(player.journal.entity(Incident.self, "INC-1")?.links.map(\.to) == ["INC-2"])
    #expect(player.text.contains(kind == .related ? "related INC-1" : "duplicate of INC-1"))
  }

  @Test func anAddressIsLinked() throws {
    var player = try two()
    player.press("m", "4", "Enter")
    player.type("https://meet.example.test/42 the call")
    player.press("Enter")
    let link = try #require(player.journal.entity(Incident.self, "INC-2")?.links.first)
    #expect(link.to == "https://meet.example.test/42")
    #expect(link.title == "the call")
  }

  /// Enter on the line of a link shows what is behind it as it is now; the menu goes there.
  @Test func aLinkIsLookedAt() throws {
    var player = try two()
    player.press("m", "1", "Enter", "Enter", "G", "Enter")
    #expect(player.text.contains("INC-1 S1 "), "\(player.text)")
    #expect(player.text.contains("commander: ops1"))
    player.press("Esc", "m", "3")
    #expect(player.text.contains("▌ 3   look at a link"))
    player.press("Enter")
    #expect(player.console.incident.key == "INC-1")
  }

  @Test func anAddressIsShownWhole() throws {
    var player = try two()
    let address = "https://meet.example.test/42/" + String(repeating: "a-long-path/", count: 12) + "end"
    player.press("m", "4", "Enter")
    player.type("\(address) the call")
    player.press("Enter", "m", "6", "Enter")
    #expect(player.text.contains("link of INC-2"))
    #expect(player.text.contains("a-long-path/end"))
  }
}
