import ArgumentParser
import PromQL
import Values

struct PromQLTestVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run evaluation tests in the format of Prometheus' own (`*.test`).",
    discussion: """
      Instant evaluations are repeated as range queries and with `@` on every selector, as Prometheus does. \
      What needs native histograms or start timestamps is skipped, each with its reason. Exits with 1 when \
      one fails.
      """)

  private struct Document: Encodable {
    struct Evaluation: Encodable {
      let file: String
      let line: Int
      let expr: String
      /// `passed`, `failed` or `skipped`.
      let verdict: String
      let reason: String?
      /// Which part of the language it is about: A stable, B experimental, N native histograms, S start
      /// timestamps, T type and unit.
      let tier: String
    }

    var schema = "midwatch.promql_test/1"
    let problems: [Problem]
    let evaluations: [Evaluation]
  }

  @Flag(
    name: .customLong("delayed-name-removal"), help: "Drop metric names at the end of a query, not at once.")
  var delaysNameRemoval = false
  @Flag(help: "Allow experimental functions and syntax.") var experimental = false
  @Option(help: "How to answer: table or json.") var format = OutputFormat.table
  @Argument(help: "Files of tests, or patterns of files.") var files: [String]

  func run() throws {
    var problems: [Problem] = []
    var report = TestReport()
    for path in RuleText.paths(files) {
      let source = RuleText(path)
      problems += source.problem.map { [$0] } ?? []
      guard let text = source.text else { continue }
      let (script, found) = TestScript.read(text, file: path)
      problems += found
      var options = EvaluationOptions()
      options.delaysNameRemoval = delaysNameRemoval
      var run = TestRun(options: options, parseOptions: PromQL.ParseOptions(experimental: experimental))
      report.outcomes += run.run(script)
    }
    if format == .json {
      try Standard.json(Document(problems: problems, evaluations: report.outcomes.map(Self.evaluation)))
    } else {
      tell(problems, report)
    }
    if !problems.isEmpty || !report.failures.isEmpty { throw ExitCode(1) }
  }

  private static func evaluation(_ outcome: TestOutcome) -> Document.Evaluation {
    let (verdict, reason): (String, String?) =
      switch outcome.verdict {
      case .passed: ("passed", nil)
      case .failed(let why): ("failed", why)
      case .skipped(let skip): ("skipped", skip.reason.rawValue)
      }
    return Document.Evaluation(
      file: outcome.file, line: outcome.line, expr: outcome.text, verdict: verdict, reason: reason,
      tier: outcome.tier.rawValue)
  }

  private func tell(_ problems: [Problem], _ report: TestReport) {
    for problem in problems { Standard.plainError(problem.description) }
    for outcome in report.outcomes where outcome.verdict != .passed {
      Standard.out(Inert.terminalKeepingLines(outcome.description))
    }
    for (reason, count) in report.skipsByReason { Standard.out("\(count) skipped: \(reason.rawValue)") }
    Standard.out(report.summary)
  }
}
