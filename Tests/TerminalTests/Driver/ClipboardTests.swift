import Testing

@testable import Terminal

@Suite("Clipboard")
struct ClipboardTests {
  @Test(
    "base64 (RFC 4648, section 10)",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("é", "w6k="),
    ])
  func base64(_ text: String, _ encoded: String) {
    #expect(Clipboard.base64(Array(text.utf8)) == encoded)
  }

  @Test("plain, tmux and screen")
  func wrapping() throws {
    let plain = "\u{1B}]52;c;aGk=\u{7}"
    #expect(try Clipboard.sequence(copying: "hi", term: "xterm-256color", isInTmux: false).get() == plain)
    #expect(
      try Clipboard.sequence(copying: "hi", term: "tmux-256color", isInTmux: true).get()
        == plain + "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\")
    let long = try Clipboard.sequence(
      copying: String(repeating: "x", count: 900), term: "screen", isInTmux: false
    ).get()
    #expect(long.split(separator: "\u{1B}P").count == 2)
  }

  @Test("too long and incapable are refused with a sentence")
  func refusals() {
    let long = String(repeating: "x", count: 60_000)
    for (text, term) in [(long, "xterm"), ("hi", "dumb"), ("hi", "linux")] {
      guard case .failure(let refusal) = Clipboard.sequence(copying: text, term: term, isInTmux: false) else {
        Issue.record("\(term) must refuse")
        continue
      }
      #expect(refusal.sentence.contains(";"))
    }
  }
}
