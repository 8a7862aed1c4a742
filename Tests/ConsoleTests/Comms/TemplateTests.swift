import Comms
import Incidents
import Systems
import Terminal
import Testing
import Values

@testable import Console

/// Which template an update is begun with, and what was written before.
@Suite struct TemplateTests {
  /// A folder with one template of its own.
  private static func folder(cadence: String = "[{every: 15m}]") -> SystemFolder {
    let files = [
      "system.yaml": "title: Ensei pack system\ncadence: \(cadence)\n", "comms/ours.md": Fixture.usersText,
    ]
    return SystemFolder.load(Folder(name: "ensei-packs", files: files), environment: [:]).folder
  }

  private func declared(_ cadence: String = "[{every: 15m}]") throws -> Player {
    var player = try Player(guides: [])
    player.receive(.folders([Self.folder(cadence: cadence)]))
    player.press("a", "i", "Enter")
    player.wait(.seconds(10))
    return player
  }

  @Test(arguments: ["users", "internal", "executives", "support", "status"])
  func everyAudienceHasADefaultAtEveryStage(_ audience: String) {
    let templates = Guide(Self.folder()).templates
    for stage in [Stage.investigating, .identified, .monitoring, .resolved] {
      let found = templates.choose(audience: audience, stage: stage, severity: .s1)
      #expect(found != nil, "\(audience) \(stage)")
    }
    let own = templates.choose(audience: "users", stage: .investigating, severity: .s1)
    #expect(own?.name == "ours")
  }

  @Test func theFoldersOwnComesBeforeABuiltInOne() throws {
    var player = try declared()
    player.press("u")
    #expect(player.console.comms.sheet?.template == "ours")
  }

  /// Nobody but its own readers waits for anything: users, to whom nothing else is said.
  @Test func whatNobodyWaitsForIsNotBegun() throws {
    var player = try declared()
    player.press("u", "Tab")
    player.type("unknown")
    player.press("Enter", "Enter", "Enter")
    #expect(player.journal.entity(Incident.self, "INC-1")?.updates.count == 1)
    player.press("u")
    #expect(player.console.comms.sheet?.audience == "users")
  }

  @Test func anAudienceThatTheCadenceNamesHasABuiltInOne() throws {
    var player = try declared("[{every: 15m, audience: users}, {every: 5m, audience: executives}]")
    player.press("u")
    let sheet = try #require(player.console.comms.sheet)
    #expect(sheet.audience == "executives" && sheet.template == "built-in:executives")
  }

  @Test func aStageWithoutOneOfItsOwnHasABuiltInOne() throws {
    var player = try declared()
    _ = try player.journal.perform(
      ChangeStatus(incident: "INC-1", to: .resolved, dataLost: "no"), by: "ops1", at: player.now)
    player.publish()
    player.press("3", "u")
    #expect(player.console.comms.sheet?.stage == .resolved)
    #expect(player.console.comms.sheet?.template?.hasPrefix("built-in:") == true)
  }

  @Test func builtInOnesAreListedAsSuch() throws {
    var player = try declared()
    player.press("5")
    #expect(player.text.contains("template for users"))
    #expect(player.text.contains("built-in for executives"))
    let rows = player.console.comms.rows(player.console.world)
    let shown = rows.flatMap { row -> [Template] in
      guard case .template(let system, let name) = row.what else { return [] }
      return player.console.world.guide(system)?.templates.filter { $0.name == name } ?? []
    }.filter(BuiltInTemplates.isBuiltIn)
    #expect(
      shown.contains { $0.stages == [.announcement] || $0.stages.contains(.reply) }, "for other occasions")
    #expect(
      shown.allSatisfy { $0.stages.isEmpty || $0.isOfOccasions || $0.stages.contains(.investigating) },
      "none for a status that it has not")
  }

  /// Readers of the second update at a stage get what changed, so its writer begins with what they read last.
  @Test func theSecondAtAStageBeginsWithTheFirst() throws {
    var player = try declared()
    player.press("u", "Tab")
    player.type("not yet known")
    player.press("Enter", "w")
    player.type("Words of a person. ")
    player.press("Esc", "Enter", "Enter")
    #expect(player.journal.entity(Incident.self, "INC-1")?.updates.count == 1)
    player.wait(.minutes(5))
    player.press("u")
    let sheet = try #require(player.console.comms.sheet)
    #expect(player.console.shell.overlay == nil)
    #expect(sheet.text.text.hasPrefix("Words of a person. "))
    #expect(sheet.text.text.contains("Next update: 03:33 UTC"))
    #expect(player.text.contains("since the last: +1"))
  }

  /// A draft that is taken up again is what somebody wrote, not what the template gives.
  @Test func fieldsOfATakenUpDraftLeaveItsWords() throws {
    var player = try declared()
    player.press("u", "Tab")
    player.type("not yet known")
    player.press("Enter", "w")
    player.type("Words of a person. ")
    player.press("Esc", "Esc", "u", "f", "Tab", "^U")
    player.type("about 05:00 UTC")
    player.press("Enter")
    let text = try #require(player.console.comms.sheet?.text.text)
    #expect(text.hasPrefix("Words of a person. "))
    #expect(text.contains("ETA: about 05:00 UTC"))
  }

  /// At another stage the template is filled anew, and nobody is asked twice for the same.
  @Test func anAnswerIsRememberedAtTheNextStage() throws {
    var player = try declared()
    player.press("u", "Tab")
    player.type("not yet known")
    player.press("Enter", "Enter", "Enter", "3", "S", "Enter", "u")
    #expect(player.console.comms.sheet?.stage == .identified)
    #expect(player.console.comms.sheet?.answers["eta"] == "not yet known")
    #expect(player.text.contains("not yet known"))
  }
}
