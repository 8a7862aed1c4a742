import Comms
import Incidents
import Terminal
import Testing
import Values

@testable import Console

/// What the console's check says of a text is what the command line says of it.
@Suite struct CheckTests {
  private func findings(
    _ text: String, subject: String = "Packs", next: Instant? = nil, guide: Guide = Fixture.deliveringGuide
  ) throws -> [String] {
    let player = try Player.withUpdate(guide: guide)
    var sheet = try #require(player.console.comms.sheet)
    sheet.subject.text = subject
    sheet.text.text = text
    sheet.nextUpdate = next ?? sheet.nextUpdate
    return player.console.world.findings(of: sheet, at: player.now).filter { $0.mark == .error }.map(
      \.sentence)
  }

  @Test func aTimeOfTheLocalZoneIsKnown() throws {
    let next = try #require(Instant(rfc3339: "2026-11-21T03:30:00Z"))
    #expect(try findings("Impact: none\nNext update: 05:30 CEST", next: next) == [])
  }

  @Test func aTimeThatIsPastIsNoPromise() throws {
    let found = try findings("Impact: none\nNext update: 2026-11-20 03:30 UTC")
    #expect(found.contains { $0.contains("past") || $0.contains("later") }, "\(found)")
  }

  @Test func aSecretOfTheFolderIsFound() throws {
    var guide = Fixture.deliveringGuide
    guide.secrets = [Secret("correct-horse-battery")]
    let found = try findings(
      "Impact: none; correct-horse-battery\nNext update: 03:30 UTC",
      next: Instant(rfc3339: "2026-11-21T03:30:00Z"), guide: guide)
    #expect(found.contains { $0.contains("secret") }, "\(found)")
  }

  @Test func theLimitOfADestinationCounts() throws {
    let found = try findings(
      "Impact: none\nNext update: 03:30 UTC", subject: String(repeating: "x", count: 300),
      next: Instant(rfc3339: "2026-11-21T03:30:00Z"))
    #expect(found.contains { $0.contains("255 fit") }, "\(found)")
  }

  /// What the text names is what is counted down.
  @Test func thePromiseIsTheOneInTheText() throws {
    var player = try Player.withUpdate()
    player.press("w")
    player.console.comms.sheet?.text.text = "Impact: none\nNext update: 03:40 UTC"
    player.type(" ")
    player.press("Esc")
    #expect(player.text.contains("promises the next at 03:40Z"))
    player.press("A", "Enter", "Enter")
    let sent = try #require(player.journal.events.compactMap { $0.fact(UpdateSent.self) }.last)
    #expect(sent.nextUpdate == Instant(rfc3339: "2026-11-21T03:40:00Z"))
  }

  /// While keys are text the last line tells how to end that, and no key that would be typed.
  @Test func theFooterTellsWhatKeysDoWhileOneWrites() throws {
    var player = try Player.withUpdate(Size(width: 80, height: 24))
    func footer() -> String { player.text.split(separator: "\n").last.map(String.init) ?? "" }
    #expect(footer().contains("w write"))
    player.press("w")
    #expect(footer() == " Esc ends writing, and saves  Tab to the subject")
    player.press("Tab")
    #expect(footer().contains("Tab to the text"))
    player.press("Esc")
    #expect(footer().contains("w write"))
  }

  @Test func anotherPromiseIsWrittenIntoTheText() throws {
    var player = try Player.withUpdate()
    player.press("w")
    player.type("Words of a person. ")
    player.press("Esc", "f", "Tab", "Tab", "^U")
    player.type("30m")
    player.press("Enter")
    let text = try #require(player.console.comms.sheet?.text.text)
    #expect(text.hasPrefix("Words of a person. ") && text.contains("Next update: 03:43 UTC"), "\(text)")
  }
}
