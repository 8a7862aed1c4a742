import Testing
import Values

@Suite struct InertTests {
  @Test(arguments: [
    ("plain", "plain"), ("a\tb", "a b"), ("a\nb", "a⏎b"), ("\u{1B}[2J", "␛[2J"), ("\u{9B}31m", "\u{FFFD}31m"),
    ("\u{7F}", "␡"), ("\u{202E}evil", "⏎evil"), ("e\u{301}", "e\u{301}"), ("日本", "日本"), ("\u{0}", "␀"),
  ])
  func nothingReachesATerminal(text: String, safe: String) {
    let made = Inert.terminal(text)
    if text.contains("\u{202E}") {
      #expect(!made.unicodeScalars.contains("\u{202E}"))
    } else {
      #expect(made == safe)
    }
  }

  @Test func noScalarOfAnyPlaneGetsControlThrough() {
    for value in 0...0x2FFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let safe = Inert.terminal(String(Character(scalar)))
      #expect(safe.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
    }
  }

  @Test func formulasAreNeutralisedForSpreadsheets() {
    #expect(Inert.csv("=cmd()") == "'=cmd()")
    #expect(Inert.csv("a,\"b\"") == "\"a,\"\"b\"\"\"")
    #expect(Inert.csv("plain") == "plain")
    for text in [
      " =1+1", "\t=1+1", "\n=1+1", "\u{00A0}@a", "\u{FF1D}1", "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}a",
    ] {
      #expect(Inert.csv(text).drop { $0 == "\"" }.hasPrefix("'"), "\(text)")
    }
    #expect(Inert.csv("a =1") == "a =1")
  }

  @Test(arguments: [0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF] as [UInt32])
  func noncharactersGoNowhere(value: UInt32) {
    let text = Unicode.Scalar(value).map { String($0) } ?? ""
    #expect(!text.isEmpty && Inert.html("a\(text)b") == "a\u{FFFD}b")
  }

  @Test func markupIsEscaped() {
    #expect(Inert.html("<script>\"&'") == "&lt;script&gt;&quot;&amp;&#39;")
  }

  @Test(arguments: [
    ("[x](javascript:alert)", "\\[x\\](javascript:alert)"), ("a\n# b", "a # b"), ("# b", "\\# b"),
    ("- x", "\\- x"), ("1. x", "1\\. x"), ("  12) x", "  12\\) x"), ("a-b 1.2 = c", "a-b 1.2 = c"),
    ("1.1 Turn", "1.1 Turn"), ("2026-11-21", "2026-11-21"), ("-5", "-5"), ("+1m", "+1m"), ("-", "\\-"),
    ("---", "\\---"), ("- - -", "\\- - -"), ("===", "\\==="),
    ("a|b", "a\\|b"), ("<b>", "\\<b\\>"), ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"), ("&amp;", "\\&amp;"),
  ])
  func markdownStaysText(text: String, safe: String) {
    #expect(Inert.markdown(text) == safe)
  }
}
