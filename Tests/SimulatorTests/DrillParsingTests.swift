import Simulator
import Testing
import Values

@Suite struct DrillParsingTests {
  @Test func theBundledDrillReadsAsItIsWritten() throws {
    let drill = try Bundled.drill("ensei-packs/drills/purchases-fail.yaml")
    #expect(drill.title == "Purchases begin to fail")
    #expect(drill.every == .seconds(1))
    #expect(drill.ends == .minutes(10))
    #expect(drill.then.map(\.at) == [.seconds(10), .seconds(30), .minutes(2), .minutes(4)])
    #expect(drill.then.first?.say == "The first errors.")
    let failed = try #require(SeriesName(#"pack_requests_total{code="500"}"#))
    #expect(drill.start["metrics"]?.counters[failed] == 0.1)
    #expect(drill.start["metrics"]?.latency == .milliseconds(90))
    #expect(drill.then.dropFirst(2).first?.changes["health"]?.status == 503)
    #expect(drill.then.last?.changes["health"]?.isEmpty == true)
    #expect(drill.expect.map(\.alert) == ["PackErrorRateWarn", "PackErrorRatePage"])
    #expect(drill.expect.map(\.within) == [.seconds(40), .seconds(60)])
    #expect(drill.goals.steps == 3)
    #expect(drill.goals.resolve == .minutes(10))
  }

  @Test func everyMistakeIsReportedAtItsPlace() {
    let text = """
      titel: Nothing works
      every: soon
      start:
        helth: {status: 200}
        health: {status: 999, fail: explode, headers: {"a b": c}}
        metrics:
          counters: {"requests{code=200}": 1, errors_total: -1}
          histograms: {seconds: {rate: 1, values: []}, other: {values: [fast]}}
      then:
        - at: 30s
          health: down
        - at: 10s
        - say: When?
      expect:
        - {alert: Missing, within: 0s}
      goals: {steps: 0, declared: 2m}
      """
    var problems: [Problem] = []
    let drill = Drill.parse(
      text, file: "d.yaml", endpoints: ["health", "metrics"], alerts: ["Known"], problems: &problems)
    #expect(drill == nil)
    #expect(problems == problems.sorted())
    let found = problems.map { "\($0.position.line):\($0.position.column) \($0.what)" }
    let expected = [
      #"1:1 a drill has no key "titel""#,
      "1:1 a drill has no title",
      #"2:8 every is a duration, and here is "soon""#,
      #"4:3 the system has no endpoint "helth""#,
      #"5:20 status is a whole number from 100 to 599, and here is "999""#,
      #"5:31 "explode" is no way to fail"#,
      #"5:40 "a b" is no header line"#,
      #"7:16 "requests{code=200}" is no series"#,
      "7:41 errors_total increases by so much a second, which cannot be negative",
      "8:37 a histogram observes at least one value, each a number",
      "8:57 a histogram has no rate",
      "8:58 a histogram observes at least one value, each a number",
      #"11:13 the endpoint health is a mapping, and here is "down""#,
      "12:5 this row comes at 10s, before the one above it, 30s",
      "13:5 this row has no time",
      "15:6 the rules have no alert \"Missing\"",
      "15:22 within must be longer than 0s",
      #"16:16 steps is a whole number from 1 to 10000, and here is "0""#,
      #"16:19 the goals has no key "declared""#,
    ]
    #expect(found == expected)
  }

  @Test(arguments: [("90ms", 90), ("1.4s", 1400), ("1m5s", 65_000), ("0s", 0)])
  func aLatencyMayHaveAFraction(_ text: String, _ milliseconds: Int64) throws {
    let drill = try drill("title: T\nstart: {health: {latency: \(text)}}")
    #expect(drill.start["health"]?.latency == .milliseconds(milliseconds))
  }

  @Test(arguments: ["1.4", "fast", "-1s", "1e9s", "nans"])
  func aLatencyThatIsNoneIsOneProblem(_ text: String) {
    var problems: [Problem] = []
    _ = Drill.parse("title: T\nstart: {health: {latency: \(text)}}", file: "d", problems: &problems)
    #expect(problems.count == 1)
  }

  @Test func aFileThatIsNoYAMLIsOneProblem() {
    var problems: [Problem] = []
    #expect(Drill.parse("title: [", file: "d.yaml", problems: &problems) == nil)
    #expect(problems.count == 1)
  }

  @Test(arguments: [
    ("up", "up"),
    (#"a:b_1{z="1", a="2"}"#, #"a:b_1{a="2",z="1"}"#),
    (#"m{path="C:\\x\"y",}"#, #"m{path="C:\\x\"y"}"#),
    ("m{}", "m"),
  ])
  func aSeriesNameIsReadAndWritten(_ text: String, _ canonical: String) throws {
    #expect(try #require(SeriesName(text)).text() == canonical)
  }

  @Test(arguments: [
    "", "1a", "a b", "{}", "a{", "a{b}", "a{b=c}", #"a{b="c}"#, #"a{b="c"}x"#, #"a{b="1",b="2"}"#,
    #"a{1b="c"}"#,
  ])
  func whatIsNoSeriesNameIsRefused(_ text: String) {
    #expect(SeriesName(text) == nil)
  }
}
