import Foundation
import PromQL
import Testing

/// Evaluation tests: random ones with the default engine's answers, and Prometheus' own.
///
/// Every instant query runs as a range query and pinned by `@`, too, as Prometheus' own harness does it.
struct EvaluationConformanceTests {
  @Test(arguments: ["oracle_101", "oracle_102"])
  func generatedQueriesYieldPrometheusNumbers(name: String) throws {
    guard let report = try report("promql/generated/\(name).test", TestRun()) else { return }
    #expect(report.failures.isEmpty && report.skips.isEmpty, "\(report.details)")
    #expect(report.passed > 590)
  }

  /// Nothing fails; what is skipped, and why, is counted: cases on samples that are not read.
  @Test(arguments: [
    ("aggregators", 79, 22), ("at_modifier", 50, 0), ("collision", 2, 0), ("duration_expression", 31, 0),
    ("extended_vectors", 68, 27), ("fill-modifier", 29, 0), ("functions", 209, 61), ("histograms", 58, 51),
    ("info", 32, 1), ("limit", 1, 17), ("literals", 15, 0), ("name_label_dropping", 17, 0),
    ("native_histograms", 3, 289), ("operators", 96, 44), ("range_queries", 10, 1), ("selectors", 19, 0),
    ("staleness", 13, 0), ("start_timestamps", 0, 18), ("subquery", 21, 1), ("trig_functions", 10, 0),
    ("type_and_unit", 28, 11),
  ])
  func upstreamTestsPass(name: String, passed: Int, skipped: Int) throws {
    var options = EvaluationOptions()
    options.delaysNameRemoval = true
    let run = TestRun(options: options, parseOptions: PromQL.ParseOptions(experimental: true))
    guard let report = try report("promql/upstream/\(name).test", run) else { return }
    #expect(report.failures.isEmpty, "\(name): \(report.details)")
    #expect(report.passed == passed && report.skips.count == skipped, "\(name): \(report.summary)")
    #expect(report.skips.allSatisfy { $0.tier != .stable && $0.tier != .experimental })
  }

  private func report(_ path: String, _ run: TestRun) throws -> TestReport? {
    guard let bytes = Conformance.file(path) else { return nil }
    let (script, problems) = TestScript.read(String(decoding: bytes, as: UTF8.self), file: path)
    #expect(problems.isEmpty, "\(problems)")
    var run = run
    #expect(run.checksInvariance)
    let report = TestReport(run.run(script))
    print(
      "\(path): \(report.summary)"
        + report.skipsByReason.map { "; \($0.count): \($0.reason.rawValue)" }.joined())
    for (tier, part) in report.byTier { print("  tier \(tier.rawValue): \(part.summary)") }
    return report
  }
}

extension TestReport {
  fileprivate var details: String {
    summary + "\n" + failures.prefix(60).map(\.description).joined(separator: "\n")
  }
}
