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

  /// Everything that needs neither native histograms nor a feature flag passes. The numbers are what must pass,
  /// and what may fail because it uses `anchored`, `smoothed`, `info`, computed durations, start
  /// timestamps, type and unit labels, or Prometheus' own hash.
  @Test(arguments: [
    ("aggregators", 79, 0), ("at_modifier", 50, 0), ("collision", 2, 0), ("duration_expression", 1, 30),
    ("extended_vectors", 21, 73), ("fill-modifier", 29, 0), ("functions", 209, 0), ("histograms", 58, 0),
    ("info", 2, 31),
    ("limit", 0, 1), ("literals", 15, 0), ("name_label_dropping", 17, 0), ("native_histograms", 3, 0),
    ("operators", 96, 0), ("range_queries", 10, 0), ("selectors", 19, 0), ("staleness", 13, 0),
    ("start_timestamps", 0, 1), ("subquery", 21, 0), ("trig_functions", 10, 0), ("type_and_unit", 28, 11),
  ])
  func upstreamTestsPass(name: String, floor: Int, ceiling: Int) {
    var options = EvaluationOptions()
    options.delaysNameRemoval = true
    let run = TestRun(options: options, parseOptions: PromQL.ParseOptions(experimental: true))
    let path = "promql/upstream/\(name).test"
    guard Conformance.file(path) != nil else { return }
    let tally = Tally.run(path, run, checksInvariance: true)
    #expect(tally.passed >= floor, "\(name): \(tally)")
    #expect(tally.failed.count <= ceiling, "\(name): \(tally)")
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
