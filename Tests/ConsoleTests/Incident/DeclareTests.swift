import Incidents
import Systems
import Terminal
import Testing
import Values

@testable import Console

/// Declaring from an alert, a ticket, a folder's own declaration, or nothing.
@Suite struct DeclareTests {
  private static let folder = """
    title: Nova
    severities:
      S1: {means: Nobody can sell}
      S2: {means: One tenant cannot sell}
    declare:
      - title: Billing webhooks stuck
        severity: S2
        impact: Plan changes reach tenants late
        playbook: billing-webhooks
    """

  /// One folder with a declaration of its own, one without.
  private func player() throws -> Player {
    var console = try Player().console
    let folder = SystemFolder.load(
      Folder(name: "nova-rms", files: ["system.yaml": Self.folder]), environment: [:]
    ).folder
    _ = console.receive(.folders([folder]), at: Fixture.now)
    return try Player(guides: [Fixture.enseiGuide] + console.world.guides)
  }

  private func declared(_ player: Player) throws -> IncidentDeclared {
    try #require(player.journal.entity(Incident.self, "INC-1")?.declared)
  }

  @Test func anAlertSaysEnough() throws {
    var player = try player()
    player.press("i")
    #expect(player.text.contains("Purchases fail for many"))
    #expect(player.text.contains("when unsure, the higher"))
    player.press("Enter")
    let fact = try declared(player)
    #expect(fact.from?.alert == Fixture.page)
    #expect(fact.severity == .s1)
  }

  @Test func aTicketIsNamed() throws {
    var player = try player()
    player.press("i", "Tab", "Tab", "Tab")
    player.type("T-482")
    player.press("Enter")
    #expect(try declared(player).from?.ticket == "T-482")
  }

  /// Where no alert is selected the folder's own declarations are offered, filled in whole.
  @Test func aFoldersOwnDeclarationTakesThreeKeys() throws {
    var player = try player()
    player.press("Tab", "G")
    player.press("i")
    #expect(player.text.contains("declare what?"))
    #expect(player.text.contains("S2 Billing webhooks stuck"))
    player.press("j", "Enter")
    #expect(player.text.contains("declare an incident on nova-rms"))
    #expect(player.text.contains("One tenant cannot sell"))
    #expect(player.text.contains("Plan changes reach tenants late"))
    player.press("Enter")
    let fact = try declared(player)
    #expect(fact.systems == ["nova-rms"] && fact.severity == .s2)
    #expect(fact.from?.template == "Billing webhooks stuck" && fact.from?.playbook == "billing-webhooks")
    #expect(fact.impact == "Plan changes reach tenants late")
  }

  @Test func nothingInParticularIsAnEmptyForm() throws {
    var player = try player()
    player.press("Tab", "G", "i", "Enter")
    player.type("something smells")
    player.press("Enter")
    let fact = try declared(player)
    #expect(fact.title == "something smells")
    #expect(fact.from?.template == nil)
  }

  /// The words above the fields are those of the system that is chosen.
  @Test func anotherSystemHasOtherWords() throws {
    var player = try player()
    player.press("i")
    #expect(player.text.contains("declare an incident on ensei-packs"))
    for _ in 0..<4 { player.press("Tab") }
    player.press("Right", "Right")
    #expect(player.text.contains("declare an incident on nova-rms"))
    #expect(player.text.contains("Nobody can sell"))
  }

  @Test func theOpenIncidentIsOfferedFirst() throws {
    var player = try player()
    player.press("i", "Enter", "1", "i")
    #expect(player.text.contains("INC-1 is open on ensei-packs"))
    player.press("Enter")
    #expect(player.console.screen == .incident)
    #expect(player.journal.entity(Incident.self, "INC-2") == nil)
  }
}
