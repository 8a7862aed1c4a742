import Documents
import Testing
import Values

struct YAMLTextTests {
  @Test(arguments: [
    "", "plain", "a: b # c", "\"q\" \\ 'x'", "line\nnext\r\ttab", "\0\u{7}\u{1B}\u{7F}\u{85}",
    "\u{2028}\u{2029}\u{FEFF}\u{FFFE}",
    "🌙 ünï", "---", "- x", "{a: b}", "*x &y !z", "  blanks  ",
  ])
  func isReadBackAsItWas(_ text: String) {
    let written = YAMLText.quoted(text)
    #expect(!written.contains { $0.isNewline })
    var problems: [Problem] = []
    let document = YAMLDocument("key: \(written)\nnext: 1\n", file: "x.yaml", problems: &problems)
    var reader = YAMLReader(document.root, file: "x.yaml", of: "it")
    #expect(reader.string("key") == text && problems.isEmpty, "\(written) \(problems)")
    #expect(reader.string("next") == "1")
  }
}
