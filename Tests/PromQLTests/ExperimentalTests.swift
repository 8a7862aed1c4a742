import Foundation
import Metrics
import Testing

@testable import PromQL

/// What the experimental option adds, where the upstream tests leave something open.
struct ExperimentalTests {
  private let options = PromQL.ParseOptions(experimental: true)

  private func expectAllPass(_ script: String, count: Int) {
    let (script, problems) = TestScript.read(script, file: "test")
    #expect(problems.isEmpty, "\(problems)")
    var run = TestRun(parseOptions: options)
    let outcomes = run.run(script)
    #expect(outcomes.count == count)
    for outcome in outcomes { #expect(outcome.verdict == .passed, "\(outcome)") }
  }

  @Test func smoothedCountersStartFromZeroAfterAReset() {
    expectAllPass(
      """
      load 15s
        x_total 100 10

      eval instant at 10s increase(x_total[5s] smoothed)
        {} 3.3333333333333335

      eval instant at 10s delta(x_total[5s] smoothed)
        {} -30

      eval instant at 5m smoothed_nothing smoothed

      eval instant at 20s x_total smoothed
        x_total 10

      eval instant at 5m15s x_total smoothed
      """, count: 5)
  }

  @Test func rootRangesHaveValuesAtTheirEnds() throws {
    var store = Store()
    for t in 0..<6 { store.append(Labels([("__name__", "x")]), t: Int64(t) * 10_000, v: Double(t)) }
    func points(_ text: String) throws -> [Point] {
      var query = Query(try PromQL.parse(text, options: options))
      guard case .matrix(let series) = try query.instant(at: 35_000, in: store) else { return [] }
      return series.flatMap(\.points)
    }
    #expect(try points("x[20s]").map(\.t) == [20_000, 30_000])
    #expect(
      try points("x[20s] anchored")
        == [Point(t: 15_000, v: 1), Point(t: 20_000, v: 2), Point(t: 30_000, v: 3), Point(t: 35_000, v: 3)])
    #expect(
      try points("x[20s] smoothed")
        == [
          Point(t: 15_000, v: 1.5), Point(t: 20_000, v: 2), Point(t: 30_000, v: 3), Point(t: 35_000, v: 3.5),
        ])
    #expect(try points("x[20s] anchored @ 1000") == [])
  }

  @Test(arguments: [
    ("x[step()]", "duration must be greater than 0"), ("x[5m / step()]", "division by zero"),
    ("x[5m] offset (1y ^ 9)", "out of range"), ("x[NaN * 1]", "greater than 0"),
    ("x[5m:range()]", "greater than 0"),
  ])
  func computedDurationsFailWithASentence(text: String, words: String) throws {
    var query = Query(try PromQL.parse("count_over_time(" + text + ")", options: options))
    do {
      _ = try query.instant(at: 0, in: Store())
      Issue.record("evaluated")
    } catch {
      #expect(error.message.contains(words), "\(error)")
    }
  }

  @Test func computedDurationsFollowEachQuery() throws {
    var store = Store()
    for t in 0..<100 { store.append(Labels([("__name__", "x")]), t: Int64(t) * 1000, v: 1) }
    var query = Query(try PromQL.parse("count_over_time(x[step() * 2])", options: options))
    for step in [1, 5, 10] as [Int64] {
      let value = try query.range(from: 50_000, to: 50_000, step: step * 1000, in: store)
      #expect(value == .matrix([SeriesPoints(.empty, [Point(t: 50_000, v: Double(step) * 2)])]))
    }
  }

  @Test(
    arguments: [
      ("", 0xef46_db37_51d8_e999), ("a", 0xd24e_c4f1_a98c_6e5b), ("abc", 0x44bc_2cf5_ad77_0999),
      ("Nobody inspects the spammish repetition", 0xfbce_a83c_8a37_8bf1),
    ] as [(String, UInt64)])
  func xxh64(text: String, hash: UInt64) {
    #expect(XXH64.hash(Array(text.utf8)) == hash)
  }

  @Test func aShareAndTheRestHoldEverySeriesOnce() throws {
    var store = Store()
    for i in 0..<500 { store.append(Labels([("__name__", "x"), ("i", "\(i)")]), t: 0, v: 1) }
    func count(_ text: String) throws -> Double {
      var query = Query(try PromQL.parse(text, options: options))
      guard case .vector(let elements) = try query.instant(at: 0, in: store) else { return .nan }
      return elements.first?.value ?? 0
    }
    for share in ["0", "0.3", "0.5", "1"] {
      #expect(try count("count(limit_ratio(\(share), x) or limit_ratio(-(1 - \(share)), x))") == 500)
      #expect(try count("count(limit_ratio(\(share), x) and limit_ratio(-(1 - \(share)), x))") == 0)
    }
    #expect(try (100...200).contains(count("count(limit_ratio(0.3, x))")))
  }

  @Test func infoFailsOnTwoSeriesOfOneTimeAndOnConflicts() {
    expectAllPass(
      """
      load 1m
        x{instance="a"} 1
        target_info{instance="a", v="1"} 1
        target_info{instance="a", v="2"} 1

      eval instant at 0 info(x)
        expect fail msg: found duplicate series for info metric

      eval instant at 0 info(x, {v="1"})
        x{instance="a", v="1"} 1

      eval instant at 0 info(x, {v="3"})

      eval instant at 0 info(x{instance="b"})
      """, count: 4)
  }

  @Test func outcomesSayWhereAndWhyACaseIsSkipped() {
    let (script, _) = TestScript.read(
      """
      load 1m
        h {{schema:0 sum:1 count:1}}
        x@st 0s
        x 1
        y{__type__="gauge"} 1
        z 1

      eval instant at 0 h

      eval instant at 0 h >/ 1

      eval instant at 0 x

      eval instant at 0 -y
        {} -1

      eval instant at 0 limitk(1, z)
        z 1

      eval instant at 0 z
        z 2
      """, file: "a.test")
    var run = TestRun(parseOptions: options)
    let report = TestReport(run.run(script))
    #expect(report.summary == "1 passed, 1 failed, 4 skipped")
    #expect(
      report.skipsByReason.map(\.reason) == [.nativeHistograms, .trims, .startTimestamps, .typeAndUnit])
    #expect(
      report.byTier.map(\.tier) == [
        .stable, .experimental, .nativeHistograms, .startTimestamps, .typeAndUnit,
      ])
    #expect(report.outcomes.first?.description.hasPrefix("a.test:8: h: skipped: native histograms") == true)
    #expect(report.failures.map(\.line) == [20])
  }

  /// The page names what is experimental and what needs native histograms, and nothing else as such.
  @Test func theDocumentationNamesEveryException() throws {
    let page = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/promql.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let part = { (title: String) in
      text.components(separatedBy: "\n## ").first { $0.hasPrefix(title) } ?? ""
    }
    for function in Function.all {
      #expect(
        part("Experimental").contains("`\(function.name)`") == function.isExperimental, "\(function.name)")
      if case .refused = function.work { #expect(part("Not supported").contains("`\(function.name)`")) }
    }
  }
}
