import Metrics
import Testing

@testable import PromQL

/// What queries remember between evaluations changes no answer.
struct RememberingTests {
  private static let expressions = [
    "x", "-x", "x > 2", "x > bool 2", "x + 1", "abs(x)", "clamp(x, 2, 3)", "clamp(x, 3, 2)", "sum by (i) (x)",
    "avg without (j) (x)", "count(x)", "quantile by (j) (0.5, x)", "topk by (j) (2, x)",
    "count_values(\"v\", x)",
    "stddev(x)", "min by (j) (x) + max by (j) (x)", "x * on (i, j) y", "x / on (i) group_left (k) z", "x > y",
    "x == bool y", "x and y", "x unless y", "x or y", "x or on (i) y", "rate(x[3m])", "sum(increase(x[3m]))",
    "max_over_time(x[2m])", "last_over_time(x[2m])", "max_over_time(sum by (j) (x)[4m:1m])",
    "absent(x{i=\"0\"})",
    "label_replace(x, \"i\", \"$1\", \"j\", \"(.*)\")", "label_join(x, \"l\", \"-\", \"i\", \"j\")",
    "sort_desc(x)",
    "timestamp(x)", "timestamp(x + 1)", "scalar(x{i=\"1\", j=\"0\"})", "{__name__=~\"x|y\"} * 2",
    "rate({__name__=~\"x|y\"}[3m])", "histogram_quantile(0.9, sum by (le, i) (b))",
    "histogram_quantile(0.5, b)",
    "x * on (j) y", "x offset 1m + x", "x + on (i, j) x + on (i, j) x",
  ]

  @Test(arguments: [1, 2, 3] as [UInt64])
  func aKeptQueryAnswersAsANewOne(seed: UInt64) throws {
    var chance = Chance(state: seed)
    var store = Store()
    var kept = try Self.expressions.map { Query(try PromQL.parse($0)) }
    var group = QueryGroup(try Self.expressions.map { try PromQL.parse($0) })
    var answers = 0
    for minute in 0..<40 {
      let time = Int64(minute) * 60_000
      Self.scrape(into: &store, at: time, &chance)
      if minute % 11 == 10 { store.trim(before: time - 400_000) }
      group.beginRound()
      for index in Self.expressions.indices {
        var fresh = Query(try PromQL.parse(Self.expressions[index]))
        let expected = Self.answer { () throws(EvaluationError) in try fresh.instant(at: time, in: store) }
        let found = Self.answer { () throws(EvaluationError) in try kept[index].instant(at: time, in: store) }
        #expect(found == expected, "\(Self.expressions[index]) at minute \(minute)")
        let shared = Self.answer { () throws(EvaluationError) in
          .vector(try group.vector(index, at: time, in: store).elements)
        }
        #expect(shared == expected, "\(Self.expressions[index]) at minute \(minute), in a group")
        #expect(group.annotations == kept[index].annotations)
        answers += expected.count
      }
    }
    #expect(answers > 5000)
  }

  /// The lines of a result, sorted: its order is nobody's promise.
  private static func answer(_ ask: () throws(EvaluationError) -> Value) -> [String] {
    do throws(EvaluationError) {
      switch try ask() {
      case .vector(let elements): return elements.map { "\($0.labels) \($0.value)" }.sorted()
      case .scalar(let value): return ["{} \(value)"]
      default: return []
      }
    } catch {
      return ["error: " + error.message.prefix(60)]
    }
  }

  /// Series that come, go and end, and come back.
  private static func scrape(into store: inout Store, at time: Int64, _ chance: inout Chance) {
    for (name, i, j) in ["x", "y", "b"].flatMap({ name in
      (0..<3).flatMap { i in (0..<2).map { (name, i, $0) } }
    }) {
      var labels = ["__name__": name, "i": "\(i)", "j": "\(j)"]
      if name == "b" { labels["le"] = ["0.1", "1", "+Inf"][i] }
      if name == "b" { labels["i"] = "0" }
      let value = Double(chance.below(5)) + (name == "b" ? Double(time / 60_000 * Int64(i + 1)) : 0)
      switch chance.below(8) {
      case 0: continue
      case 1: store.append(Labels(labels), t: time, v: staleNaN)
      case 2: store.append(Labels(labels), t: time, v: .nan)
      default: store.append(Labels(labels), t: time, v: value)
      }
    }
    for i in 0..<3 where chance.below(3) > 0 {
      store.append(Labels([("__name__", "z"), ("i", "\(i)"), ("k", "k\(chance.below(2))")]), t: time, v: 2)
    }
  }

  private struct Chance {
    var state: UInt64

    /// A number from 0 to `bound`, which is left out (Knuth's MMIX generator).
    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }
}

/// Expressions evaluated together.
struct QueryGroupTests {
  private static func labels(_ name: String, _ i: String) -> Labels {
    Labels([("__name__", name), ("i", i)])
  }

  @Test func whatIsWrittenInBetweenIsSeen() throws {
    var store = Store()
    store.append(Self.labels("x", "1"), t: 1000, v: 1)
    store.append(Self.labels("y", "1"), t: 1000, v: 1)
    let texts = ["count(x)", "count(y)", "count(x)", "count(y)", "count({i=\"1\"})", "count({i=\"1\"})"]
    var group = QueryGroup(try texts.map { try PromQL.parse($0) }, writing: ["y"])
    func ask(_ index: Int) throws -> [Double] { try group.vector(index, at: 1000, in: store).values }
    group.beginRound()
    #expect(try ask(0) == [1])
    #expect(try ask(1) == [1])
    #expect(try ask(4) == [2])
    store.append(Self.labels("y", "2"), t: 1000, v: 1)
    store.append(Self.labels("y", "1"), t: 1000, v: staleNaN)
    store.append(Self.labels("z", "1"), t: 1000, v: 1)
    #expect(try ask(2) == [1])
    #expect(try ask(3) == [2])
    #expect(try ask(5) == [3])
    store.append(Self.labels("x", "2"), t: 1000, v: 1)
    group.beginRound()
    #expect(try ask(2) == [2])
  }

  @Test func aHintStandsWhereItsOwnExpressionHasTheRange() throws {
    var store = Store()
    for t in 0..<5 { store.append(Self.labels("x", "1"), t: Int64(t) * 1000, v: Double(t)) }
    var group = QueryGroup(try ["rate(x[5s])", "1 + rate(x[5s])", "sum(x)"].map { try PromQL.parse($0) })
    group.beginRound()
    let columns = try (0..<3).map { index in
      _ = try group.vector(index, at: 4000, in: store)
      return group.annotations.map(\.place.position.column)
    }
    #expect(columns == [[6], [10], []])
  }

  @Test func textsAndRangesAreNoVectors() throws {
    var group = QueryGroup(try ["\"text\"", "x[5m]", "7"].map { try PromQL.parse($0) })
    #expect(throws: EvaluationError.self) { try group.vector(0, at: 0, in: Store()) }
    #expect(throws: EvaluationError.self) { try group.vector(1, at: 0, in: Store()) }
    #expect(try group.vector(2, at: 0, in: Store()).elements == [Element(.empty, 7)])
  }
}

/// Series that become one when the metric's name goes, each with samples when the other has none.
struct MergingTests {
  private static func store() -> Store {
    var store = Store()
    for t in 0..<10 {
      store.append(Labels([("__name__", t < 5 ? "a_total" : "b_total")]), t: Int64(t) * 60_000, v: Double(t))
    }
    for name in ["a_total", "b_total"] {
      store.append(Labels([("__name__", name)]), t: name == "a_total" ? 300_000 : 600_000, v: staleNaN)
    }
    return store
  }

  @Test(
    arguments: [
      ("rate({__name__=~\"._total\"}[90s])", false), ("max_over_time({__name__=~\"._total\"}[30s])", false),
      ("-{__name__=~\"._total\"}", true), ("abs({__name__=~\"._total\"})", true),
      ("label_replace({__name__=~\"._total\"}, \"__name__\", \"c\", \"\", \"\")", true),
      ("last_over_time({__name__=~\"._total\"}[30s])", true),
    ])
  func functionsOverRangesDoNotMergeThem(text: String, isAccepted: Bool) throws {
    let store = Self.store()
    var query = Query(try PromQL.parse(text))
    for time in [120_000, 480_000] as [Int64] { _ = try query.instant(at: time, in: store) }
    if isAccepted {
      _ = try query.range(from: 0, to: 540_000, step: 60_000, in: store)
    } else {
      #expect(throws: EvaluationError.self) { try query.range(from: 0, to: 540_000, step: 60_000, in: store) }
    }
    var options = EvaluationOptions()
    options.delaysNameRemoval = true
    var delayed = Query(try PromQL.parse(text), options: options)
    _ = try delayed.range(from: 0, to: 540_000, step: 60_000, in: store)
  }

  @Test func neitherDoTheStepsOfASubquery() throws {
    let store = Self.store()
    let expr = try PromQL.parse("sum_over_time(max_over_time({__name__=~\"._total\"}[30s])[5m:1m])")
    var query = Query(expr)
    for time in [120_000, 540_000] as [Int64] { _ = try query.instant(at: time, in: store) }
    #expect(throws: EvaluationError.self) { try query.instant(at: 360_000, in: store) }
  }
}
