import TestSupport
import Testing

@testable import Playbooks

struct RandomMarkdownTests {
  private static let pieces = [
    "# ", "## ", "- ", "1. ", "* [ ] ", "> ", "    ", "\t", "```bash\n", "```\n", "~~~\n", "---\n",
    "| a | b |\n",
    "|-|-|\n", "**", "**Label:** ", "`", "[x](#y)", "[z]: http://w\n", "<div>\n", "<!--", "-->", "\\\n", "$(",
    "<<EOF\n", "EOF\n", "'", "\"", "<name>", "{{name}}", "[a-b]", "BACKUP_ID", "é漢🛠️", "\u{0}", "\r\n",
    "&amp;",
    "===\n", "![i](u)", "~~", "\u{202E}",
  ]

  /// No document crashes the reader, loses a line, or loses a word.
  @Test func nothingIsLost() {
    for seed in 0..<300 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      // Not at the first line: `---` there would begin front matter.
      var text = "\n"
      var words: [String] = []
      for _ in 0..<Int.random(in: 1...80, using: &random) {
        if Int.random(in: 0..<3, using: &random) == 0 {
          let word = "word\(words.count)x"
          words.append(word)
          text += word + (Bool.random(using: &random) ? " " : "\n")
        } else {
          text += Self.pieces.randomElement(using: &random) ?? ""
          if Int.random(in: 0..<4, using: &random) == 0 { text += "\n" }
        }
      }
      let document = read(text).document
      let missing = unowned(text, document)
      #expect(missing.isEmpty, "seed \(seed): \(missing)")
      let all = everything(document)
      for word in words where !all.contains(word) {
        Issue.record("seed \(seed) lost \(word) of \(text.debugDescription)")
      }
      let steps = document.steps
      #expect(Set(steps.map(\.number)).count == steps.count, "seed \(seed): numbers repeat")
      for step in steps {
        _ = StepView(step, in: nil, values: ["name": .plain("x y")])
      }
    }
  }
}
