import Terminal
import Testing

@Suite("Frame")
struct FrameTests {
  @Test("text is written, clipped and made inert")
  func put() {
    var frame = Frame(width: 8, height: 2)
    frame.put("hello\u{1B}[2J", at: Point(x: 1, y: 0))
    frame.put("日本語", at: Point(x: -1, y: 1), style: .warn)
    frame.put("語", at: Point(x: 7, y: 1))
    frame.put("x", at: Point(x: 0, y: 2))
    #expect(frame.text == " hello␛[\n 本語")
    #expect(frame.styleMap == "\n WWWW")
  }

  @Test("pieces keep their styles and stop at the width")
  func spans() {
    var frame = Frame(width: 12, height: 1)
    let next = frame.put(
      [("ab", .key), (" ", .text), ("日本", .page.selected), ("z", .up)], at: .zero, maxWidth: 6)
    #expect(next == 5)
    #expect(frame.text == "ab 日")
    #expect(frame.styleMap == "kk αα\nα = page, on selection")
  }

  @Test("half of a wide character never stays")
  func wideHalves() {
    var frame = Frame(width: 4, height: 1)
    frame.put("日本", at: .zero)
    frame.put("x", at: Point(x: 1, y: 0))
    #expect(frame.text == " x本")
    frame.put("y", at: Point(x: 2, y: 0))
    #expect(frame.text == " xy")
  }

  @Test("a rule names its pane and keeps what fits")
  func rule() {
    var frame = Frame(width: 31, height: 4)
    frame.rule(y: 0, title: ["alerts"], right: "3")
    frame.rule(y: 1, title: ["run 3 of INC-14", "2 of 11", "3m10s"], right: "trusted")
    frame.rule(y: 2, title: ["a very long title that is cut in the middle"])
    frame.rule(y: 9, title: ["nowhere"])
    #expect(
      frame.textLines == [
        "── alerts ──────────────── 3 ──", "── run 3 of INC-14 ── 2 of 11 ─",
        "── a very long t…n the middle ─", "",
      ])
  }
}
