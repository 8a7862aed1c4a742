import Metrics
import Testing

@testable import PromQL

/// Working out many times at once changes no answer: not a bit of it, nor its order, its hints or its errors.
struct TimetableTests {
  private static let start: Int64 = 1_000_000
  private static let samples = 330
  /// Between samples, a little more or less.
  private static let scrape: Int64 = 15_000

  /// Gauges, counters with resets, and what is written as the evaluations go on; with gaps, ends and NaNs.
  private struct Data {
    var store = Store()
    /// What is written later: by time.
    var later: [(labels: Labels, point: Point)] = []

    init(seed: UInt64) {
      var chance = SplitMix64(seed: seed)
      for name in ["gauge", "work_total", "odd"] {
        for i in 0..<3 {
          for j in 0..<2 { add(Labels([("__name__", name), ("i", "\(i)"), ("j", "\(j)")]), &chance) }
        }
      }
      for step in 0..<TimetableTests.samples {
        let time = TimetableTests.start + Int64(step) * TimetableTests.scrape
        let labels = Labels([("__name__", "written"), ("i", "\(chance.below(3))")])
        later.append((labels, Point(t: time, v: Double(chance.below(9)))))
      }
    }

    private mutating func add(_ labels: Labels, _ chance: inout SplitMix64) {
      var value = Double(chance.below(100))
      var isAway = false
      for step in 0..<TimetableTests.samples {
        let time = TimetableTests.start + Int64(step) * TimetableTests.scrape + Int64(chance.below(3)) * 500
        if chance.below(40) == 0 {
          isAway.toggle()
          if isAway, chance.below(2) == 0 { store.append(labels, t: time, v: staleNaN) }
          continue
        }
        if isAway { continue }
        switch labels.metricName {
        case "work_total": value = chance.below(30) == 0 ? 0.25 : value + Double(chance.below(1000)) / 7
        case "odd":
          value = [.nan, .infinity, -.infinity, 0, -0.0, 1e300, Double(step)][chance.below(7)]
        default: value += Double(chance.below(2001)) / 100 - 10
        }
        store.append(labels, t: time, v: value)
      }
    }
  }

  /// Random expressions of all functions over ranges, selectors with and without offsets, and what is made of them.
  private struct Expressions {
    /// Numbers that are others at every time.
    static let always = [
      "quantile_over_time(scalar(gauge{i=\"1\", j=\"0\"}) / 100, gauge[2m])",
      "predict_linear(gauge[5m], time() % 600)",
    ]

    var chance: SplitMix64

    private mutating func pick(_ choices: [String]) -> String { choices[chance.below(choices.count)] }

    private mutating func selector() -> String {
      pick([
        "gauge", "work_total", "odd", "gauge{i=\"1\"}", "work_total{j!=\"0\"}", "odd{i=~\"0|2\"}", "nothing",
        "written", "{__name__=~\"gauge|odd\"}", "{i=\"2\"}",
      ])
    }

    private mutating func shift() -> String {
      pick(["", "", "", " offset 1m", " offset 70s500ms", " offset -45s", " @ 2000", " @ start()"])
    }

    private mutating func matrix() -> String {
      let range = pick(["1s", "15s", "30s", "1m", "5m", "5m", "20m"])
      if chance.below(8) == 0 { return "(\(instant()))[2m:30s]" }
      return "\(selector())[\(range)]\(pick(["", "", "", "", " anchored"]))\(shift())"
    }

    private mutating func instant() -> String { selector() + shift() }

    private static let windows = Function.all.filter { $0.arguments.contains(.matrix) }

    mutating func leaf() -> String {
      switch chance.below(6) {
      case 0: return instant()
      case 1: return "timestamp(\(instant()))"
      default:
        let function = Self.windows[chance.below(Self.windows.count)]
        let arguments = function.arguments.map { type in
          type == .matrix ? matrix() : pick(["0.3", "0.9", "60", "1.5", "scalar(gauge{i=\"1\",j=\"0\"})"])
        }
        return "\(function.name)(\(arguments.joined(separator: ", ")))"
      }
    }

    mutating func text() -> String {
      switch chance.below(7) {
      case 0: return "sum by (i) (\(leaf()))"
      case 1: return "\(leaf()) > \(chance.below(20))"
      case 2: return "\(leaf()) / on (i, j) \(leaf())"
      case 3: return "absent(\(leaf()))"
      case 4: return "topk(2, \(leaf())) or \(leaf())"
      default: return leaf()
      }
    }
  }

  private static func answer(_ ask: () throws(EvaluationError) -> Vector) -> [String] {
    do throws(EvaluationError) {
      return try ask().elements.map { "\($0.labels) \(String($0.value.bitPattern, radix: 16))" }
    } catch {
      return ["error: \(error.message)"]
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func aheadIsAsEachByItself(seed: UInt64) throws {
    var expressions = Expressions(chance: SplitMix64(seed: seed &* 7919))
    let options = PromQL.ParseOptions(experimental: true)
    let texts = Expressions.always + (0..<24).map { _ in expressions.text() }
    let exprs = try texts.map { try PromQL.parse($0, options: options) }
    var data = Data(seed: seed)
    var evaluation = EvaluationOptions()
    evaluation.lookback = [300_000, 40_000][Int(seed % 2)]
    evaluation.sampleLimit = seed == 3 ? 300 : 50_000_000
    var ahead = QueryGroup(exprs, writing: ["written"], options: evaluation)
    var alone = ahead
    let step: Int64 = [7_000, 15_000, 33_500][Int(seed % 3)]
    let end = Self.start + Int64(Self.samples) * Self.scrape
    ahead.expect(Timetable(from: Self.start - 60_000, to: end, step: step, written: ["written"]))
    var (time, known, answers) = (Self.start - 60_000, 0, 0)
    while time <= end + 3 * step {
      while known < data.later.count, data.later[known].point.t <= time {
        data.store.append(
          data.later[known].labels, t: data.later[known].point.t, v: data.later[known].point.v)
        known += 1
      }
      ahead.beginRound()
      alone.beginRound()
      for index in exprs.indices {
        let found = Self.answer { () throws(EvaluationError) in
          try ahead.vector(index, at: time, in: data.store)
        }
        let hints = ahead.annotations
        let expected = Self.answer { () throws(EvaluationError) in
          try alone.vector(index, at: time, in: data.store)
        }
        try #require(found == expected, "\(exprs[index]) at \(time), seed \(seed)")
        try #require(hints == alone.annotations, "\(exprs[index]) at \(time), seed \(seed)")
        answers += expected.count
      }
      time += step
    }
    #expect(answers > 5000)
  }

  /// Every sample that lies in a window counts against the limit, markers of a series' end included.
  @Test(arguments: 1...12)
  func theLimitOfSamplesIsTheSame(limit: Int) throws {
    var store = Store()
    for i in 0..<2 {
      for step in 0..<9 {
        let labels = Labels([("__name__", "x"), ("i", "\(i)")])
        store.append(labels, t: Int64(step) * 10_000, v: step % 3 == 1 ? staleNaN : Double(step))
      }
    }
    var options = EvaluationOptions()
    options.sampleLimit = limit
    var alone = QueryGroup(
      try ["count_over_time(x[40s])", "x"].map { try PromQL.parse($0) }, options: options)
    var ahead = alone
    ahead.expect(Timetable(from: 0, to: 120_000, step: 5000))
    var errors = 0
    for time in stride(from: Int64(0), through: 120_000, by: 5000) {
      for index in 0..<2 {
        let found = Self.answer { () throws(EvaluationError) in
          try ahead.vector(index, at: time, in: store)
        }
        let expected = Self.answer { () throws(EvaluationError) in
          try alone.vector(index, at: time, in: store)
        }
        #expect(found == expected, "\(index) at \(time)")
        if expected.first?.hasPrefix("error") ?? false { errors += 1 }
      }
    }
    #expect((errors > 0) == (limit < 8))
  }

  /// A range query is its instants, one behind the other.
  @Test(arguments: 11...13 as ClosedRange<UInt64>)
  func aRangeIsItsInstants(seed: UInt64) throws {
    var expressions = Expressions(chance: SplitMix64(seed: seed))
    let store = Data(seed: seed).store
    let end = Self.start + Int64(Self.samples) * Self.scrape
    for _ in 0..<20 {
      let text = expressions.text()
      guard !text.contains("@ start()") else { continue }
      let expr = try PromQL.parse(text, options: PromQL.ParseOptions(experimental: true))
      var query = Query(expr)
      var single = Query(expr)
      var found: [String] = []
      var expected: [String] = []
      do throws(EvaluationError) {
        guard case .matrix(let series) = try query.range(from: Self.start, to: end, step: 11_000, in: store)
        else { continue }
        for one in series { found += one.points.map { "\(one.labels) \($0.t) \($0.v.bitPattern)" } }
      } catch {
        found = [error.message]
      }
      do throws(EvaluationError) {
        for time in stride(from: Self.start, through: end, by: 11_000) {
          guard case .vector(let elements) = try single.instant(at: time, in: store) else { continue }
          expected += elements.map { "\($0.labels) \(time) \($0.value.bitPattern)" }
        }
      } catch {
        expected = [error.message]
      }
      if found.count == 1, found != expected, found[0].hasPrefix("vector cannot contain") { continue }
      #expect(found.sorted() == expected.sorted(), "\(text), seed \(seed)")
    }
  }
}

extension SplitMix64 {
  fileprivate mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
