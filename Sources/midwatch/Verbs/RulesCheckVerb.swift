import Alerting
import ArgumentParser
import Values

struct RulesCheckVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read rule files as strictly as Prometheus, and tell every mistake with its place.",
    discussion: """
      Reads Prometheus' rule files, and Kubernetes' `kind: PrometheusRule`; without a file, standard input. \
      Exits as promtool does: 0 when every file can be loaded, 1 when one cannot, and with --lint-fatal 3 \
      when only the lint finds something.
      """)

  private struct Document: Encodable {
    struct Place: Encodable {
      let line: Int
      let column: Int
    }

    struct Duplicate: Encodable {
      let name: String
      let labels: [String: String]
      let positions: [Place]
    }

    struct File: Encodable {
      let file: String
      let rules: Int
      let problems: [Problem]
      let duplicates: [Duplicate]
    }

    var schema = "midwatch.rules_check/1"
    let files: [File]
  }

  @Option(help: "What to look for besides mistakes: duplicate-rules, all or none.")
  var lint = RuleLint.duplicateRules
  @Flag(name: .customLong("lint-fatal"), help: "Exit with 3 when the lint finds something.")
  var isLintFatal = false
  @Option(help: "How to answer: text, junit or json.") var format = RuleOutputFormat.text
  @Argument(help: "Files, or patterns of files.") var files: [String] = []

  func run() throws {
    let sources =
      files.isEmpty ? [RuleText.standardInput()] : RuleText.paths(files).map { RuleText($0) }
    var checks: [RuleFileCheck] = []
    for source in sources {
      let check = RuleFileCheck(source, lint: lint)
      if format == .text { tell(check) }
      checks.append(check)
    }
    switch format {
    case .text: break
    case .junit: Standard.out(report(checks).text)
    case .json: try Standard.json(document(checks))
    }
    if checks.contains(where: { !$0.errors.isEmpty }) { throw ExitCode(1) }
    if isLintFatal, checks.contains(where: { !$0.duplicates.isEmpty }) { throw ExitCode(3) }
  }

  private func tell(_ check: RuleFileCheck) {
    Standard.out("Checking \(Inert.terminal(check.file))")
    for problem in check.problems where problem.weight == .warning {
      Standard.plainError(problem.description)
    }
    if !check.errors.isEmpty {
      Standard.plainError("  FAILED:\n" + check.errors.map(\.description).joined(separator: "\n"))
    } else if let lint = check.lintText {
      Standard.plainError("  FAILED:\n" + lint)
    } else {
      Standard.out("  SUCCESS: \(check.rules) rules found")
    }
    Standard.out("")
  }

  private func report(_ checks: [RuleFileCheck]) -> JUnitReport {
    let cases = checks.map { check in
      JUnitReport.Case(
        name: check.file,
        failures: check.errors.map(\.description) + (isLintFatal ? check.lintText.map { [$0] } ?? [] : []))
    }
    return JUnitReport(suites: [JUnitReport.Suite(name: "midwatch rules check", cases: cases)])
  }

  private func document(_ checks: [RuleFileCheck]) -> Document {
    Document(
      files: checks.map { check in
        Document.File(
          file: check.file, rules: check.rules, problems: check.problems,
          duplicates: check.duplicates.map { duplicate in
            Document.Duplicate(
              name: duplicate.name,
              labels: Dictionary(duplicate.labels.map { ($0.name, $0.text) }, uniquingKeysWith: { $1 }),
              positions: duplicate.positions.map { Document.Place(line: $0.line, column: $0.column) })
          })
      })
  }
}
