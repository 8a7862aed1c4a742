import Metrics
import Testing

struct ExpositionTests {
  private func samples(_ page: String, _ format: Exposition.Format = .prometheusText) -> [String] {
    switch Exposition.parse(Array(page.utf8), format: format) {
    case .failure(let error): ["\(error)"]
    case .success(let scrape):
      scrape.samples.map { "\($0.labels) \($0.value.decimalText)" + ($0.timestamp.map { " @\($0)" } ?? "") }
    }
  }

  @Test(arguments: [
    ("up 1", ["up 1"]),
    ("  up\t1 \n\nup{ a = \"b\" , } 2 17\n", ["up 1", "up{a=\"b\"} 2 @17"]),
    ("up{a=\"x\\\\\\\"\\ny\"} .5\n", ["up{a=\"x\\\\\\\"\\ny\"} 0.5"]),
    ("a{b=\"1\"c=\"2\"} +Inf\n", ["a{b=\"1\", c=\"2\"} +Inf"]),
    ("{\"a.b\",\"c d\"=\"e\"} 1", ["{\"a.b\", \"c d\"=\"e\"} 1"]),
    ("a 12345678901234567890\n", ["a 12345678901234567000"]),
    ("a 1e400\n", ["line 1: \"1e400\" is not a number"]),
    ("a 1\nb{,} 1\n", ["line 2: a label name is missing; \",} 1\" stands in its place"]),
    ("a 1\r\n", ["line 1: \"1\\r\" is not a number"]),
    (
      "a 1 -5\n",
      [
        "line 1: a timestamp in whole milliseconds or the end of the line should follow the value; \"-5\" does"
      ]
    ),
    ("a 1\na 2\n", ["a 1"]),
    ("a 1 1\na 2 2\n", ["a 1 @1", "a 2 @2"]),
  ])
  func classicText(page: String, lines: [String]) {
    #expect(samples(page) == lines)
  }

  @Test(arguments: [
    ("a_total 1 2.5 # {x=\"y\"} 3 4\n# EOF\n", ["a_total 1 @2500"]),
    ("a 1\n", ["line 2: the page does not end with # EOF"]),
    ("a 1\n# EOF\nb 1\n", ["line 2: something follows # EOF"]),
    ("a  1\n# EOF", ["line 1: a value is missing: \" 1\" stands in its place"]),
  ])
  func openMetrics(page: String, lines: [String]) {
    #expect(samples(page, .openMetrics) == lines)
  }

  @Test func bucketBoundsAreNumbersOnlyUnderTheirType() {
    #expect(samples("# TYPE h histogram\nh_bucket{le=\"1\"} 1\n") == ["h_bucket{le=\"1.0\"} 1"])
    #expect(samples("h_bucket{le=\"1\"} 1\n") == ["h_bucket{le=\"1\"} 1"])
  }

  @Test(arguments: [
    (\Exposition.Limits.samples, "line 2: the page has more than 1 samples"),
    (\.labels, "line 2: a sample has more than 1 labels"),
    (\.nameBytes, "line 2: a label name is 4 bytes long; the limit is 1"),
    (\.valueBytes, "line 2: a label value is 5 bytes long; the limit is 1"),
    (\.body, "line 1: the page has 24 bytes; the limit is 1"),
  ])
  func limitsFailThePage(limit: any WritableKeyPath<Exposition.Limits, Int> & Sendable, reason: String) {
    var limits = Exposition.Limits()
    limits[keyPath: limit] = 1
    let page = Array("a 1\nb{name=\"value\"} 1.5\n".utf8)
    let error = #expect(throws: ExpositionError.self) {
      try Exposition.parse(page, format: .prometheusText, limits: limits).get()
    }
    #expect(error?.description == reason)
  }

  @Test func bytesThatAreNoTextFailThePage() {
    let page: [UInt8] = Array("a{b=\"".utf8) + [0xff] + Array("\"} 1\n".utf8)
    #expect(throws: ExpositionError.self) { try Exposition.parse(page, format: .prometheusText).get() }
  }

  @Test(arguments: [
    ("text/plain; version=0.0.4; charset=utf-8", Exposition.Format.prometheusText),
    ("application/openmetrics-text; version=1.0.0", .openMetrics), ("text/plain", .prometheusText),
    ("text/html", nil), ("", nil), ("Text/Plain ;version=2", .prometheusText), ("application/json", nil),
  ])
  func contentTypes(text: String, format: Exposition.Format?) {
    #expect(Exposition.Format(contentType: text) == format)
  }

  @Test func noPageOfGarbageTraps() {
    var random = SplitMix64(seed: 7)
    let alphabet = Array("a{}=\"\\,# \n\t1e+N0.TYPEHELPUF_:".utf8) + [0, 0xff]
    for _ in 0..<20_000 {
      let page = (0..<Int(random.next() % 40)).map { _ in
        alphabet[Int(random.next() % UInt64(alphabet.count))]
      }
      _ = Exposition.parse(page, format: .prometheusText)
      _ = Exposition.parse(page, format: .openMetrics)
    }
  }
}
