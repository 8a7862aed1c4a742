import Testing

@testable import Playbooks

/// CommonMark and GFM constructs, mostly inside steps.
struct MarkdownTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let outline: [String]

    init(_ name: String, _ text: String, _ outline: [String]) {
      self.name = name
      self.text = text
      self.outline = outline
    }

    var testDescription: String { name }
  }

  static let cases = [
    Case("nothing", "", []),
    Case("no heading", "text\n\n1. do", [" ", "prose text", "1.1 do"]),
    Case("ordered, bulleted, task", "# A\n1. x\n\n- y\n\n* [ ] z", ["# A", "1.1 x", "1.2 y", "1.3 z"]),
    Case(
      "sub-steps", "# A\n1. x\n   - y\n     1. z\n2. w",
      ["# A", "1.1 x", "  1.1.1 y", "    1.1.1.1 z", "1.2 w"]),
    Case(
      "fence in an item", "# A\n1. x\n   ```bash\n   ls\n   ```\n2. y",
      ["# A", "1.1 x", "  commands 1", "1.2 y"]),
    Case("fence after an item", "# A\n1. x\n```sh\nls\n```", ["# A", "1.1 x", "  commands 1"]),
    Case(
      "fence after prose is a step", "# A\n1. x\n\nThen:\n```sh\nls\n```",
      ["# A", "1.1 x", "prose Then:", "1.2 Then", "  commands 1"]),
    Case("tilde fence", "# A\n~~~bash\nls\n~~~", ["# A", "1.1 A", "  commands 1"]),
    Case("attributes", "# A\n```bash {name=x}\nls\n```", ["# A", "1.1 A", "  commands 1"]),
    Case("case of the language", "# A\n```Bash\nls\n```", ["# A", "1.1 A", "  commands 1"]),
    Case("another language", "# A\n```python\nls\n```", ["# A", "1.1 A", "  text 1"]),
    Case("untagged", "# A\n```\nls\n```", ["# A", "1.1 A", "  text 1"]),
    Case("indented code is no step", "# A\n\n    ls", ["# A", "text 1"]),
    Case("nested fence", "# A\n````bash\ncat <<E\n```\nE\n````", ["# A", "1.1 A", "  commands 3"]),
    Case("open fence", "# A\n```bash\nls", ["# A", "1.1 A", "  commands 1"]),
    Case("manual", "# A\n```bash\n# by hand\nX=1\n```", ["# A", "1.1 by hand", "  manual 2"]),
    Case("comments only", "# A\n```bash\n# by hand\n```", ["# A", "1.1 A", "  manual 1"]),
    Case(
      "console", "# A\n```console\n$ ls\nout\n```", ["# A", "1.1 A", "  commands 2"]),
    Case("console without prompt", "# A\n```console\nls\n```", ["# A", "1.1 A", "  text 1"]),
    Case(
      "table and quote", "# A\n|a|b|\n|-|-|\n|1|2|\n\n> note", ["# A", "table 2x1", "quote", "  prose note"]),
    Case("list in a quote is text", "# A\n> - x", ["# A", "quote", "  prose - x"]),
    Case("rule and HTML", "# A\n\n---\n\n<div>x</div>", ["# A", "rule", "source <div>x</div>"]),
    Case("link definition", "# A\n[x][y]\n\n[y]: http://z", ["# A", "prose x", "source [y]: http://z"]),
    Case(
      "navigation", "# A\n- [A](#a)\n  - [B c](#b-c)\n\n## B c", ["# A", "navigation 2", "## B c"]),
    Case(
      "links elsewhere are steps", "# A\n- [A](#a)\n- [B](b.md)", ["# A", "1.1 A", "1.2 B"]),
    Case(
      "labels", "# A\n**Symptoms**: red\n**Do:**\n1. x\n\n**Recovery**\n- If a: b\n- If c: d",
      ["# A", "** Symptoms", "** Do", "1.1 x", "** Recovery ◇", "1.2 If a: b", "1.3 If c: d"]),
    Case(
      "choices only where ways out are offered", "# A\n- If a: b\n\n# Solutions\n- If a: b",
      ["# A", "1.1 If a", "# Solutions", "2.1 If a: b"]),
    Case("setext", "A\n===\n\nB\n---\n- x", ["# A", "## B", "1.1 x"]),
    Case("heading in an item", "# A\n- x\n  # y", ["# A", "1.1 x", "  prose y"]),
    Case("code first", "# A\n- ```sh\n  # why\n  ls\n  ```", ["# A", "1.1 why", "  commands 2"]),
    Case("empty item", "# A\n-\n- x", ["# A", "1.1 A", "1.2 x"]),
    Case("loose list", "# A\n1. x\n\n   more\n\n2. y", ["# A", "1.1 x", "  prose more", "1.2 y"]),
    Case("strike and autolink", "# A\n- ~~x~~ <http://y.z>", ["# A", "1.1 x http://y.z"]),
    Case("title at a full stop", "# A\n- Turn off. Then on.", ["# A", "1.1 Turn off"]),
    Case("title at a colon", "# A\n- Turn off: set `a: b`.", ["# A", "1.1 Turn off"]),
    Case("abbreviation", "# A\n- Limit e.g. the rows", ["# A", "1.1 Limit e.g. the rows"]),
  ]

  @Test(arguments: cases)
  func readsConstructs(_ one: Case) {
    let document = read(one.text).document
    #expect(outline(document) == one.outline)
    #expect(unowned(one.text, document).isEmpty)
  }

  @Test func lineEndsDoNotMatter() {
    let text = "---\ntitle: T\n---\n# A\n1. x\n   ```bash\n   a \\\n     b\n   ```\n"
    let unix = read(text)
    let dos = read("\u{FEFF}" + text.split(separator: "\n").joined(separator: "\r\n") + "\r\n")
    #expect(unix.problems.isEmpty && dos.problems.isEmpty)
    #expect(unix.document.title == "T" && dos.document.title == "T")
    #expect(unix.document.sections == dos.document.sections)
    #expect(dos.document.steps.first?.commands.first?.text == "a \\\n  b")
  }

  @Test func anchorsAreGitHubs() {
    let headings = [
      "Backup & Disaster Recovery", "1. High Error Rate (5xx spike)", "A", "A", "A-1", "Größe_x",
      "`code` *b*",
    ]
    let document = read(headings.map { "# \($0)\n" }.joined()).document
    #expect(
      document.sections.map(\.anchor) == [
        "backup--disaster-recovery", "1-high-error-rate-5xx-spike", "a", "a-1", "a-1-1", "größe_x", "code-b",
      ])
  }

  @Test func deepNestingIsShownAsWritten() {
    let quote = "# A\n" + String(repeating: ">", count: 5000) + " deep"
    let document = read(quote).document
    #expect(unowned(quote, document).isEmpty)
    let emphasis = "# A\n" + String(repeating: "*a **b ", count: 3000)
    #expect(everything(read(emphasis).document).contains("b"))
  }

  @Test func saysWhichLinesAreWrong() {
    let (_, problems) = read("# A\n- [x](#nowhere)\n\n```bash\nls\necho \"open\n```\n", file: "a.md")
    #expect(
      problems.map(\.description) == [
        "a.md:2:1: warning: no heading of this file has the anchor #nowhere; correct the link",
        "a.md:6:1: warning: this command does not end: a double quote is open; "
          + "close it; as it stands it cannot run",
      ])
  }
}
