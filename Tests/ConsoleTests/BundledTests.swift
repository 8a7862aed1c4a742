import Alerting
import Comms
import Foundation
import Incidents
import Playbooks
import Systems
import Terminal
import Testing
import Values
import Watch

@testable import Console

/// The systems that come with midwatch, as a responder meets them.
@Suite struct BundledTests {
  static let names = ["crystal-grimoire", "ensei-packs", "fluxori", "jamble-inventory", "nova-rms"]

  static func load(_ name: String) throws -> SystemFolder {
    let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    let root = tests.appending(path: "../../playbooks/\(name)").standardized
    let paths = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
    var files: [String: String] = [:]
    for path in paths where path.hasSuffix(".md") || path.hasSuffix(".yaml") {
      files[path] = try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
    return SystemFolder.load(Folder(name: name, files: files), environment: [:]).folder
  }

  @Test(arguments: names) func everyAlertThatNamesAPlaybookFindsIt(_ name: String) throws {
    let folder = try Self.load(name)
    let guide = Guide(folder)
    #expect(!guide.playbooks.isEmpty)
    for group in folder.ruleGroups where group.file.hasPrefix("rules") {
      for rule in group.rules {
        guard let annotation = rule.annotation("playbook") else { continue }
        let found = try #require(
          guide.playbook(for: rule.name, annotation: annotation), "\(rule.name): \(annotation)")
        #expect(found.0.name == PlaybookDocument.reference(annotation).name, "\(rule.name): \(annotation)")
      }
    }
  }

  @Test(arguments: names) func everySeverityHasItsMeaning(_ name: String) throws {
    let guide = Guide(try Self.load(name))
    for severity in Severity.allCases { #expect(guide.definitions[severity]?.isEmpty == false) }
  }

  /// The loop of the first watch on the real folder: page, acknowledge, declare, playbook, update.
  @Test func enseiFromPageToUpdate() throws {
    var player = try Player(snapshots: [Fixture.ensei])
    player.receive(.folders([try Self.load("ensei-packs")]))
    player.press("a", "i", "Enter", "p")
    let document = try #require(player.console.playbook.document)
    #expect(document.name == "high-error-rate")
    player.press("Space", "j", "j", "y")
    #expect(player.copied == ["curl http://127.0.0.1:18081/api/health/packs"])
    let run = try #require(player.journal.entity(Run.self, "R-1"))
    #expect(run.started?.snapshot.sha256.count == 64)
    #expect(run.progress.settled == 1)
    player.press("u")
    let sheet = try #require(player.console.comms.sheet)
    #expect(sheet.audience == "users")
    guard case .form = player.console.shell.overlay else {
      Issue.record("the fields are not asked for")
      return
    }
    player.press("Enter")
    let filled = try #require(player.console.comms.sheet)
    let errors = player.console.world.findings(of: filled, at: player.now).filter { $0.mark == .error }
    #expect(errors == [])
    player.press("Enter", "Enter")
    #expect(player.asked.contains("MarkSent"))
    #expect(player.journal.entity(Incident.self, "INC-1")?.updates.first?.audience == "users")
  }
}

extension Rule {
  fileprivate func annotation(_ name: String) -> String? {
    annotations.first { $0.name == name }?.text
  }
}
