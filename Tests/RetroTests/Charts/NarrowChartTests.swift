import Foundation
import TestSupport
import Testing
import Values

@testable import Retro

/// The picture of a chart for narrow screens.
@Suite struct NarrowChartTests {
  private func texts(_ svg: String) -> [(x: Double, y: Double, words: String, anchor: String)] {
    svg.matches(of: /<text[^>]* x="(-?[0-9.]+)" y="(-?[0-9.]+)"([^>]*)>([^<]*)<\/text>/).compactMap { match in
      guard let x = Double(match.1), let y = Double(match.2) else { return nil }
      let anchor = match.3.contains("middle") ? "middle" : match.3.contains("end") ? "end" : "start"
      return (x, y, String(match.4), anchor)
    }
  }

  /// Every word lies within 340 points at about six and a half a letter, and none over another.
  @Test func everyWordIsInThePicture() throws {
    for chart in [ChartSample.errors, ChartSample.latencies, ChartSample.empty] {
      let svg = SVGChart(chart, .narrow).text(id: "c", style: nil)
      let outline = try #require(XMLOutline(svg))
      let size = try #require(outline.attributes.first { $0.name == "viewBox" }?.value)
      let height = try #require(size.split(separator: " ").last.flatMap { Double($0) })
      #expect(size.hasPrefix("0 0 340 "))
      for one in texts(svg) {
        let width = Double(one.words.replacing(/&[a-z]+;/, with: "\"").count) * 6.6
        let left = one.x - (one.anchor == "start" ? 0 : one.anchor == "middle" ? width / 2 : width)
        #expect(left >= -4 && left + width <= 344 && one.y <= height, "\(one)")
      }
      let below = texts(svg).filter { $0.x == 46 }
      for (upper, lower) in zip(below, below.dropFirst()) {
        #expect(lower.y - upper.y >= 15, "\(upper) and \(lower)")
      }
    }
  }

  /// What does not fit into a row goes on in the next, and is not cut.
  @Test func signsAreToldWhole() {
    let words = texts(SVGChart(ChartSample.errors, .narrow).text(id: "c", style: nil)).filter { $0.x == 46 }
      .map(\.words).joined().filter { $0 != " " }
    for mark in ChartSample.errors.marks { #expect(words.contains(mark.name.filter { $0 != " " })) }
    #expect(words.contains("2026-11-2202:35:33Zto2026-11-2203:50:33Z"))
  }

  @Test(
    arguments: [
      ("one two three", 7, ["one two", "three"]), ("onetwothree", 4, ["onet", "woth", "ree"]),
      ("a bcdefghij", 6, ["a bcde", "fghij"]), ("one two", 7, ["one two"]), ("", 5, [""]),
      ("one two ", 7, ["one two"]), ("日本語 日本", 6, ["日本語", "日本"]),
      ("abcdefghijklmnop", 3, ["abc", "def", "…lm", "nop"]),
    ])
  func rows(_ text: String, _ columns: Int, _ rows: [String]) {
    #expect(SVGText.rows(text, columns: columns, most: 4) == rows)
  }
}
