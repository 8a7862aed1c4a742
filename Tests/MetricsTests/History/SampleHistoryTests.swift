import Testing

@testable import Metrics

@Suite struct SampleHistoryTests {
  private func read(_ text: String, _ format: Exposition.Format = .openMetrics) throws -> SampleHistory {
    var history = SampleHistory()
    try history.read(Array(text.utf8), format: format)
    return history
  }

  private func points(_ history: SampleHistory, _ labels: Labels) throws -> [Point] {
    let id = try #require(history.store.seriesID(for: labels))
    return history.store.samples(id, after: .min, through: .max)
  }

  @Test func takesEverySampleWithItsTime() throws {
    let history = try read(
      """
      # TYPE a counter
      a_total{b="c"} 1 1000.25
      a_total{b="c"} 2 1001
      a_total{b="d"} 3 1000
      up 1
      # EOF

      """)
    #expect((history.samples, history.refused, history.undated) == (3, 0, 1))
    #expect((history.first, history.last) == (1_000_000, 1_001_000))
    let labels = Labels([(.metricName, "a_total"), ("b", "c")])
    #expect(try points(history, labels) == [Point(t: 1_000_250, v: 1), Point(t: 1_001_000, v: 2)])
  }

  @Test func countsWhatGoesBackInTime() throws {
    let history = try read("a 1 2000\nb 1 2000\na 2 1000\na 3 2000\na 1 2000\n", .prometheusText)
    #expect((history.samples, history.refused) == (3, 2))
  }

  @Test(arguments: ["a 1 5\na x 6\n# EOF\n", "a 1 5\n", "a 1 5\n# EOF\na 2 6\n"])
  func saysWhatIsWrong(text: String) {
    #expect(throws: ExpositionError.self) { try read(text) }
  }

  @Test func readsMillisecondsOfTheClassicFormat() throws {
    let history = try read("a 1 1700000000123\n", .prometheusText)
    #expect(history.first == 1_700_000_000_123)
  }

  @Test func whatIsWrittenIsReadBack() throws {
    var generator = SystemRandomNumberGenerator()
    var text = OpenMetricsText()
    var expected: [(Labels, [Point])] = []
    for number in 0..<40 {
      let labels = Labels([
        (.metricName, number % 5 == 0 ? "metric \(number)" : "m\(number)"), ("l", "\"\\\n\u{1F600}\(number)"),
        ("w\u{e9}ird", "x"),
      ])
      var time: Int64 = 1_763_780_000_000 + Int64.random(in: 0..<10_000, using: &generator)
      let points = (0..<50).map { index -> Point in
        time += Int64.random(in: 1..<20_000, using: &generator)
        let values = [staleNaN, .nan, .infinity, -.infinity, -0.0, 1e300, .leastNonzeroMagnitude]
        let value = index < values.count ? values[index] : Double.random(in: -1e6...1e6, using: &generator)
        return Point(t: time, v: value)
      }
      expected.append((labels, points))
      text.add(labels, points)
    }
    var history = SampleHistory()
    try history.read(text.body, format: .openMetrics)
    #expect(history.samples == 2000)
    for (labels, points) in expected {
      let found = try self.points(history, labels)
      #expect(found.map(\.t) == points.map(\.t))
      #expect(found.map(\.v.isStale) == points.map(\.v.isStale))
      #expect(zip(found, points).allSatisfy { $0.v == $1.v || $0.v.isNaN && $1.v.isNaN })
    }
    // Strictly, too: OpenMetrics has no complaint.
    #expect(throws: Never.self) { try Exposition.entries(text.body, format: .openMetrics, strict: true) }
  }

  @Test(arguments: [0, 1, 999, 1000, -1, -1500, 1_435_781_430_781, 1_763_780_000_003] as [Int64])
  func timesKeepTheirMilliseconds(time: Int64) throws {
    let text = OpenMetricsText.seconds(time)
    #expect(Int64(exactly: ((try #require(Double(text))) * 1000).rounded(.towardZero)) == time)
  }
}
