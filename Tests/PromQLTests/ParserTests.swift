import Metrics
import PromQL
import Testing

struct ParserTests {
  @Test(arguments: [
    ("1 +", 3, 1, 4), ("up{", 3, 1, 4), ("sum(up\n  by", 9, 2, 3), ("é", 0, 1, 1),
    ("up{a=\"é\"} x", 10, 1, 11),
    ("foo[5mm]", 4, 1, 5), ("a\nand\n1", 0, 1, 1), ("rate(up)", 5, 1, 6), ("nope(1)", 0, 1, 1),
  ])
  func errorsHaveTheirPlace(text: String, offset: Int, line: Int, column: Int) {
    do {
      _ = try PromQL.parse(text)
      Issue.record("accepted")
    } catch {
      #expect(error.offset == offset)
      #expect(error.position.line == line)
      #expect(error.position.column == column)
      #expect(!error.message.isEmpty)
    }
  }

  @Test(arguments: [
    ("up == 0", "==", 0), ("0 < up", ">", 0), ("rate(x[5m]) > 0.05", ">", 0.05), ("x >= -5", ">=", -5),
    ("x > 20 * 1024 ^ 3", ">", 21_474_836_480), ("(a > 1) and (b < 2)", ">", 1), ("x > bool 3", ">", 3),
    ("sum(x > 1) < 4", "<", 4), ("5m <= x", ">=", 300), ("x > scalar(vector(7))", ">", 7),
    ("abs(x - 1 > 2)", ">", 2),
    ("a > on(job) b > 3", ">", 3),
  ])
  func thresholds(text: String, sign: String, value: Double) throws {
    #expect(try PromQL.parse(text).threshold == Threshold(sign: sign, value: value))
  }

  @Test(arguments: ["up", "a > b", "absent(up)", "1", "a + 1", "x > time()"])
  func noThreshold(text: String) throws {
    #expect(try PromQL.parse(text).threshold == nil)
  }

  @Test(
    arguments: [
      ("up", [300_000]), ("rate(x[1h] offset 5m) / y", [3_900_000, 300_000]),
      ("max_over_time(x[1d:5m])", [86_700_000]),
      ("max_over_time(rate(x[5m])[1h:1m] offset 10m)", [4_500_000]), ("x offset -5m", [0]), ("1", []),
    ] as [(String, [Int64])])
  func selectorsReachBack(text: String, reaches: [Int64]) throws {
    let expr = try PromQL.parse(text)
    #expect(expr.selectors.map(\.reach) == reaches)
    #expect(expr.reach == reaches.max() ?? 0)
  }

  @Test(
    arguments: [
      ("rate(x[5m] anchored)", [600_000]), ("x[5m * 2]", [600_000]),
      ("info(x offset 1m)", [360_000, 360_000]),
      ("info(rate(x[1h]), {version=~\".+\"})", [3_600_000, 3_600_000]),
    ] as [(String, [Int64])])
  func experimentalSelectorsReachBack(text: String, reaches: [Int64]) throws {
    let expr = try PromQL.parse(text, options: PromQL.ParseOptions(experimental: true))
    #expect(expr.selectors.map(\.reach) == reaches)
  }

  @Test func aPinnedSelectorHasNoReach() throws {
    let expr = try PromQL.parse("x @ 100 + rate(y[5m] @ end())")
    #expect(expr.selectors.map(\.reach) == [nil, nil])
    #expect(expr.reach == 0)
  }

  @Test func deepAndLongExpressionsAreRefusedWithoutATrap() {
    for text in [
      String(repeating: "(", count: 20_000), String(repeating: "-", count: 20_000) + "up",
      Array(repeating: "up", count: 20_000).joined(separator: " + "),
      Array(repeating: "2", count: 20_000).joined(separator: " ^ "),
      String(repeating: "abs(", count: 20_000) + "up" + String(repeating: ")", count: 20_000),
    ] {
      #expect(throws: ParseError.self) { try PromQL.parse(text) }
    }
  }

  @Test func noTextTraps() {
    var random = SplitMix64(seed: 3)
    let words = [
      "up", "sum", "by", "(", ")", "{", "}", "[", "]", "5m", ":", "1", "+", "-", "offset", "@", "\"a\"", "=",
      "=~", ",", "on",
      "and", "bool", ">", "rate", "é", "0x", "1e", "'", "\\", "#", "\n", "group_left", "start", "Inf", "..",
      "smoothed", "anchored", "step", "range", "max_of", "fill", "*", "info",
    ]
    let options = PromQL.ParseOptions(experimental: true)
    for _ in 0..<20_000 {
      let text = (0..<Int(random.next() % 12)).map { _ in words[Int(random.next() % UInt64(words.count))] }
      if let expr = try? PromQL.parse(text.joined(separator: " "), options: options) {
        #expect((try? PromQL.parse(expr.description, options: options))?.description == expr.description)
      }
      _ = try? PromQL.parse(text.joined(), options: options)
    }
  }

  @Test(arguments: [
    "mad_over_time(x[5m])", "x[5m] anchored", "x smoothed", "x[5m * 2]", "x[(5m)]", "x offset step()",
    "x[5m:range()]", "a + fill (0) b", "limitk(1, x)", "info(x)", "max_of(1, 2)",
  ])
  func whatIsExperimentalNeedsTheOption(text: String) throws {
    #expect(throws: ParseError.self) { try PromQL.parse(text) }
    _ = try PromQL.parse(text, options: PromQL.ParseOptions(experimental: true))
  }

  /// What was found and what was expected, as one sentence.
  @Test(arguments: [
    ("1 +", "unexpected end of the expression; an expression was expected"),
    ("sum(up", "unexpected end of the expression; \")\" or a comma after an argument was expected"),
    ("up{job", "unexpected end of the expression; =, !=, =~ or !~ after the label name was expected"),
    ("up{job=api}", "unexpected \"api\"; a quoted value was expected"),
    ("up[", "unexpected end of the expression; a duration such as 5m was expected"),
    ("up[5m", "unexpected end of the expression; \"]\" or \":\" after the range was expected"),
    ("up \"a\"", "unexpected text \"a\"; an operator or the end was expected"),
    ("up @", "unexpected end of the expression; a number was expected"),
    ("up[0s]", "a duration must be greater than 0"),
    ("bool", "unexpected \"bool\"; an expression was expected"),
    ("up[5m / 0]", "a duration cannot be divided by 0"),
    ("x anchored", "anchored is for ranges only; write one before it, as in [5m] anchored"),
    ("x[5m] anchored smoothed", "only one of anchored and smoothed may stand here, once"),
    (
      "info(x, up)",
      "unexpected \"up\"; the labels to take from the info series, such as {version=~\".+\"}, was expected"
    ),
    ("up{job=~\"(\"}", "the regular expression \"(\" is wrong: missing ): ("),
  ])
  func errorsSayWhatWasExpected(text: String, message: String) {
    do {
      _ = try PromQL.parse(text, options: PromQL.ParseOptions(experimental: true))
      Issue.record("accepted")
    } catch {
      #expect(error.message == message)
    }
  }

  /// What the parser lets through is shallow enough for everything that walks over it, on a test's small stack.
  @Test func theDeepestExpressionsAreEvaluatedAndPrinted() throws {
    for text in [
      String(repeating: "(", count: 390) + "up" + String(repeating: ")", count: 390),
      String(repeating: "-", count: 390) + "up", Array(repeating: "up", count: 390).joined(separator: " + "),
      Array(repeating: "2", count: 390).joined(separator: " ^ "),
      String(repeating: "abs(", count: 390) + "up" + String(repeating: ")", count: 390),
      String(repeating: "sum(", count: 390) + "up" + String(repeating: ")", count: 390),
      String(repeating: "last_over_time(", count: 8) + "up" + String(repeating: "[1m:1m])", count: 8),
    ] {
      let expr = try PromQL.parse(text)
      #expect(try PromQL.parse(expr.pretty).description == expr.description)
      var query = Query(expr)
      _ = try query.instant(at: 0, in: Store())
      #expect(expr.selectors.allSatisfy { $0.reach != nil })
    }
  }

  @Test func deepDurationsAreRefusedWithoutATrap() {
    for text in [
      "x[" + String(repeating: "(", count: 20_000), "x[" + String(repeating: "-", count: 20_000) + "1]",
      "x[" + Array(repeating: "1", count: 20_000).joined(separator: " ^ ") + "]",
      "x[" + Array(repeating: "1", count: 20_000).joined(separator: " + ") + "]",
    ] {
      #expect(throws: ParseError.self) {
        try PromQL.parse(text, options: PromQL.ParseOptions(experimental: true))
      }
    }
  }
}

/// Sebastiano Vigna's generator: small, seeded, the same everywhere.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
