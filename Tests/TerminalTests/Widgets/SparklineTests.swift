import Terminal
import Testing

@Suite("Sparkline")
struct SparklineTests {
  @Test("blocks, ASCII and braille")
  func modes() {
    let line = Sparkline([0, 1, 2, 3, 4, 5, 6, 7])
    #expect(line.text(width: 8) == "▁▂▃▄▅▆▇█")
    #expect(line.text(width: 8, mode: .ascii) == "_.:-=+*#")
    #expect(line.text(width: 4, mode: .braille) == "⣀⣤⣶⣿")
  }

  @Test("the newest are on the right, gaps are blank")
  func gaps() {
    #expect(Sparkline([9, 1, nil, 2]).text(width: 3) == "▁ █")
    #expect(Sparkline([1, nil, .nan, 4]).text(width: 6) == "  ▁  █")
    #expect(Sparkline([] as [Double?]).text(width: 2) == "  ")
    #expect(Sparkline([1]).text(width: 0) == "")
  }

  @Test("a level line is low, and noise stays low")
  func scale() {
    #expect(Sparkline([84, 84, 84]).text(width: 3) == "▁▁▁")
    #expect(Sparkline([100, 110, 105]).text(width: 3) == "▁▂▁")
    #expect(Sparkline([0, 0]).text(width: 2) == "▁▁")
    #expect(Sparkline([1, .infinity, -.infinity]).text(width: 3) == "▁█▁")
    #expect(Sparkline([50, 100], range: 0...100).text(width: 2) == "▅█")
  }

  @Test("failures are signs in their own colour")
  func signs() {
    let line = Sparkline([.value(1), .value(1), .sign(.down, .down), .sign(.down, .down)])
    let spans = line.spans(width: 4, style: .up)
    #expect(spans.map(\.0) == ["▁▁", "✖✖"])
    #expect(spans.map(\.1) == [.up, .down])
  }
}
