import Testing
import Values

@Suite struct SpanTests {
  @Test(
    arguments: [
      ("0", 0), ("30s", 30_000), ("1h30m", 5_400_000), ("1w", 604_800_000), ("90ms", 90),
      ("1d2h3m4s5ms", 93_784_005),
      ("1y", 31_536_000_000),
    ] as [(String, Int64)])
  func prometheusDurationsAreRead(text: String, milliseconds: Int64) {
    #expect(Span(prometheus: text)?.milliseconds == milliseconds)
  }

  @Test(arguments: ["", "5", "1.5h", "m", "5m5m", "30s1h", "-5m", "5 m", "5min", "99999999999999999999y"])
  func otherTextIsNoDuration(text: String) {
    #expect(Span(prometheus: text) == nil)
  }

  @Test(
    arguments: [("0s", 0), ("1m30s", 90_000), ("1w", 604_800_000), ("8d", 691_200_000), ("-5m", -300_000)]
      as [(String, Int64)])
  func canonicalForm(text: String, milliseconds: Int64) {
    #expect(Span(milliseconds: milliseconds).prometheus == text)
  }

  @Test(
    arguments: [
      (0, "0s"), (84, "84ms"), (46_000, "46s"), (252_000, "4m12s"), (7_380_000, "2h03m"),
      (273_600_000, "3d04h"),
      (-65_000, "-1m05s"),
    ] as [(Int64, String)])
  func shortForm(milliseconds: Int64, text: String) {
    #expect(Span(milliseconds: milliseconds).short == text)
  }

  @Test func anAnswerNeverTakesNoTime() {
    #expect(Span(milliseconds: 0).latency == "<1ms")
    #expect(Span(milliseconds: 84).latency == "84ms")
  }
}
