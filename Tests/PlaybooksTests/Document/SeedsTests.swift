import Testing

@testable import Playbooks

/// What five teams' runbooks are read as. The counts were taken by eye from the documents.
@Suite(.enabled(if: Seeds.isPresent, Seeds.absence))
struct SeedsTests {
  struct Golden: Sendable, CustomTestStringConvertible {
    let heading: String
    let sections: Int
    let topSteps: Int
    let steps: Int
    let blocks: Int
    let commands: Int
    let choices: Int
    let navigation: Int
    let placeholders: [String]
    let suspected: [String]

    var testDescription: String { heading }
  }

  static let goldens = [
    Golden(
      heading: "# Crystal Grimoire Operations Runbook", sections: 6, topSteps: 16, steps: 22, blocks: 1,
      commands: 3, choices: 0, navigation: 0, placeholders: ["id", "project", "ticketId", "uid"],
      suspected: []),
    Golden(
      heading: "# Incident Response Playbook - Pack System", sections: 34, topSteps: 85, steps: 85,
      blocks: 12, commands: 36, choices: 12, navigation: 0,
      placeholders: ["deployment-url", "backup-bucket", "backup-path"], suspected: ["USER_ID"]),
    Golden(
      heading: "# Fluxori Operations Runbook", sections: 53, topSteps: 70, steps: 70, blocks: 54,
      commands: 75, choices: 0, navigation: 18,
      placeholders: [
        "environment", "INDEX_ID", "REVISION_ID", "COLLECTION", "FIELD1", "FIELD2", "PATH_TO_FILE",
        "PREVIOUS_REVISION", "SLO_ID", "AFRICA_SOUTH1_IP", "EUROPE_WEST4_IP",
      ], suspected: ["YYYY-MM-DD"]),
    Golden(
      heading: "# Operations Runbook", sections: 14, topSteps: 70, steps: 80, blocks: 0, commands: 0,
      choices: 0, navigation: 0,
      placeholders: ["rev", "uuid", "type", "sub_uuid", "tenant_uuid", "id"], suspected: []),
    Golden(
      heading: "# Runbooks & Operations Guide", sections: 44, topSteps: 103, steps: 129, blocks: 63,
      commands: 82, choices: 6, navigation: 6, placeholders: ["version"],
      suspected: [
        "PROJECT_ID", "PREVIOUS_REVISION_ID", "PREVIOUS_REVISION", "DATABASE_ID", "BACKUP_ID", "LOCK_ID",
      ]),
  ]

  @Test(arguments: goldens)
  func readsAsWritten(_ golden: Golden) throws {
    let text = try Seeds.text(golden.heading)
    let (document, problems) = read(text)
    #expect(problems.isEmpty)
    #expect("# " + document.title == golden.heading)
    #expect(document.sections.count == golden.sections)
    #expect(document.sections.flatMap(\.steps).count == golden.topSteps)
    #expect(document.steps.count == golden.steps)
    let blocks = document.steps.flatMap(\.codeBlocks).filter { $0.kind != .text }
    #expect(blocks.count == golden.blocks)
    #expect(blocks.flatMap(\.commands).count == golden.commands)
    #expect(document.steps.count { $0.choice != nil } == golden.choices)
    #expect(document.navigation.count == golden.navigation)
    let placeholders = document.placeholders(of: document.steps)
    #expect(placeholders.filter { $0.certainty == .certain }.map(\.name) == golden.placeholders)
    #expect(placeholders.filter { $0.certainty == .suspected }.map(\.name) == golden.suspected)
    #expect(unowned(text, document).isEmpty)
    #expect(blocks.flatMap(\.commands).allSatisfy { $0.flaw == nil })
  }

  /// Item by item, as it was read through by eye against the document.
  @Test(arguments: zip(goldens.map(\.heading), ["grimoire", "ensei", "fluxori", "nova", "jamble"]))
  func readsEveryItemAsWritten(_ heading: String, _ name: String) throws {
    let document = read(try Seeds.text(heading)).document
    try GoldenFile.expect(DocumentListing(document).lines, name)
  }

  /// Every command is in the document letter for letter, apart from the indentation of its list item.
  @Test(arguments: goldens)
  func keepsCommandsToTheLetter(_ golden: Golden) throws {
    let text = try Seeds.text(golden.heading)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for command in read(text).document.steps.flatMap(\.commands) {
      for (offset, line) in command.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      {
        #expect(lines[command.line - 1 + offset].hasSuffix(line))
      }
    }
  }

  @Test func findsTheSectionsThatAlertsName() throws {
    let document = read(try Seeds.text("# Incident Response Playbook - Pack System")).document
    let section = try #require(document.section(anchor: "1-high-error-rate-5xx-spike"))
    #expect(
      section.groups.map(\.label) == ["Symptoms", "Immediate Actions", "Investigation", "Recovery"])
    #expect(section.groups.map(\.isChoice) == [false, false, false, true])
    #expect(section.groups.map(\.steps.count) == [0, 4, 1, 3])
    #expect(section.steps.first?.number == "6.1")
    #expect(
      section.steps.last?.choice == Choice(condition: "code issue", action: "Deploy hotfix or rollback"))
    #expect(document.steps(under: section.anchor).count == 8)
  }

  @Test func keepsAHereDocumentWhole() throws {
    let document = read(try Seeds.text("# Fluxori Operations Runbook")).document
    let step = try #require(document.steps.first { $0.title == "Set proper CORS configuration" })
    #expect(step.commands.count == 2)
    #expect(step.commands.first?.text.hasSuffix("]\nEOF") == true)
    #expect(step.commands.last?.text == "gsutil cors set cors.json gs://fluxori-<environment>-storage")
  }
}
