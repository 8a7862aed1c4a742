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
    "===\n", "![i](u)", "~~", "\u{202E}", "\r", "  \n", "+ ", "12) ", "   ", "> [!NOTE]\n", "!!! note\n",
    "[^1]", "[^1]: x\n",
    "<http://u>", "www.u.example", "a@b.example", "\\*", "&#35;", "***\n", "~~~sh\n", "````\n", "$ ls\n",
    "+++\n",
    "If a: b\n",
    "</div>\n",
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
      expectNothingLost(of: text, words, seed: seed)
    }
  }

  /// As somebody would write them: headings, labels, and lists of blocks in lists of blocks.
  @Test func nothingIsLostOfWhatIsNested() {
    var steps = 0
    for seed in 0..<300 as Range<UInt64> {
      var writer = MarkdownWriter(seed: seed)
      let text = writer.document()
      steps += expectNothingLost(of: text, writer.words.filter { text.contains($0) }, seed: seed).steps.count
    }
    #expect(steps > 3000)
  }

  @discardableResult
  private func expectNothingLost(of text: String, _ words: [String], seed: UInt64) -> PlaybookDocument {
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
    return document
  }
}

/// Writes Markdown in which every construct stands where it may.
private struct MarkdownWriter {
  private var random: SplitMix64
  private(set) var words: [String] = []

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func document() -> String {
    var lines = Bool.random(using: &random) ? [word(), ""] : []
    for _ in 0..<pick(6) {
      lines +=
        [["# \(word())", "## \(word()) ##"], ["\(word())", "---"]][pick(2)].prefix(pick(2) + 1) + [""]
      lines += blocks(depth: 0)
    }
    return "\n" + lines.joined(separator: ["\n", "\r\n"][pick(2)])
  }

  private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  private mutating func word() -> String {
    words.append("word\(words.count)x")
    return words.last ?? ""
  }

  private mutating func blocks(depth: Int) -> [String] {
    (0..<(1 + pick(4))).flatMap { _ in block(depth: depth) + (pick(4) == 0 ? [] : [""]) }
  }

  private mutating func block(depth: Int) -> [String] {
    switch pick(depth < 4 ? 16 : 10) {
    case 0: return [word() + " *" + word() + "*", word() + " `" + word() + "`"]
    case 1:
      return [
        "```\(["bash", "", "console", "json"][pick(4)])", "$ " + word(), "", "# " + word(), word(), "```",
      ]
    case 2: return ["| a | \(word()) |", "|---|:-:|", "| \(word()) | `\(word())` |"]
    case 3: return ["> " + word(), "> - " + word(), word()]
    case 4: return ["**\(word()):** " + word()]
    case 5: return ["<div>", word(), "</div>"]
    case 6: return ["***"]
    case 7: return ["[\(word())]: http://\(word())"]
    case 8: return ["    " + word(), "", "    " + word()]
    case 9: return ["> [!TIP]", "> " + word()]
    default:
      let marker = ["- ", "1. ", "* [ ] ", "10) ", "+ "][pick(5)]
      let indent = String(repeating: " ", count: marker == "* [ ] " ? 2 : marker.count)
      return (0..<(1 + pick(3))).flatMap { _ -> [String] in
        let first = marker + (pick(8) == 0 ? "If \(word()): " : "") + word()
        let below = pick(2) == 0 ? [] : blocks(depth: depth + 1)
        return [first] + (pick(2) == 0 ? [""] : []) + below.map { $0.isEmpty ? "" : indent + $0 }
      }
    }
  }
}
