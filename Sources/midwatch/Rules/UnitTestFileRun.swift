import Alerting
import Values

/// One file of promtool's unit tests, run to its end.
struct UnitTestFileRun {
  let file: String
  /// What is wrong with the file or with its rules; then no test ran.
  let problems: [Problem]
  let outcomes: [UnitTestOutcome]

  init(_ path: String, where isWanted: (String) -> Bool) {
    file = path
    let source = RuleText(path)
    guard let text = source.text else {
      problems = source.problem.map { [$0] } ?? []
      outcomes = []
      return
    }
    var (tests, problems) = UnitTestFile.parse(text, file: path)
    var groups: [GroupDefinition] = []
    for rules in tests.map({ Self.ruleFiles(of: $0, beside: path, problems: &problems) }) ?? [] {
      let source = RuleText(rules)
      if let problem = source.problem { problems.append(problem) }
      guard let text = source.text else { continue }
      let (read, found) = RuleFile.parse(text, file: rules, as: .prometheus)
      groups += read
      problems += found.filter { $0.weight == .error }
    }
    self.problems = problems
    let isSound = problems.allSatisfy { $0.weight == .warning }
    outcomes = isSound ? tests?.run(groups, where: isWanted) ?? [] : []
  }

  /// The files that a test file names: relative to its folder, and patterns.
  private static func ruleFiles(
    of tests: UnitTestFile, beside path: String, problems: inout [Problem]
  ) -> [String] {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    return tests.ruleFiles.flatMap { name -> [String] in
      let pattern = name.hasPrefix("/") ? name : folder + name
      if let found = RuleText.found(pattern) { return found }
      problems.append(
        Problem(
          "no file is \(Inert.terminal(name))", remedy: "check rule_files", file: path, weight: .warning))
      return []
    }
  }

  var errors: [Problem] { problems.filter { $0.weight == .error } }
  var hasFailed: Bool { !errors.isEmpty || outcomes.contains { !$0.failures.isEmpty } }

  /// What differs in promtool's words, each with its place.
  func texts(isDiff: Bool) -> [String] {
    errors.map(\.description) + outcomes.flatMap { texts(of: $0, isDiff: isDiff) }
  }

  func texts(of outcome: UnitTestOutcome, isDiff: Bool) -> [String] {
    outcome.failures.map { failure in
      "\(Inert.terminalKeepingLines(failure.text(isDiff: isDiff)))\n    at \(file):\(failure.position.line):\(failure.position.column)"
    }
  }
}
