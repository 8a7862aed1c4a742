import Terminal
import Testing

@Suite("Width")
struct WidthTests {
  @Test(
    "columns of texts",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｶﾅ", 2), ("Ａ", 2), ("한글", 4),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("😀", 2), ("👨‍👩‍👧", 2), ("👍🏽", 2), ("🇫🇷", 2), ("❤\u{FE0F}", 1),
      ("●▲◌✓✖‖…▌▸☐☑◇★✎»⛓", 16), ("─│┤└╌▁█⣿", 8), ("\u{AD}", 1), ("a\u{1B}b", 3), ("\t", 1),
      ("\u{301}", 1), ("क्षि", 3),
    ])
  func columns(_ text: String, _ width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test("glyphs keep the first spacing scalar and four marks")
  func glyphs() {
    #expect(
      "e\u{301}\u{302}\u{303}\u{304}\u{305}x".glyphs.map(\.text) == ["e\u{301}\u{302}\u{303}\u{304}", "x"])
    #expect("👨‍👩‍👧!".glyphs.map(\.text) == ["👨", "!"])
    #expect("🇫🇷".glyphs.map(\.text) == ["F", "R"])
    #expect("\u{301}a".glyphs.map(\.text) == [" \u{301}", "a"])
  }

  @Test("every sign is one column, in ASCII too, and no two states share a form")
  func signs() {
    for sign in Sign.allCases {
      #expect(sign.glyph.displayWidth == 1, "\(sign)")
      #expect(sign.ascii.utf8.count == 1, "\(sign)")
    }
    let states: [Sign] = [.page, .warn, .info, .pending, .up, .down, .stale, .maintenance, .retry]
    #expect(Set(states.map(\.glyph)).count == states.count)
    #expect(states.map(\.ascii).joined() == "*!io+x?=.")
  }
}
