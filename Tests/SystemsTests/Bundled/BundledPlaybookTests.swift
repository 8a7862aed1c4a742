import PromQL
import Systems
import Testing
import Values

@testable import Playbooks

/// The playbooks that come with midwatch, as somebody runs them.
struct BundledPlaybookTests {
  private static func load(_ system: String) throws -> SystemFolder {
    SystemFolder.load(try BundledFolder.folder(system), environment: [:]).folder
  }

  /// What `midwatch playbook check` would say: words that nobody declared, variables that nobody uses, links
  /// that lead nowhere.
  @Test(arguments: BundledFolder.names)
  func nothingCouldBeBetter(_ name: String) throws {
    let system = try Self.load(name)
    let isBased = system.base != nil || system.environments.contains { $0.base != nil }
    let surroundings = PlaybookLint.Surroundings(
      variables: system.variables, given: isBased ? ["base"] : [])
    for playbook in system.playbooks {
      let problems = PlaybookLint.problems(of: playbook, in: surroundings, at: Instant(seconds: 0)) { path in
        guard let document = system.playbooks.first(where: { $0.file == path }) else { return .nothing }
        return .document(anchors: Set(document.sections.map(\.anchor)))
      }
      #expect(problems.map(\.description) == [], "\(name)")
    }
  }

  @Test(arguments: BundledFolder.names)
  func everyQueryThatAStepWaitsForCanBeAsked(_ name: String) throws {
    for playbook in try Self.load(name).playbooks {
      for rule in playbook.settings.steps {
        guard case .query(let query)? = rule.settings.until else { continue }
        #expect(throws: Never.self, "\(name)/\(playbook.file): \(query)") { try PromQL.parse(query) }
      }
    }
  }

  /// What may be repeated by itself changes nothing.
  @Test(arguments: BundledFolder.names)
  func noCheckIsDestructive(_ name: String) throws {
    let system = try Self.load(name)
    for playbook in system.playbooks {
      let patterns = DestructivePatterns(adding: system.destructive + playbook.settings.destructive)
      let dangers = playbook.steps.filter(\.settings.isCheck).flatMap(\.commands).filter {
        patterns.match($0.text) != nil
      }
      #expect(dangers.map(\.text) == [], "\(name)/\(playbook.file)")
    }
  }
}
