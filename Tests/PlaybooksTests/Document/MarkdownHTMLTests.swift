import Playbooks
import Testing
import Values

@Suite struct MarkdownHTMLTests {
  private func html(_ text: String, highest: Int = 1) -> String {
    MarkdownHTML.html(text, highest: highest, after: highest - 1)
  }

  @Test(arguments: [
    ("a *b* **c** ~~d~~ `e<`", "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e&lt;</code></p>\n"),
    ("- a\n- b", "<ul>\n<li>a\n</li>\n<li>b\n</li>\n</ul>\n"),
    ("3. a\n4. b", "<ol start=\"3\">\n<li>a\n</li>\n<li>b\n</li>\n</ol>\n"),
    ("- [x] a\n- [ ] b", "<ul>\n<li>☑ (done) a\n</li>\n<li>☐ (to do) b\n</li>\n</ul>\n"),
    ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
    ("```sh\na <b>\n```", "<pre><code>a &lt;b&gt;\n</code></pre>\n"),
    ("***", "<hr>\n"),
  ])
  func markdownBecomesHTML(text: String, wanted: String) {
    #expect(html(text) == wanted)
  }

  @Test func tablesHaveHeads() {
    let made = html("| a | |\n|---|---|\n| 1 | `2` |\n")
    #expect(made.contains("<thead>\n<tr><th scope=\"col\">a</th><td></td></tr>\n</thead>"))
    #expect(made.contains("<tbody>\n<tr><td>1</td><td><code>2</code></td></tr>\n</tbody>"))
  }

  @Test(arguments: [
    (
      "[x](https://a.example/?b=1&c)",
      "<a href=\"https://a.example/?b=1&amp;c\" rel=\"noreferrer noopener\">x</a>"
    ),
    ("[*x* y](#part)", "<a href=\"#part\" rel=\"noreferrer noopener\"><em>x</em> y</a>"),
    ("[x](mailto:a@b.example)", "<a href=\"mailto:a@b.example\" rel=\"noreferrer noopener\">x</a>"),
    (
      "https://a.example/",
      "<a class=\"self\" href=\"https://a.example/\" rel=\"noreferrer noopener\">https://a.example/</a>"
    ),
    (
      "![pic](https://a.example/p.png)",
      "<a href=\"https://a.example/p.png\" rel=\"noreferrer noopener\">pic</a>"
    ),
  ])
  func linksLeadWherePeopleMayFollow(text: String, wanted: String) {
    #expect(html(text) == "<p>\(wanted)</p>\n")
  }

  /// Escaped text that GFM finds an address in.
  @Test func addressesInEscapedTextAreWhatWasMeant() {
    let meant = "https://a.example/b_c?d=1&e=~f"
    let made = html("see " + Inert.markdown(meant))
    #expect(made.contains("href=\"https://a.example/b_c?d=1&amp;e=~f\""), "\(made)")
    #expect(!html("x " + Inert.markdown("https://a.example/<b>|\\")).contains("\\&lt;"))
  }

  @Test(arguments: [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#115;cript:alert(1)", "&#1;javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=", "vbscript:x", "file:///etc/passwd", "//evil.example", "blob:x",
    "other.md",
    "https:&#10;//x", "https://a.example/&#x202E;cod",
  ])
  func othersAreText(target: String) {
    for text in ["[x](\(target))", "![x](\(target))", "[x][y]\n\n[y]: \(target)", "<\(target)>"] {
      let made = html(text)
      #expect(!made.contains("<a") && !made.contains("<img"), "\(text): \(made)")
      #expect(!made.unicodeScalars.contains { $0.value == 0x202E || $0.value == 1 })
    }
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<!-- c -->", "<![CDATA[x]]>",
    "<?php ?>",
    "</style></main>", "&lt;script&gt;", "<svg/onload=alert(1)>", "<a href=\"javascript:x\">y</a>",
    "`<script>`", "    <script>", "# <script>", "| <b> |\n|---|\n| <i> |",
  ])
  func tagsOfOthersAreText(text: String) {
    let made = html(text)
    let ours: Set<Substring> = [
      "p", "/p", "pre", "code", "/code", "/pre", "h1", "/h1", "div", "/div", "table", "/table", "thead",
      "/thead", "tbody",
      "/tbody", "tr", "/tr", "th", "/th", "td", "/td",
    ]
    for tag in made.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
      #expect(ours.contains(tag.prefix { $0 != ">" && $0 != " " }), "\(made)")
    }
  }

  @Test func headingsAreInOrder() {
    #expect(
      html("# a\n### b\n# c\n", highest: 3)
        == "<h3>a</h3>\n<h4>b</h4>\n<h3>c</h3>\n".replacing("h4", with: "h3"))
    #expect(html("# a\n\n##### b\n\n### c\n") == "<h1>a</h1>\n<h2>b</h2>\n<h3>c</h3>\n")
  }

  @Test func commentsOfTheFrameAreLeftOut() {
    #expect(
      MarkdownHTML.html("<!-- for me -->\n\na\n", highest: 1, after: 1, dropsComments: true) == "<p>a</p>\n")
    let more = MarkdownHTML.html("<!-- for me --><b>\n\na\n", highest: 1, after: 1, dropsComments: true)
    #expect(more == "<pre><code>&lt;!-- for me --&gt;&lt;b&gt;\n</code></pre>\n<p>a</p>\n")
  }

  @Test func deepNestingAndLongLinesEnd() {
    let deep = html(String(repeating: "> ", count: 5000) + "deep")
    #expect(deep.utf8.count < 10_000)
    let long = html(String(repeating: "*a **b ", count: 20_000))
    #expect(long.utf8.count < 4_000_000)
  }
}
