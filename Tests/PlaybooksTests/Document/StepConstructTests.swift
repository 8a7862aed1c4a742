import Testing

@testable import Playbooks

/// Every construct of CommonMark 0.31 and of GitHub's Markdown inside a step: the step stays one, and nothing of the
/// construct is lost.
struct StepConstructTests {
  struct Construct: Sendable, CustomTestStringConvertible {
    let name: String
    /// As it stands below the step's words, without the item's indentation.
    let text: String
    /// What has to be found in the step, in this order.
    let words: [String]
    /// What becomes of it: the outline of the step's own blocks; nil where only the words matter.
    let outline: [String]?
    let links: [String]

    init(_ name: String, _ text: String, _ words: [String], _ outline: [String]? = nil, links: [String] = [])
    {
      self.name = name
      self.text = text
      self.words = words
      self.outline = outline
      self.links = links
    }

    var testDescription: String { name }
  }

  static let blocks = [
    Construct("ATX heading", "## alpha", ["alpha"], ["prose alpha"]),
    Construct("closed ATX heading", "### alpha ###", ["alpha"], ["prose alpha"]),
    Construct("setext heading, 1", "alpha\n=====", ["alpha"], ["prose alpha"]),
    Construct("setext heading, 2", "alpha beta\n---", ["alpha beta"], ["prose alpha beta"]),
    Construct("thematic break of stars", "***\n\nalpha", ["alpha"], ["rule", "prose alpha"]),
    Construct("thematic break of lines", "_ _ _\n\nalpha", ["alpha"], ["rule", "prose alpha"]),
    Construct(
      "thematic break of dashes", "alpha\n\n- - -\n\nbeta", ["alpha", "beta"],
      ["prose alpha", "rule", "prose beta"]),
    Construct("fence", "```sh\nls alpha\n```", ["sh", "ls alpha"], ["commands 1"]),
    Construct("fence of tildes", "~~~bash\nls alpha\n~~~", ["ls alpha"], ["commands 1"]),
    Construct("fence without a word", "```\nalpha\n```", ["alpha"], ["text 1"]),
    Construct(
      "fence with attributes", "```sh title=\"beta\"\nls alpha\n```", ["title=\"beta\"", "ls alpha"],
      ["commands 1"]),
    Construct("nested fences", "````md\n```sh\nls alpha\n```\n````", ["```sh", "ls alpha"], ["text 3"]),
    Construct("fence in a fence of tildes", "~~~text\n```\nalpha\n```\n~~~", ["alpha"], ["text 3"]),
    Construct(
      "fence with blank lines", "```sh\nls alpha\n\n\nls beta\n```", ["ls alpha", "ls beta"], ["commands 2"]),
    Construct("fence with a list", "```\n- alpha\n1. beta\n```", ["- alpha", "1. beta"], ["text 2"]),
    Construct("empty fence", "```sh\n```\n\nalpha", ["alpha"]),
    Construct("indented code", "    ls alpha\n\n    ls beta", ["ls alpha", "ls beta"], ["text 2"]),
    Construct("HTML block", "<div>\n<p>alpha</p>\n</div>", ["<div>", "alpha", "</div>"], ["source <div>"]),
    Construct("HTML comment", "<!-- alpha\nbeta -->", ["alpha", "beta"], ["source <!-- alpha"]),
    Construct(
      "HTML details", "<details><summary>alpha</summary>\n\nbeta\n\n</details>",
      ["alpha", "beta", "</details>"]),
    Construct("HTML of any element", "<x-note a=\"1\">\nalpha\n</x-note>", ["alpha"]),
    Construct("script", "<script>\nalpha()\n\nbeta()\n</script>", ["alpha()", "beta()"]),
    Construct("link definition", "[alpha]: http://beta \"gamma\"", ["[alpha]: http://beta \"gamma\""]),
    Construct(
      "link definition after text", "alpha [beta]\n\n[beta]: http://gamma",
      ["alpha beta", "[beta]: http://gamma"], links: ["http://gamma"]),
    Construct("block quote", "> alpha\n> beta", ["alpha", "beta"], ["quote", "  prose alpha beta"]),
    Construct("lazy block quote", "> alpha\nbeta", ["alpha", "beta"], ["quote", "  prose alpha beta"]),
    Construct("quote in a quote", "> > alpha\n>\n> beta", ["alpha", "beta"]),
    Construct("list in a quote", "> - alpha\n> - beta", ["- alpha", "- beta"]),
    Construct("fence in a quote", "> ```sh\n> ls alpha\n> ```", ["ls alpha"]),
    Construct("table in a quote", "> | a | b |\n> |---|---|\n> | alpha | beta |", ["alpha | beta"]),
    Construct("tight list", "- alpha\n- beta", ["alpha", "beta"], ["1.1.1 alpha", "1.1.2 beta"]),
    Construct(
      "loose list", "- alpha\n\n- beta\n\n  gamma", ["alpha", "beta", "gamma"],
      ["1.1.1 alpha", "1.1.2 beta", "  prose gamma"]),
    Construct("list of plusses", "+ alpha\n+ beta", ["alpha", "beta"], ["1.1.1 alpha", "1.1.2 beta"]),
    Construct(
      "lists side by side", "- alpha\n\n* beta\n\n1) gamma", ["alpha", "beta", "gamma"],
      ["1.1.1 alpha", "1.1.2 beta", "1.1.3 gamma"]),
    Construct("ordered list from 7", "7. alpha\n8. beta", ["alpha", "beta"], ["1.1.1 alpha", "1.1.2 beta"]),
    Construct(
      "list in a list in a list", "- alpha\n  - beta\n    - gamma", ["alpha", "beta", "gamma"],
      ["1.1.1 alpha", "  1.1.1.1 beta", "    1.1.1.1.1 gamma"]),
    Construct("empty item", "-\n- alpha", ["alpha"]),
    Construct("item that begins with code", "-     alpha\n- beta", ["alpha", "beta"]),
    Construct(
      "task list", "- [ ] alpha\n- [x] beta\n- [X] gamma", ["alpha", "beta", "gamma"],
      ["1.1.1 alpha", "1.1.2 beta", "1.1.3 gamma"]),
    Construct("table", "| a | b |\n|:--|--:|\n| alpha | beta |", ["a | b", "alpha | beta"], ["table 2x1"]),
    Construct("table without outer bars", "a | b\n--|--\nalpha | beta", ["alpha | beta"], ["table 2x1"]),
    Construct("table with code and bars", "| a |\n|---|\n| `x \\| alpha` |", ["`x | alpha`"], ["table 1x1"]),
    Construct(
      "table with short rows", "| a | b |\n|---|---|\n| alpha |\n| beta | gamma | delta |",
      ["alpha", "beta | gamma"]),
    Construct(
      "table right below words", "alpha\n| a | b |\n|---|---|\n| beta | gamma |", ["alpha", "beta | gamma"]),
    Construct("admonition of GitHub", "> [!NOTE]\n> alpha", ["[!NOTE]", "alpha"]),
    Construct(
      "admonition of GitHub with a list", "> [!WARNING]\n> alpha\n>\n> - beta",
      ["[!WARNING]", "alpha", "- beta"]),
    Construct(
      "admonition of MkDocs", "!!! note \"alpha\"\n    beta\n    gamma",
      ["!!! note \"alpha\"", "beta", "gamma"]),
    Construct("admonition of Docusaurus", ":::tip alpha\nbeta\n:::", [":::tip alpha", "beta", ":::"]),
    Construct("what looks like front matter", "---\nalpha: 1\n---", ["alpha: 1"]),
    Construct("footnote", "alpha[^1]\n\n[^1]: beta gamma", ["alpha[^1]", "[^1]: beta gamma"]),
    Construct("definition list", "alpha\n: beta", ["alpha", ": beta"]),
    Construct("mathematics", "$$\nalpha\n$$", ["$$", "alpha"]),
    Construct("a tab before code", "\tls alpha", ["ls alpha"]),
    Construct(
      "words of two paragraphs", "alpha\nbeta\n\ngamma", ["alpha beta", "gamma"].map { $0 },
      ["prose alpha beta", "prose gamma"]),
  ]

  @Test(arguments: blocks)
  func belowItsWords(_ one: Construct) throws {
    for (marker, indent) in [("1. ", "   "), ("- ", "  "), ("- [ ] ", "  "), ("10) ", "    ")] {
      let body = one.text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : indent + $0 }.joined(separator: "\n")
      let next = marker == "10) " ? "11) " : marker
      let text = "# H\n\n\(marker)First do this\n\n\(body)\n\n\(next)Then do that\n"
      for ends in ["\n", "\r\n"] {
        let source = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: ends)
        let document = read(source).document
        let steps = document.sections.flatMap(\.steps)
        try #require(
          steps.map(\.title) == ["First do this", "Then do that"], "\(marker)\(outline(document))")
        try expect(one, in: steps[0], under: marker)
        #expect(unowned(source, document).isEmpty)
        #expect(steps[1].blocks.isEmpty, "\(marker)\(outline(document))")
      }
      // Without a line end at the end, and as the last step.
      let open = read("# H\n\n\(marker)First do this\n\n\(body)").document.sections.flatMap(\.steps)
      try #require(open.map(\.title) == ["First do this"], "\(marker)\(open)")
      try expect(one, in: open[0], under: marker)
    }
  }

  private func expect(_ one: Construct, in step: Step, under marker: String) throws {
    let said = Block.step(step).textLines.joined(separator: "\n")
    let flat = said.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    var rest = flat[...]
    for word in one.words {
      let found = try #require(rest.firstRange(of: word), "\(marker)\(word) is not in \(said)")
      rest = rest[found.upperBound...]
    }
    if let wanted = one.outline { #expect(blockOutline(step) == wanted, "\(marker)") }
    let links = step.blocks.flatMap { block -> [String] in
      if case .prose(let prose) = block { prose.spans.compactMap(\.link) } else { [] }
    }
    #expect(links == one.links)
  }

  private func blockOutline(_ step: Step) -> [String] {
    let section = Section(
      title: "", level: 1, anchor: "", number: 1,
      groups: [Group(label: nil, text: [], lines: nil, blocks: step.blocks)], heading: nil)
    return outline(sections: [section]).dropFirst().map { $0 }
  }

  /// In the step's own words.
  static let inlines = [
    Construct("emphasis", "an *alpha* and _beta_", ["an alpha and beta"]),
    Construct("strong", "an **alpha** and __beta__", ["an alpha and beta"]),
    Construct("both", "an ***alpha*** and **_beta_**", ["an alpha and beta"]),
    Construct("emphasis that is none", "a_b_c 2 * 3 * 4 alpha", ["a_b_c 2 * 3 * 4 alpha"]),
    Construct("code span", "run `ls alpha` now", ["run `ls alpha` now"]),
    Construct("code span with backticks", "run ``ls `alpha` `` now", ["ls `alpha`"]),
    Construct("code span over lines", "run `ls\nalpha` now", ["`ls alpha`"]),
    Construct("link", "see [alpha](http://beta \"gamma\")", ["see alpha"], links: ["http://beta"]),
    Construct("link in brackets", "see [alpha](<b e t a>)", ["see alpha"], links: ["b e t a"]),
    Construct(
      "link by reference", "see [alpha][b]\n\n[b]: http://beta", ["see alpha"], links: ["http://beta"]),
    Construct("link that is none", "see [alpha][] and [beta]", ["see [alpha][] and [beta]"]),
    Construct("image", "see ![alpha](beta.png)", ["see alpha"], links: ["beta.png"]),
    Construct(
      "image in a link", "see [![alpha](beta.png)](http://gamma)", ["see alpha"], links: ["beta.png"]),
    Construct(
      "autolink", "see <http://alpha.example/x>", ["see http://alpha.example/x"],
      links: ["http://alpha.example/x"]),
    Construct(
      "autolink of GitHub", "see https://alpha.example/x and www.beta.example",
      ["https://alpha.example/x", "www.beta.example"],
      links: ["https://alpha.example/x", "http://www.beta.example"]),
    Construct(
      "mail", "ask alpha@beta.example now", ["ask alpha@beta.example now"],
      links: ["mailto:alpha@beta.example"]),
    Construct("hard break of spaces", "alpha  \nbeta", ["alpha beta"]),
    Construct("hard break of a backslash", "alpha\\\nbeta", ["alpha beta"]),
    Construct("soft break", "alpha\nbeta", ["alpha beta"]),
    Construct("entities", "alpha &amp; &copy; &#35; &#x22; beta", ["alpha & © # \" beta"]),
    Construct("entity that is none", "alpha &nothing; beta", ["alpha &nothing; beta"]),
    Construct("escapes", "alpha \\*beta\\* \\`gamma\\` \\[x\\]", ["alpha *beta* `gamma` [x]"]),
    Construct("strikethrough", "alpha ~~beta~~ gamma", ["alpha beta gamma"]),
    Construct("raw HTML", "press <kbd>alpha</kbd> now", ["press <kbd>alpha</kbd> now"]),
    Construct("HTML comment", "alpha <!-- beta --> gamma", ["alpha <!-- beta --> gamma"]),
    Construct("placeholders", "set <alpha> to {{beta}} and [gamma]", ["set <alpha> to {{beta}} and [gamma]"]),
    Construct("footnote mark", "alpha[^note] beta", ["alpha[^note] beta"]),
    Construct("emoji and other scripts", "alpha 🛠️ :tada: 漢字 ألفا", ["alpha 🛠️ :tada: 漢字 ألفا"]),
    Construct("mathematics", "alpha $x_1 < y$ beta", ["alpha $x_1 < y$ beta"]),
    Construct("a bar", "alpha | beta", ["alpha | beta"]),
    Construct("a number and a dot", "alpha 3. beta", ["alpha 3. beta"]),
    Construct("a lazy line", "alpha\nbeta gamma", ["alpha beta gamma"]),
    Construct("NUL and control characters", "alpha \u{0} \u{7}beta", ["alpha", "beta"]),
  ]

  @Test(arguments: inlines)
  func inItsWords(_ one: Construct) throws {
    for (marker, indent) in [("1. ", "   "), ("- ", "  "), ("* [x] ", "  ")] {
      let body = one.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .map { $0.offset == 0 || $0.element.isEmpty ? String($0.element) : indent + $0.element }
        .joined(separator: "\n")
      let source = "# H\n\n\(marker)\(body)\n\(marker)Then do that"
      let document = read(source).document
      let steps = document.sections.flatMap(\.steps)
      try #require(steps.count == 2 && steps.last?.title == "Then do that", "\(outline(document))")
      let said = steps[0].text.marked.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      for word in one.words { #expect(said.contains(word), "\(marker)\(said)") }
      #expect(steps[0].text.compactMap(\.link) == one.links)
      #expect(unowned(source, document).isEmpty)
      #expect(!steps[0].title.isEmpty)
    }
  }
}
