import Comms
import Incidents
import Systems
import Terminal
import Testing
import Values

@testable import Console

/// One announcement to several: each copy says what is its own.
@Suite struct RecipientTests {
  private static let news = """
    ---
    audience: users
    stage: announcement
    subject: News for {{recipient}}
    ---
    {{#recipient}}
    Dear {{recipient}},

    {{/recipient}}
    {{module}} is new; see {{links.status_page}}.
    """

  private func announcement(_ names: String) throws -> Player {
    var guides = [Fixture.enseiGuide]
    var problems: [Problem] = []
    guides[0].templates += [Template(Self.news, file: "comms/news.md", problems: &problems)].compactMap { $0 }
    #expect(problems.isEmpty)
    var nova = Guide(system: "nova-rms", title: "Nova")
    nova.links = ["status_page": "https://status.example.test/nova"]
    guides.append(nova)
    var player = try Player(guides: guides)
    player.press("5", "/")
    player.type("News")
    player.press("Enter", "Enter", "Esc", "t")
    player.type(names)
    player.press("Enter")
    return player
  }

  @Test func eachIsAskedForWhatItsCopyLeavesOpen() throws {
    var player = try announcement("north, nova-rms")
    #expect(player.text.contains("what each copy says of its own"))
    for words in ["north · module", "north · links.status_page", "nova-rms · module"] {
      #expect(player.text.contains(words), "\(words) is missing in\n\(player.text)")
    }
    // What its folder knows stands there already.
    #expect(player.text.contains("https://status.example.test/nova"))
    player.type("Stock")
    player.press("Tab")
    player.type("https://north.example.test/")
    player.press("Tab")
    player.type("Sales")
    player.press("Enter")
    let draft = try #require(player.journal.entity(Draft.self, "D-1"))
    #expect(
      draft.copies.map(\.text) == [
        "Dear north,\n\nStock is new; see https://north.example.test/.",
        "Dear nova-rms,\n\nSales is new; see https://status.example.test/nova.",
      ])
    #expect(draft.unfilled == [])
    #expect(player.console.whyNotSend == nil)
  }

  @Test func theirFieldsCanBeChanged() throws {
    var player = try announcement("north")
    player.type("Stock")
    player.press("Enter", "t", "Enter", "^U")
    player.type("Sales")
    player.press("Enter")
    #expect(player.journal.entity(Draft.self, "D-1")?.recipients.first?.fields["module"] == "Sales")
  }

  /// A form that was opened while the text was on its way to the journal is not lost.
  @Test func fieldsAskedForWhileSavingAreTaken() throws {
    var player = try Player(guides: [Fixture.deliveringGuide])
    player.press("a", "i", "Enter", "u", "Esc")
    player.isJournalSlow = true
    player.press("w")
    player.type("x")
    player.press("Esc", "f", "Tab")
    player.type("not yet known")
    player.isJournalSlow = false
    player.flush()
    #expect(player.console.comms.sheet?.draft == "D-1")
    player.press("Enter")
    #expect(player.console.comms.sheet?.answers["eta"] == "not yet known")
  }

  @Test func twiceTheSameIsRefusedBeforeItIsSaved() throws {
    let player = try announcement("north, north")
    #expect(player.text.contains("north is named twice; each gets one copy."))
  }
}
