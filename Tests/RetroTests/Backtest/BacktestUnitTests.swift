import Foundation
import Metrics
import PromQL
import Testing
import Values

@testable import Alerting
@testable import Retro

/// A backtest is `rules test` on the same data: what a unit test expects to fire fires at that time in a replay of its
/// series, which went through OpenMetrics text on the way.
@Suite struct BacktestUnitTests {
  private static let checkout: URL = {
    var url = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while url.lastPathComponent != "Tests", url.pathComponents.count > 1 { url.deleteLastPathComponent() }
    return url.deletingLastPathComponent()
  }()
  private static let conformance = checkout.deletingLastPathComponent()
    .appendingPathComponent("shared/conformance/promtool")

  private static func text(_ url: URL) throws -> String { try String(contentsOf: url, encoding: .utf8) }

  /// The differences, and how many expectations were looked at.
  private static func compare(_ url: URL) throws -> (count: Int, differences: [String]) {
    let parsed = UnitTestFile.parse(try text(url), file: url.lastPathComponent)
    guard let file = parsed.file, !parsed.problems.contains(where: { $0.weight == .error }) else {
      return (0, [])
    }
    var groups: [GroupDefinition] = []
    for name in file.ruleFiles {
      let path = url.deletingLastPathComponent().appendingPathComponent(name)
      let rules = RuleFile.parse(try text(path), file: name, as: .prometheus)
      guard !rules.problems.contains(where: { $0.weight == .error }) else { return (0, []) }
      groups += rules.groups
    }
    var count = 0
    var differences: [String] = []
    for (test, outcome) in zip(file.tests, file.run(groups)) {
      // Expectations that fail as they should say nothing of what fires.
      var failed: Set<String> = []
      var isBroken = false
      for failure in outcome.failures {
        switch failure.difference {
        case .alerts(let rule, _, _): failed.insert("\(rule) \(failure.time.prometheus)")
        case .rule: isBroken = true
        case .samples, .expression: break
        }
      }
      guard !isBroken else { continue }
      let firings = try replay(test, file: file, groups)
      for expectation in test.alerts
      where !failed.contains("\(expectation.name) \(expectation.at.prometheus)") {
        count += 1
        // The last evaluation that is not later.
        let steps = expectation.at.milliseconds / file.interval.milliseconds
        let now = test.start + file.interval * steps
        let found = firings.filter {
          $0.rule == expectation.name && $0.from <= now && $0.until.map { $0 > now } ?? true
        }.map(\.labels).sorted()
        let expected = expectation.alerts.map {
          Labels($0.labels).setting("alertname", expectation.name)
        }.sorted()
        if found != expected {
          differences.append(
            "\(url.lastPathComponent) \(test.name ?? "") \(expectation.name) at \(expectation.at.prometheus): "
              + "\(found) instead of \(expected)")
        }
      }
    }
    return (count, differences)
  }

  private static func replay(
    _ test: UnitTest, file: UnitTestFile, _ groups: [GroupDefinition]
  ) throws -> [FiringSpan] {
    var text = OpenMetricsText()
    for series in test.series {
      text.add(
        series.labels,
        series.values.enumerated().compactMap { index, value in
          value.map { Point(t: test.start.milliseconds + Int64(index) * test.interval.milliseconds, v: $0) }
        })
    }
    var history = SampleHistory()
    try history.read(text.body, format: .openMetrics)
    let source = BacktestSource(store: history.store, from: test.start, until: test.start + test.length)
    let order = Dictionary(file.groupOrder.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
    let sorted = groups.enumerated().sorted {
      (order[$0.element.name] ?? .max, $0.offset) < (order[$1.element.name] ?? .max, $1.offset)
    }.map(\.element)
    let (prepared, rules) = source.prepared(for: sorted)
    var surroundings = RuleGroup.Surroundings()
    surroundings.externalLabels = test.externalLabels
    surroundings.externalURL = test.externalURL
    var replay = Replay(
      rules, over: prepared, every: file.interval, isFixed: true, surroundings: surroundings)
    try replay.run { false }
    return replay.firings
  }

  @Test func equalsTheTestsOfTheBundledRules() throws {
    let root = Self.checkout.appendingPathComponent("playbooks")
    var count = 0
    var differences: [String] = []
    for folder in try FileManager.default.contentsOfDirectory(atPath: root.path).sorted() {
      let url = root.appendingPathComponent(folder).appendingPathComponent("rules_test.yaml")
      guard FileManager.default.fileExists(atPath: url.path) else { continue }
      let result = try Self.compare(url)
      count += result.count
      differences += result.differences
    }
    #expect(count > 40)
    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: conformance.path),
      "shared/conformance is not beside the checkout"))
  func equalsPromtoolsOwnTests() throws {
    var count = 0
    var differences: [String] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.conformance.path).sorted()
    where name.hasSuffix(".yml") {
      let url = Self.conformance.appendingPathComponent(name)
      guard try Self.text(url).contains("\ntests:") else { continue }
      let result = try Self.compare(url)
      count += result.count
      differences += result.differences
    }
    #expect(count >= 4)
    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
  }
}
