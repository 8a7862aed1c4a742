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

  /// A quotation mark with an accent on it is one character with it, and ends a field all the same.
  @Test func quotationMarksWithAccentsAreDoubled() {
    #expect(Inert.csv("a\"\u{301},b").unicodeScalars.elementsEqual("\"a\"\"\u{301},b\"".unicodeScalars))
  }

  /// By bytes or by scalars: the same.
  @Test func quickWaysAgreeWithSlowOnes() {
    let pieces = [
      "a", "B", " ", "  ", "1", "12", "-", "+", "=", "#", ".", ")", "*", "_", "[", "]", "<", ">", "|", "~",
      "&", "\\",
      "`", "\"", "'", ",", ";", "@", "\n", "\r", "\r\n", "\t", "\u{1B}", "\u{7F}", "\u{85}", "\u{2028}",
      "\u{202E}", "é", "e\u{301}", "日本", "\u{1F600}", "\u{FF1D}", "\u{A0}",
    ]
    var generator = Seeded()
    for _ in 0..<20_000 {
      let count = Int.random(in: 0..<7, using: &generator)
      let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      #expect(Self.same(Inert.markdown(text), SlowInert.markdown(text)), "\(text.debugDescription)")
      #expect(Self.same(Inert.html(text), SlowInert.html(text)), "\(text.debugDescription)")
      #expect(
        Self.same(Inert.terminalKeepingLines(text), SlowInert.lines(text)), "\(text.debugDescription)")
    }
  }

  private static func same(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
}

/// Knuth's linear congruential generator.
private struct Seeded: RandomNumberGenerator {
  private var state: UInt64 = 8

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }
}

/// The same, scalar by scalar.
private enum SlowInert {
  static func lines(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .map { Inert.terminal("\u{1B}" + $0).unicodeScalars.dropFirst().map(String.init).joined() }
      .joined(separator: "\n")
  }

  static func html(_ text: String) -> String {
    lines(text).unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      default: String(scalar)
      }
    }.joined()
  }

  static func markdown(_ text: String) -> String {
    let line = lines(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    let scalars = Array(line.unicodeScalars)
    var safe = ""
    var (isAtStart, isNumber) = (true, false)
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      let begins =
        switch scalar {
        case "#", "=": isAtStart && !isNumber
        case "+", "-": isAtStart && !isNumber && (next == " " || next == scalar)
        case ".", ")": isAtStart && next == " "
        default: false
        }
      if begins || "\\`*_[]<>|~&".unicodeScalars.contains(scalar) { safe += "\\" }
      safe.unicodeScalars.append(scalar)
      isNumber = isNumber || ("0"..."9").contains(scalar)
      isAtStart = isAtStart && (("0"..."9").contains(scalar) || scalar == " ")
    }
    return safe
  }
}
