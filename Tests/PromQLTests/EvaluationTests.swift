import Metrics
import PromQL
import Testing
import Values

struct EvaluationTests {
  private func run(_ script: String, options: EvaluationOptions = EvaluationOptions()) -> [TestOutcome] {
    let (script, problems) = TestScript.read(script, file: "test")
    #expect(problems.isEmpty, "\(problems)")
    var run = TestRun(options: options)
    return run.run(script)
  }

  private func expectAllPass(_ script: String, count: Int) {
    let outcomes = run(script)
    #expect(outcomes.count == count)
    for outcome in outcomes { #expect(outcome.verdict == .passed, "\(outcome.line): \(outcome.text)") }
  }

  @Test func windowsAreLeftOpen() {
    expectAllPass(
      """
      load 1m
        x 0+1x10

      eval instant at 5m count_over_time(x[1m])
        {} 1

      eval instant at 5m count_over_time(x[1m1ms])
        {} 2

      eval instant at 15m x
      eval instant at 14m59s999ms x
        x 10

      eval instant at 5m count_over_time(x[4m:1m])
        {} 4
      """.replacing("x\neval", with: "x\n\neval"), count: 5)
  }

  @Test func ratesAreExtrapolatedButNotBelowZero() {
    expectAllPass(
      """
      load 15s
        a_total 0 10 20 30 40
        b_total 100 110 5 15 25
        c_total _ _ 3 33 63

      eval instant at 60s increase(a_total[1m])
        {} 40

      eval instant at 60s increase(b_total[1m15s])
        {} 43.75

      eval instant at 60s increase(c_total[1m])
        {} 63

      eval instant at 60s rate(a_total[10s])

      eval instant at 60s irate(b_total[1m])
        {} 0.6666666666666666

      eval instant at 60s resets(b_total[2m])
        {} 1
      """, count: 6)
  }

  @Test func staleMarkersHideASeriesAtOnce() {
    expectAllPass(
      """
      load 10s
        x 1 2 stale NaN

      eval instant at 20s x

      eval instant at 30s x
        x NaN

      eval instant at 30s count_over_time(x[1m])
        {} 3

      eval instant at 20s absent(x{job="a",job="b",dc="c"})
        {dc="c"} 1
      """.replacing("absent(x{job=\"a\",job=\"b\",dc=\"c\"})", with: "absent(x{job=\"a\",dc=~\"c\",s=\"t\"})")
        .replacing("{dc=\"c\"} 1", with: "{job=\"a\", s=\"t\"} 1"), count: 4)
  }

  @Test func namesGoAtOnceUnlessDelayed() {
    let script = """
      load 1m
        a{x="1"} 1
        b{x="1"} 2

      eval instant at 0 abs({__name__=~"a|b"})
        expect fail

      eval instant at 0 sum by (__name__) (abs({__name__=~"a|b"}))
        expect fail
      """
    #expect(run(script).map(\.verdict) == [.passed, .passed])
    var options = EvaluationOptions()
    options.delaysNameRemoval = true
    #expect(run(script, options: options).map(\.verdict) == [.passed, .passed])
  }

  @Test(arguments: [
    (
      "histogram_count(up)",
      "\"histogram_count\" needs native histograms, which are not supported; use classic histograms"
    ),
    ("up >/ 1", "\">/\" needs native histograms, which are not supported"),
    ("up </ up", "\"</\" needs native histograms, which are not supported"),
  ])
  func nativeHistogramsAreRefusedWithASentence(text: String, message: String) throws {
    var store = Store()
    store.append(Labels([("__name__", "up")]), t: 0, v: 1)
    var query = Query(try PromQL.parse(text))
    do {
      _ = try query.instant(at: 0, in: store)
      Issue.record("evaluated")
    } catch {
      #expect(error.message == message)
    }
  }

  @Test func aQueryRemembersItsSeriesUntilTheyChange() throws {
    var store = Store()
    store.append(Labels([("__name__", "up"), ("job", "a")]), t: 1000, v: 1)
    var query = Query(try PromQL.parse("count(up)"))
    #expect(try query.instant(at: 1000, in: store) == .vector([Element(.empty, 1)]))
    store.append(Labels([("__name__", "up"), ("job", "b")]), t: 1000, v: 1)
    #expect(try query.instant(at: 1000, in: store) == .vector([Element(.empty, 2)]))
    store.trim(before: 5000)
    #expect(try query.instant(at: 1000, in: store) == .vector([]))
    var other = Store()
    other.append(Labels([("__name__", "up"), ("job", "c")]), t: 1000, v: 1)
    #expect(try query.instant(at: 1000, in: other) == .vector([Element(.empty, 1)]))
  }

  @Test func limitsAndCancellationStopAQuery() throws {
    var store = Store()
    for t in 0..<1000 { store.append(Labels([("__name__", "x")]), t: Int64(t) * 1000, v: 1) }
    var options = EvaluationOptions()
    options.sampleLimit = 500
    var query = Query(try PromQL.parse("sum_over_time(x[20m])"), options: options)
    #expect(throws: EvaluationError.self) { try query.instant(at: 1_000_000, in: store) }
    var endless = Query(try PromQL.parse("sum_over_time(x[1y:1ms])"))
    endless.isCancelled = { true }
    #expect(throws: EvaluationError.self) { try endless.instant(at: 1_000_000, in: store) }
  }

  @Test(arguments: [
    "rate(x[292y] @ -9223372036854775)", "x @ 9223372036854774", "sum_over_time(x[5m:1s] @ 9223372036854774)",
    "x offset -292y", "max_over_time(rate(x[292y])[1m:1m] offset 292y)", "predict_linear(x[292y], 1e300)",
    "vector(1e300) % 0",
    "hour(vector(-1e18))", "year(vector(9.3e18))", "day_of_week(vector(-86401))", "topk(1e18, x)",
    "quantile(0.5, x)", "round(x, 0)", "clamp(x, 2, 1)", "histogram_quantile(0.5, x)",
    "label_replace(x, \"a\", \"$9\", \"b\", \"\")",
    "x ^ 1e308", "bottomk(-1, x)", "sum_over_time(x[1ms:292y])",
  ])
  func extremesTrapNothing(text: String) throws {
    var store = Store()
    for t in 0..<10 {
      store.append(Labels([("__name__", "x"), ("le", "\(t)")]), t: Int64(t) * 60_000, v: Double(t))
    }
    var query = Query(try PromQL.parse(text))
    for time in [Int64.min, -1, 0, 300_000, Int64.max] {
      _ = try? query.instant(at: time, in: store)
      _ = try? query.range(from: time, to: time.addingSaturating(120_000), step: 60_000, in: store)
    }
  }

  @Test func rangesYieldAMatrixSortedByLabels() throws {
    var store = Store()
    for (job, t) in [("b", 0), ("a", 60_000), ("b", 60_000)] as [(String, Int64)] {
      store.append(Labels([("job", job), ("__name__", "x")]), t: t, v: Double(t))
    }
    var query = Query(try PromQL.parse("x + 1"))
    let value = try query.range(from: 0, to: 60_000, step: 60_000, in: store)
    #expect(
      value
        == .matrix([
          SeriesPoints(Labels([("job", "a")]), [Point(t: 60_000, v: 60_001)]),
          SeriesPoints(Labels([("job", "b")]), [Point(t: 0, v: 1), Point(t: 60_000, v: 60_001)]),
        ]))
    var scalar = Query(try PromQL.parse("time()"))
    #expect(
      try scalar.range(from: 0, to: 2000, step: 1000, in: store)
        == .matrix([SeriesPoints(.empty, [0, 1, 2].map { Point(t: $0 * 1000, v: Double($0)) })]))
    var wrong = Query(try PromQL.parse("x[5m]"))
    #expect(throws: EvaluationError.self) { try wrong.range(from: 0, to: 1, step: 1, in: store) }
  }

  @Test func aSnapshotIsReadWhileTheStoreGrows() async throws {
    var store = Store()
    let series = (0..<50).map { Labels([("__name__", "x"), ("i", "\($0)")]) }
    for labels in series { for t in 0..<200 { store.append(labels, t: Int64(t) * 1000, v: 1) } }
    let snapshot = store
    let expr = try PromQL.parse("sum(sum_over_time(x[10m]))")
    let reader = Task.detached {
      var query = Query(expr)
      return try (0..<20).map { _ in try query.instant(at: 9_999_000, in: snapshot) }
    }
    let early = Task.detached {
      var query = Query(expr)
      return try (0..<20).map { _ in try query.instant(at: 199_000, in: snapshot) }
    }
    for t in 200..<600 { for labels in series { store.append(labels, t: Int64(t) * 1000, v: 1) } }
    #expect(try await reader.value.allSatisfy { $0 == .vector([]) })
    #expect(try await early.value.allSatisfy { $0 == .vector([Element(.empty, 10_000)]) })
    #expect(store.appended == 30_000)
  }

  @Test(
    arguments: [
      ("x 1 _ 2+1x2 stale", [1, nil, 2, 3, 4]), ("x 1-2x2", [1, -1, -3]), ("x _x2 5x1", [nil, nil, 5, 5]),
      ("x 0x5", [0, 0, 0, 0, 0, 0]), ("x -5-0x1 1e-09 Inf", [-5, -5, 1e-09, .infinity]),
      ("x{a=\"} \"} 1e+2+3x1", [100, 103]),
    ] as [(String, [Double?])])
  func seriesNotation(line: String, values: [Double?]) throws {
    let notation = try SeriesNotation(line)
    #expect(notation.labels.metricName == "x")
    #expect(notation.values.filter { $0?.isStale != true } == values)
  }

  @Test(arguments: ["x 1y", "x 1+x3", "x{a=~\"b\"} 1", "x{a=\"b\" 1", "x 1x-3"])
  func wrongNotation(line: String) {
    #expect(throws: ParseError.self) { try SeriesNotation(line) }
  }

  @Test func scriptsReportEveryProblem() {
    let (_, problems) = TestScript.read(
      "load x\n\nfoo\n\neval instant up\n\nload 1m\n  a 1z\n", file: "f.test")
    #expect(problems.map(\.position.line) == [1, 3, 5, 8])
  }

  @Test func aWrongExpectationFails() {
    let outcomes = run(
      "load 1m\n  x 1\n\neval instant at 0 x\n  x 2\n\neval instant at 0 x\n  y 1\n\neval instant at 0 (\n  x 1\n"
    )
    #expect(outcomes.count == 3)
    for outcome in outcomes {
      if case .failed = outcome.verdict { continue }
      Issue.record("line \(outcome.line) passed")
    }
  }
}
