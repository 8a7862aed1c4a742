import Alerting
import ArgumentParser
import Patterns
import Values

struct RulesTestVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run promtool's unit tests for rules, and tell every difference.",
    discussion: "Exits as promtool does: 0 when every test passes, 1 when one fails or cannot be read.")

  private struct Document: Encodable {
    struct Failure: Encodable {
      let line: Int
      let column: Int
      let text: String
    }

    struct Test: Encodable {
      let name: String
      let passed: Bool
      let failures: [Failure]
    }

    struct File: Encodable {
      let file: String
      let problems: [Problem]
      let tests: [Test]
    }

    var schema = "midwatch.rules_test/1"
    let files: [File]
  }

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("Run the tests whose name it matches; may be repeated.", valueName: "regex"))
  var names: [String] = []
  @Flag(name: .customLong("diff"), help: "Show what was expected and what came as one list.")
  var isDiff = false
  @Option(help: "How to answer: text, junit or json.") var format = RuleOutputFormat.text
  @Argument(help: "Files of tests, or patterns of files.") var files: [String]

  func run() throws {
    let wanted: Regex?
    do {
      wanted = names.isEmpty ? nil : try Regex(names.joined(separator: "|"), anchored: false)
    } catch {
      throw ValidationError("--run is no regular expression: \(Inert.terminal("\(error)"))")
    }
    var runs: [UnitTestFileRun] = []
    for path in RuleText.paths(files) {
      if format == .text { Standard.out("Unit Testing:  \(Inert.terminal(path))") }
      let run = UnitTestFileRun(path) { wanted?.matches($0) ?? true }
      if format == .text { tell(run) }
      runs.append(run)
    }
    switch format {
    case .text: break
    case .junit: Standard.out(report(runs).text)
    case .json: try Standard.json(document(runs))
    }
    if runs.contains(where: \.hasFailed) { throw ExitCode(1) }
  }

  private func tell(_ run: UnitTestFileRun) {
    for problem in run.problems where problem.weight == .warning {
      Standard.plainError("  WARNING: \(problem)")
    }
    if run.hasFailed {
      let texts = run.texts(isDiff: isDiff)
      Standard.plainError("  FAILED:\n" + texts.map { $0 + "\n\n" }.joined())
    } else {
      Standard.out("  SUCCESS\n")
    }
  }

  private func report(_ runs: [UnitTestFileRun]) -> JUnitReport {
    JUnitReport(
      suites: runs.map { run in
        // A file that cannot be read is one failed case, so that it is not overlooked.
        let broken =
          run.errors.isEmpty
          ? [] : [JUnitReport.Case(name: run.file, failures: run.errors.map(\.description))]
        return JUnitReport.Suite(
          name: run.file,
          cases: broken
            + run.outcomes.map {
              JUnitReport.Case(name: $0.name, failures: run.texts(of: $0, isDiff: isDiff))
            })
      })
  }

  private func document(_ runs: [UnitTestFileRun]) -> Document {
    Document(
      files: runs.map { run in
        Document.File(
          file: run.file, problems: run.problems,
          tests: run.outcomes.map { outcome in
            Document.Test(
              name: outcome.name, passed: outcome.failures.isEmpty,
              failures: outcome.failures.map {
                Document.Failure(
                  line: $0.position.line, column: $0.position.column, text: $0.text(isDiff: isDiff))
              })
          })
      })
  }
}
