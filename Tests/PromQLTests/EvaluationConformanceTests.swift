import Foundation
import PromQL
import Testing

/// Evaluation tests: random ones with the default engine's answers, and Prometheus' own.
struct EvaluationConformanceTests {
  @Test(arguments: ["oracle_101", "oracle_102"])
  func generatedQueriesYieldPrometheusNumbers(name: String) {
    let tally = Tally.run(
      "promql/generated/\(name).test", TestRun(), checksInvariance: false)
    #expect(tally.failed.isEmpty, "\(tally)")
  }

  @Test(arguments: [
    "aggregators", "at_modifier", "collision", "duration_expression", "extended_vectors", "fill-modifier",
    "functions",
    "histograms", "info", "limit", "literals", "name_label_dropping", "native_histograms", "operators",
    "range_queries",
    "selectors", "staleness", "start_timestamps", "subquery", "trig_functions", "type_and_unit",
  ])
  func upstreamTestsPass(name: String) {
    var options = EvaluationOptions()
    options.delaysNameRemoval = true
    let run = TestRun(options: options, parseOptions: PromQL.ParseOptions(experimental: true))
    let tally = Tally.run("promql/upstream/\(name).test", run, checksInvariance: true)
    #expect(tally.failed.isEmpty, "\(name): \(tally)")
  }
}

/// What became of the evaluations of one file.
struct Tally: CustomStringConvertible {
  var passed = 0
  var skipped = 0
  var failed: [String] = []

  static func run(_ path: String, _ run: TestRun, checksInvariance: Bool) -> Tally {
    var tally = Tally()
    guard let bytes = Conformance.file(path) else { return tally }
    let (script, problems) = TestScript.read(String(decoding: bytes, as: UTF8.self), file: path)
    tally.failed += problems.map(\.description)
    var run = run
    run.checksInvariance = checksInvariance
    for outcome in run.run(script) {
      switch outcome.verdict {
      case .passed: tally.passed += 1
      case .skipped: tally.skipped += 1
      case .failed(let why): tally.failed.append("\(outcome.line): \(outcome.text): \(why)")
      }
    }
    print("\(path): \(tally.passed) passed, \(tally.skipped) skipped, \(tally.failed.count) failed")
    return tally
  }

  var description: String {
    "\(passed) passed, \(skipped) skipped, \(failed.count) failed:\n"
      + failed.prefix(60).joined(separator: "\n")
  }
}
