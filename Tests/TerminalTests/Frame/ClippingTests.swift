import Terminal
import TestSupport
import Testing
import Values

@Suite("Clipping")
struct ClippingTests {
  private func anyRect(_ random: inout SplitMix64) -> Rect {
    func number(_ range: ClosedRange<Int>) -> Int {
      Int.random(in: 0..<40, using: &random) == 0
        ? [Int.min, Int.max].randomElement(using: &random) ?? 0 : Int.random(in: range, using: &random)
    }
    return Rect(x: number(-20...220), y: number(-10...70), width: number(-5...220), height: number(-5...70))
  }

  /// Every wide cell has its other half, and nothing else has none.
  private func isWhole(_ frame: Frame) -> Bool {
    guard frame.cells.count == frame.size.width * frame.size.height else { return false }
    for y in 0..<frame.size.height {
      var expectsHalf = false
      for x in 0..<frame.size.width {
        let cell = frame.cell(at: Point(x: x, y: y))
        if expectsHalf != (cell.width == 0) { return false }
        if cell.width > 0, cell.grapheme.displayWidth != cell.width { return false }
        expectsHalf = cell.width == 2
      }
      if expectsHalf { return false }
    }
    return true
  }

  @Test("everything draws at every size and leaves a whole frame")
  func property() {
    var random = SplitMix64(seed: 20)
    for round in 0..<400 {
      let size = Size(
        width: Int.random(in: 0...200, using: &random), height: Int.random(in: 0...60, using: &random))
      var frame = Frame(size)
      for _ in 0..<8 { draw(in: &frame, anyRect(&random), using: &random) }
      #expect(isWhole(frame), "round \(round), \(size)")
      #expect(frame.textLines.count == size.height)
      #expect(frame.textLines.allSatisfy { $0.displayWidth <= size.width })
      #expect(isWhole(frame.asciiOnly()) && frame.asciiOnly().text.utf8.allSatisfy { $0 < 0x80 })
    }
  }

  private func draw(in frame: inout Frame, _ rect: Rect, using random: inout SplitMix64) {
    let text = random.text(upTo: 60)
    switch Int.random(in: 0..<11, using: &random) {
    case 0: frame.put(text, at: rect.origin, style: .warn, maxWidth: rect.width)
    case 1: frame.put([(text, .key), (random.text(upTo: 9), .up)], at: rect.origin, clip: rect)
    case 2: frame.fill(rect, style: .selection)
    case 3: frame.rule(rect, title: [[(text, .strong)], [("more", .dim)]], right: [("44", .dim)])
    case 4: frame.highlight(rect)
    case 5: frame.verticalRule(x: rect.x, y: rect.y, height: rect.height)
    case 6: TextField(text).draw(in: &frame, rect)
    case 7: TextArea(text + "\n" + text).draw(in: &frame, rect, emphasis: [("日", .match)])
    case 8:
      let columns = [Column("a", minimum: 3), Column("b", minimum: 5, ideal: 30, side: .right, drop: 1)]
      frame.row(
        [[(text, .text)], [(text, .text), ("7.1%", .warn)]], columns: columns,
        widths: Column.fit(columns, width: rect.width), in: rect)
    case 9:
      var other = Frame(width: 5, height: 2)
      other.put(text, at: .zero)
      frame.draw(other, at: rect.origin)
    default:
      let chart = LineChart(
        [.init((0..<20).map { .init(time: Double($0), value: Double($0 * $0)) })], times: 0...19,
        thresholds: [.init(100, label: text)], marks: [.init(time: 5, label: text)])
      let mode = GraphMode.allCases.randomElement(using: &random) ?? .block
      chart.draw(in: &frame, rect, mode: mode, valueLabel: { "\($0)" }, timeLabel: { "\($0)" })
    }
  }

  @Test("a frame of an impossible size is cut to a possible one")
  func impossible() {
    #expect(Frame(width: .max, height: 1).size == Size(width: 1000, height: 1))
    #expect(Frame(width: -5, height: -1).cells.isEmpty)
  }
}
