import Alerting
import Foundation
import Systems
import Testing
import Values

/// The folders that come with midwatch, read from the checkout.
enum BundledFolder {
  static let names = ["crystal-grimoire", "ensei-packs", "fluxori", "jamble-inventory", "nova-rms"]

  /// The root of the checkout.
  static let checkout: URL = {
    var url = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while url.lastPathComponent != "Tests", url.pathComponents.count > 1 { url.deleteLastPathComponent() }
    return url.deletingLastPathComponent()
  }()

  /// - Parameter path: below the root of the checkout.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: checkout.appendingPathComponent(path), encoding: .utf8)
  }

  static func folder(_ name: String) throws -> Folder {
    let root = checkout.appendingPathComponent("playbooks").appendingPathComponent(name)
    let paths = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
    var files: [String: String] = [:]
    for path in paths where path.hasSuffix(".md") || path.hasSuffix(".yaml") {
      files[path] = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
    return Folder(name: name, files: files)
  }
}

/// A folder's rules.yaml and rules_test.yaml.
struct BundledRules {
  let rules: String
  let tests: UnitTestFile
  /// The text of each test, as it stands in the file, by its name.
  let texts: [(name: String, text: String)]

  init(of system: String) throws {
    rules = try BundledFolder.text("playbooks/\(system)/rules.yaml")
    let path = "playbooks/\(system)/rules_test.yaml"
    let text = try BundledFolder.text(path)
    let (read, problems) = UnitTestFile.parse(text, file: path)
    try #require(problems.isEmpty, "\(problems.map(\.description))")
    tests = try #require(read)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let starts = tests.tests.map { $0.position.line - 1 } + [lines.count]
    texts = zip(tests.tests, zip(starts, starts.dropFirst())).map { test, range in
      (test.name ?? "", lines[range.0..<range.1].joined(separator: "\n"))
    }
  }

  func groups(of rules: String) throws -> [GroupDefinition] {
    let (groups, problems) = RuleFile.parse(rules, file: "rules.yaml")
    try #require(!problems.contains { $0.weight == .error }, "\(problems.map(\.description))")
    return groups
  }

  /// What goes wrong with these rules in the tests that `isWanted`.
  func failures(of groups: [GroupDefinition], where isWanted: (String) -> Bool = { _ in true }) -> [String] {
    tests.run(groups, where: isWanted).flatMap { outcome in
      outcome.failures.map { "\(outcome.name): \($0)" }
    }
  }
}
