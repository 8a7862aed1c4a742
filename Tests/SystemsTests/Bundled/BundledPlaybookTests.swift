import PromQL
import Systems
import Testing

@testable import Playbooks

/// The playbooks that come with midwatch, as somebody runs them.
struct BundledPlaybookTests {
  private static func load(_ system: String) throws -> SystemFolder {
    SystemFolder.load(try BundledFolder.folder(system), environment: [:]).folder
  }

  /// Nobody is asked for a value without a word about it.
  @Test(arguments: BundledFolder.names)
  func everyPlaceholderOfACommandIsDeclared(_ name: String) throws {
    let system = try Self.load(name)
    let base = system.base ?? system.environments.compactMap(\.base).first
    for playbook in system.playbooks {
      var declared = playbook.declared(with: system.variables)
      if base != nil { declared.insert("base") }
      let undeclared = playbook.placeholders(of: playbook.steps, with: system.variables).map(\.name)
        .filter { !declared.contains($0) }
      #expect(undeclared == [], "\(name)/\(playbook.file)")
    }
  }

  /// Nobody is asked for what no command needs, either.
  @Test(arguments: BundledFolder.names)
  func everyVariableOfAPlaybookHasItsPlace(_ name: String) throws {
    let system = try Self.load(name)
    for playbook in system.playbooks {
      let used = Set(playbook.placeholders(of: playbook.steps, with: system.variables).map(\.name))
      let unused = playbook.settings.variables.map(\.name).filter { !used.contains($0) }
      #expect(unused == [], "\(name)/\(playbook.file)")
    }
  }

  @Test(arguments: BundledFolder.names)
  func everyLinkLeadsSomewhere(_ name: String) throws {
    let system = try Self.load(name)
    for playbook in system.playbooks {
      for link in Set(playbook.inlines.compactMap(\.link)) where !link.contains("://") {
        let (file, anchor) = PlaybookDocument.reference(link)
        let target = file.isEmpty ? playbook : system.playbooks.first { $0.file == file }
        #expect(target != nil, "\(name)/\(playbook.file) links to \(link)")
        guard let target, let anchor else { continue }
        #expect(target.section(anchor: anchor) != nil, "\(name)/\(playbook.file) links to \(link)")
      }
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
