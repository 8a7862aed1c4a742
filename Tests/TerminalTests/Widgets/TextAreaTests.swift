import Terminal
import TestSupport
import Testing

@Suite("TextArea")
struct TextAreaTests {
  private let size = Size(width: 10, height: 3)

  private func edited(_ text: String, _ keys: [Key]) -> TextArea {
    var area = TextArea(text)
    for key in keys { _ = area.handle(key, size: size) }
    return area
  }

  @Test(
    "editing keys",
    arguments: [
      ("", [.character("a"), .enter, .character("b")], "a\nb"),
      ("ab\ncd", [.end, .delete], "abcd"),
      ("ab\ncd", [.down, .backspace, .character("-")], "ab-cd"),
      ("ab cd", [.end, .ctrl("w"), .ctrl("u")], ""),
      ("ab\ncd", [.right, .ctrl("k"), .ctrl("k")], "acd"),
      ("ab", [.right, .paste("1\r\n2\n3")], "a1\n2\n3b"),
      ("ab\n\ncd", [.down, .down, .end, .left, .character("日")], "ab\n\nc日d"),
    ] as [(String, [Key], String)])
  func editing(_ text: String, _ keys: [Key], _ result: String) {
    #expect(edited(text, keys).text == result)
  }

  @Test("text wraps at blanks, Up and Down move by rows and keep their column")
  func wrapping() {
    let text = "the cause was found\nshort"
    var frame = Frame(size)
    TextArea(text).draw(in: &frame, frame.bounds)
    #expect(frame.text == "the cause\nwas found\nshort")
    var area = edited(text, [.end])
    #expect(area.column == 19)
    _ = area.handle(.down, size: size)
    #expect((area.line, area.column) == (1, 5))
    _ = area.handle(.up, size: size)
    #expect((area.line, area.column) == (0, 19))
    _ = area.handle(.up, size: size)
    #expect((area.line, area.column) == (0, 9))
  }

  @Test("the cursor's row is in sight, whatever the size")
  func scrolling() {
    let area = edited("1\n2\n3\n4\n5", [.down, .down, .down])
    var frame = Frame(size)
    area.draw(in: &frame, frame.bounds)
    #expect(frame.text == "2\n3\n4")
    #expect(frame.cursor == Point(x: 0, y: 2))
    var small = Frame(width: 1, height: 1)
    area.draw(in: &small, small.bounds)
    #expect(small.text == "4")
  }

  @Test("what is unfilled stands out")
  func emphasis() {
    var frame = Frame(width: 12, height: 1)
    TextArea("by {{eta}}").draw(in: &frame, frame.bounds, emphasis: [("{{eta}}", .down)])
    #expect(frame.styleMap == "   DDDDDDD")
  }

  @Test("no key breaks it: every character stays in one row")
  func property() {
    var random = SplitMix64(seed: 8)
    let keys: [Key] = [
      .up, .down, .left, .right, .home, .end, .enter, .backspace, .delete, .pageUp, .pageDown, .ctrl("w"),
      .ctrl("k"), .ctrl("u"), .character("a"), .character(" "), .character("日"), .character("\u{301}"),
    ]
    var area = TextArea()
    for _ in 0..<3000 {
      let size = Size(
        width: Int.random(in: 0...12, using: &random), height: Int.random(in: 0...4, using: &random))
      let key = keys.randomElement(using: &random) ?? .enter
      _ = area.handle(
        Int.random(in: 0..<9, using: &random) == 0 ? .paste(random.text(upTo: 12)) : key, size: size)
      var frame = Frame(size)
      area.draw(in: &frame, frame.bounds)
      let lines = area.text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(area.line < lines.count && area.column <= lines[area.line].count)
      if size.width > 0, size.height > 0 { #expect(frame.cursor.map(frame.bounds.contains) == true) }
    }
  }
}
