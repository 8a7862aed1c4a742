import Alerting
import Testing
import Values

/// promtool's own unit tests and its verdicts on them.
@Suite(.enabled(if: SharedData.isPresent, "shared/conformance is not beside the checkout"))
struct UnitTestConformanceTests {
  /// It compares native histograms, which we do not have.
  private static let unsupported = ["unittest.yml"]

  @Test func everyFilePassesOrFailsAsInPromtool() throws {
    var failures: [String] = []
    var count = 0
    for line in try SharedData.text("promtool/verdicts.tsv").split(separator: "\n") {
      let parts = line.split(separator: "\t").map(String.init)
      guard let name = parts.first, let verdict = parts.last, !Self.unsupported.contains(name) else {
        continue
      }
      count += 1
      let problems = try Self.run(name)
      if problems.isEmpty != verdict.hasSuffix("=pass") { failures.append("\(name): \(problems.prefix(3))") }
    }
    print("unit test files: \(count - failures.count) of \(count) as in promtool, 1 left out")
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
    #expect(count >= 14)
  }

  /// Of the file with native histograms, only their expectations fail.
  @Test func onlyNativeHistogramsAreMissing() throws {
    let problems = try Self.run("unittest.yml")
    #expect(problems.allSatisfy { $0.what.contains("histogram") }, "\(problems.map(\.description))")
  }

  private static func run(_ name: String) throws -> [Problem] {
    let (file, problems) = UnitTestFile.parse(try SharedData.text("promtool/" + name), file: name)
    let errors = problems.filter { $0.weight == .error }
    guard let file, errors.isEmpty else { return errors }
    var groups: [GroupDefinition] = []
    for path in file.ruleFiles {
      let parsed = RuleFile.parse(try SharedData.text("promtool/" + path), file: path, as: .prometheus)
      let refused = parsed.problems.filter { $0.weight == .error }
      if !refused.isEmpty { return refused }
      groups += parsed.groups
    }
    return file.run(groups).flatMap(\.failures).map(\.problem)
  }
}
