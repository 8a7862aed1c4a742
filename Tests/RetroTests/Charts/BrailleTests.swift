import Retro
import TestSupport
import Testing
import Values

@Suite struct BrailleTests {
  @Test func chartsAreDrawnAsTheyWereLookedAt() throws {
    let charts = [ChartSample.errors, ChartSample.latencies, ChartSample.empty]
    let drawn = charts.map { $0.braille(width: 78, height: 10).joined(separator: "\n") }
    try expectGolden(drawn.joined(separator: "\n\n") + "\n", "charts-78.txt")
    let narrow = charts.map { $0.braille(width: 44, height: 6).joined(separator: "\n") }
    try expectGolden(narrow.joined(separator: "\n\n") + "\n", "charts-44.txt")
  }

  @Test func aGapIsBlankAndNeverZero() {
    let rows = ChartSample.flat(gap: 1000..<3000).braille(width: 60, height: 4)
    let drawn = rows.prefix(4).filter {
      $0.contains("⠉") || $0.contains("⠒") || $0.contains("⠤") || $0.contains("⣀")
    }
    #expect(drawn.count == 1, "one row has the line: \(rows)")
    let line = drawn.first ?? ""
    #expect(line.contains("          "), "\(line)")
    #expect(
      ChartSample.flat(gap: 0..<0).braille(width: 60, height: 4).prefix(4).contains {
        $0.filter { $0 == "⠒" || $0 == "⠉" || $0 == "⣀" || $0 == "⠤" }.count > 40
      })
  }

  @Test func whateverTheValuesRowsKeepTheirWidth() {
    var random = SplitMix64(seed: 81)
    for round in 0..<300 {
      let chart = ChartSample.random(using: &random)
      let width = Int.random(in: -5...200, using: &random)
      let height = Int.random(in: -5...40, using: &random)
      let rows = chart.braille(width: width, height: height)
      #expect(rows.allSatisfy { $0.count <= max(24, width) }, "round \(round): \(rows)")
      #expect(rows.count >= max(3, height) + 3)
      let text = rows.joined()
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E }, "round \(round)")
    }
  }

  /// Nine events in the last seconds: each letter of the legend is on the chart.
  @Test func everyEventOfTheLegendIsOnTheChart() {
    var chart = ChartSample.flat(gap: 0..<0)
    chart.marks = (0..<9).map { .init(name: "event \($0)", at: chart.until - .seconds(9 - $0 / 2 * 2)) }
    for width in [24, 60, 100] {
      let rows = chart.braille(width: width, height: 4)
      let first = rows.firstIndex { $0.hasPrefix("events") } ?? 0
      let last = rows.firstIndex { $0.hasPrefix("2026-") } ?? 0
      let drawn = rows[first..<max(first, last)].joined().replacing("events", with: "").filter(\.isLetter)
      #expect(drawn.sorted() == Array("abcdefghi"), "\(width): \(rows)")
    }
  }

  @Test func firingAndEventsStandWhereTheyHappened() throws {
    var chart = ChartSample.flat(gap: 0..<0)
    chart.firing = [.init(name: "A", from: ChartSample.at(2250), until: nil)]
    chart.marks = [
      .init(name: "half", at: ChartSample.at(2250)), .init(name: "outside", at: ChartSample.at(9999)),
    ]
    let rows = chart.braille(width: 80, height: 4)
    let firing = try #require(rows.first { $0.hasPrefix("firing") })
    let events = try #require(rows.first { $0.hasPrefix("events") })
    #expect(firing.count == 80, "to the end: \(firing)")
    #expect(abs(firing.filter { $0 == "█" }.count - 36) <= 1)
    #expect(events.firstIndex(of: "a") == firing.firstIndex(of: "█"))
    #expect(rows.contains("1 of 2 events are drawn."))
    #expect(rows.contains { $0.hasSuffix("A fired from 03:13:03Z on, not over at the end") })
  }
}
