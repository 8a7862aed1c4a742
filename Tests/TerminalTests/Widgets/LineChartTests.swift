import Terminal
import Testing
import Values

@Suite("LineChart")
struct LineChartTests {
  private func frame(_ mode: GraphMode, width: Int = 44, height: Int = 7) -> Frame {
    let values = [0.2, 0.2, 0.3, 0.2, 0.4, 1, 2.4, 4, 5.6, 7.1, 7.4, 7.1]
    let chart = LineChart(
      [.init(values.enumerated().map { .init(time: Double($0 * 60), value: $1) })], times: 0...660,
      values: 0...8,
      thresholds: [.init(5, label: "page", slot: .page), .init(2, label: "warn", slot: .warn)],
      marks: [.init(time: 480, label: "▲pending", style: .warn)])
    var frame = Frame(width: width, height: height)
    chart.draw(
      in: &frame, frame.bounds, mode: mode, valueLabel: { "\(Int($0))%" },
      timeLabel: { "\(Int($0) / 60)m" })
    return frame
  }

  @Test("braille")
  func braille() {
    #expect(
      frame(.braille).text == """
                                       ⢀⣀⠤⠤⠤⣀⣀
                                    ⢀⠤⠊⠁
        5% ┤╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌⢀⠤⠊⠁╌╌╌╌╌╌╌╌╌ page
                               ⡠⠒⠁
        2% ┤╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌⢀⡠⠔⠊╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ warn
        0% ┤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠒⠊⠁
           └0m─────────────5m───────▲pending──
        """)
  }

  @Test("blocks")
  func block() {
    #expect(
      frame(.block).text == """
                                       ▄▄▄▄▄▄▄
                                    ▄▞▀
        5% ┤╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▄▞▀╌╌╌╌╌╌╌╌╌╌ page
                               ▄▀
        2% ┤╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▄▄▀╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ warn
        0% ┤▄▄▄▄▄▄▄▄▄▄▞▀▀▀▀▀
           └0m─────────────5m───────▲pending──
        """)
  }

  @Test("ASCII")
  func ascii() {
    #expect(
      frame(.ascii).text == """
                                         ***
                                   ******   **
        5% ┤╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌***╌╌╌╌╌╌╌╌╌╌╌ page
                             ***
        2% ┤╌╌╌╌╌╌╌╌╌╌╌╌╌╌***╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ warn
        0% ┤**************
           └0m─────────────5m───────▲pending──
        """)
  }

  @Test("too small is nothing, small is without labels")
  func small() {
    #expect(frame(.ascii, width: 3, height: 1).text == "")
    #expect(frame(.ascii, width: 6, height: 2).text == "******\n────▲…")
  }

  @Test("gaps break the line, and what is no number is a gap")
  func gaps() {
    var frame = Frame(width: 9, height: 3)
    let values: [Double?] = [1, 1, nil, 1, .nan, 1, 1, 1, 1]
    let chart = LineChart(
      [.init(values.enumerated().map { .init(time: Double($0), value: $1) })], times: 0...8, values: 0...1)
    chart.draw(in: &frame, frame.bounds, mode: .ascii, valueLabel: { _ in "" }, timeLabel: { _ in "" })
    #expect(frame.textLines.first == "** * ****")
  }

  @Test("axes have round places")
  func ticks() {
    #expect(Ticks.numbers(in: 0...8, atMost: 5) == [0, 2, 4, 6, 8])
    #expect(Ticks.numbers(in: 0...0.037, atMost: 4).count == 4)
    #expect(Ticks.numbers(in: 0...0, atMost: 4).isEmpty)
    #expect(Ticks.seconds(in: 100...3700, atMost: 5) == [900, 1800, 2700, 3600])
    #expect(Ticks.seconds(in: 0...1e12, atMost: 5).isEmpty)
  }
}
