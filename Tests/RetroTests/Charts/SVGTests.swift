import Foundation
import Retro
import TestSupport
import Testing
import Values

@Suite struct SVGTests {
  @Test func chartsAreDrawnAsTheyWereLookedAt() throws {
    try expectGolden(ChartSample.errors.svg, "errors.svg")
    try expectGolden(ChartSample.latencies.svg, "latencies.svg")
    try expectGolden(ChartSample.empty.svg, "empty.svg")
  }

  /// By Foundation's own XML parser: well formed, only our elements, and every number a number.
  @Test func whateverTheValuesItIsWellFormedAndFinite() throws {
    var random = SplitMix64(seed: 82)
    for round in 0..<200 {
      let svg = ChartSample.random(using: &random).svg
      let outline = try #require(XMLOutline(svg), "round \(round): not well formed")
      let known: Set = ["svg", "title", "desc", "style", "line", "rect", "path", "text"]
      #expect(Set(outline.elements).isSubset(of: known), "round \(round)")
      for (name, value) in outline.attributes {
        if ["x", "y", "x1", "x2", "y1", "y2", "width", "height"].contains(name) {
          let number = Double(value)
          #expect(
            number.map { $0.isFinite && abs($0) <= 100_000 } == true, "round \(round): \(name)=\(value)")
        }
        if name == "d" {
          #expect(!value.isEmpty && value.allSatisfy { "MLHh0123456789.- ".contains($0) }, "round \(round)")
        }
        #expect(!name.hasPrefix("on") && !name.hasSuffix("href"), "round \(round): \(name)")
      }
    }
  }

  /// A peak of one point among 100,000 is seen, and the picture is no larger for them.
  @Test func thousandsOfPointsAreReducedAndExtremesKept() {
    let count = 100_000
    let points = (0..<count).map { index -> SeriesChart.Point in
      let value: Double = index == 61_803 ? 9 : index % 7 == 0 ? 1 : 2
      return .init(ChartSample.start + .milliseconds(Int64(index) * 45), value)
    }
    let chart = SeriesChart(
      title: "Peak", from: ChartSample.start, until: ChartSample.at(4500),
      lines: [.init(name: "x", points: points)])
    #expect(chart.svg.utf8.count < 60_000)
    // The plot ends 8 below the top, a twentieth of 1 to 9 over them: 0.4 of 9.4 of 200.
    #expect(chart.svg.contains(" 16.5L"), "the peak")
    let braille = chart.braille(width: 80, height: 10)
    #expect(
      braille.first?.contains { ("\u{2801}"..."\u{28FF}").contains($0) } == true, "\(braille.prefix(2))")
  }

  @Test func namesAreTextWhateverTheySay() throws {
    let hostile =
      "</title></svg></style><script>alert(1)</script>\" onload=\"x()\u{1B}[31m\u{202E}\u{0}]]>-->{{x}}"
    let chart = SeriesChart(
      title: hostile, from: ChartSample.start, until: ChartSample.at(60),
      lines: [.init(name: hostile, points: [.init(ChartSample.at(1), 1)])],
      thresholds: [.init(name: hostile, value: 1)],
      firing: [.init(name: hostile, from: ChartSample.at(1), until: nil)],
      marks: [.init(name: hostile, at: ChartSample.at(3))])
    let outline = try #require(XMLOutline(chart.svg))
    #expect(outline.elements.filter { $0 == "svg" }.count == 1)
    #expect(!outline.elements.contains("script") && !outline.attributes.contains { $0.name == "onload" })
    #expect(outline.text.contains("</title></svg></style><script>alert(1)</script>\" onload=\"x()␛[31m�␀]]>"))
    #expect(!chart.svg.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{0}" })
  }

  @Test func aMegabyteOfNameIsCut() {
    let chart = SeriesChart(
      title: "x".repeated(1_000_000), from: ChartSample.start, until: ChartSample.at(60),
      lines: [.init(name: "y".repeated(1_000_000), points: [])],
      marks: [.init(name: "日本".repeated(300_000), at: ChartSample.at(3))])
    #expect(chart.svg.utf8.count < 20_000)
    #expect(chart.svg.contains("xxx…xxx") && (chart.svg.contains("日…") || chart.svg.contains("本…")))
  }

  /// Nine events in the last seconds: each letter of the legend stands within the picture, none over another.
  @Test func everyEventOfTheLegendIsInThePicture() {
    var chart = ChartSample.latencies
    chart.marks = (0..<9).map { .init(name: "event \($0)", at: chart.until - .seconds(9 - $0 / 2 * 2)) }
    let letters = chart.svg.matches(
      of: /<text x="([0-9.]+)" y="(-?[0-9.]+)" text-anchor="middle">([a-z])<\/text>/
    ).compactMap { match in
      Double(match.1).flatMap { x in Double(match.2).map { (x: x, y: $0, letter: String(match.3)) } }
    }.filter { $0.x != 23 }
    #expect(letters.map(\.letter) == Array("abcdefghi").map(String.init))
    #expect(letters.allSatisfy { $0.x <= 636 && $0.y > 0 }, "\(letters)")
    for (index, one) in letters.enumerated() {
      #expect(letters.dropFirst(index + 1).allSatisfy { $0.y != one.y || abs($0.x - one.x) >= 9.9 })
    }
  }

  @Test func aLinesDashesAndNumberTellItFromOthersWithoutColour() throws {
    let outline = try #require(XMLOutline(ChartSample.latencies.svg))
    let dashes = outline.attributes.filter { $0.name == "stroke-dasharray" }.map(\.value)
    #expect(dashes == ["8 4", "2 3", "8 4", "2 3"], "in the plot and in the legend; the first line is solid")
    for number in ["1", "2", "3"] { #expect(outline.texts.contains(number)) }
  }
}
