import Terminal
import Testing

@Suite("TextField")
struct TextFieldTests {
  private func typed(_ keys: [Key], into text: String = "") -> TextField {
    var field = TextField(text)
    for key in keys { _ = field.handle(key) }
    return field
  }

  @Test(
    "editing keys",
    arguments: [
      ([.left, .backspace, .character("x")], "one txo", 6),
      ([.ctrl("a"), .delete], "ne two", 0),
      ([.ctrl("w")], "one ", 4),
      ([.alt("b"), .ctrl("k")], "one ", 4),
      ([.home, .alt("f"), .ctrl("u")], " two", 0),
      ([.ctrl("a"), .right, .ctrl("d"), .end], "oe two", 6),
      ([.paste("a\nb\u{1B}")], "one twoa b", 10),
      ([.character("日"), .left, .left, .right], "one two日", 7),
    ] as [([Key], String, Int)])
  func editing(_ keys: [Key], _ text: String, _ cursor: Int) {
    let field = typed(keys, into: "one two")
    #expect(field.text == text)
    #expect(field.cursor == cursor)
  }

  @Test("lines that are pasted stay lines where that is asked for")
  func lines() {
    var field = TextField(keepsLines: true)
    for key in [Key.paste("one\ntwo\t\u{1B}three\n"), .character("x"), .left, .backspace] {
      _ = field.handle(key)
    }
    #expect(field.text == "one\ntwo threex")
    var frame = Frame(Size(width: 20, height: 1))
    field.draw(in: &frame, Rect(x: 0, y: 0, width: 20, height: 1))
    #expect(frame.text.hasPrefix("one↵two threex"), "\(frame.text)")
  }

  @Test("a combining mark joins the letter before the cursor")
  func marks() {
    let field = typed([.character("e"), .character("\u{301}"), .character("x"), .left, .left])
    #expect(field.text == "e\u{301}x")
    #expect(field.cursor == 0)
  }

  @Test("Enter, Tab and Esc are for whoever holds the field")
  func refused() {
    var field = TextField("a")
    for key in [Key.enter, .tab, .escape, .function(1), .up, .pageDown] {
      let isTaken = field.handle(key)
      #expect(!isTaken)
    }
  }

  @Test("history comes back, and then what was being typed")
  func history() {
    var field = TextField(history: ["first", "second"])
    _ = field.handle(.character("x"))
    var seen: [String] = []
    for key in [Key.up, .up, .up, .down, .down, .down] {
      _ = field.handle(key)
      seen.append(field.text)
    }
    #expect(seen == ["second", "first", "first", "second", "x", "x"])
  }

  @Test("the cursor stays in sight")
  func drawing() {
    var frame = Frame(width: 6, height: 1)
    TextField("abcdefgh").draw(in: &frame, frame.bounds)
    #expect(frame.text == "defgh")
    #expect(frame.cursor == Point(x: 5, y: 0))
    TextField("日本語").draw(in: &frame, frame.bounds)
    #expect(frame.text == "本語")
    #expect(frame.cursor == Point(x: 4, y: 0))
    TextField().draw(in: &frame, frame.bounds, placeholder: "note")
    #expect(frame.text == "note")
    #expect(frame.cursor == .zero)
  }
}
