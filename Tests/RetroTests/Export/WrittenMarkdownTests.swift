import Testing

@testable import Retro

@Suite struct WrittenMarkdownTests {
  @Test(arguments: [
    ("plain *text*, a & b, 1 < 2", "plain *text*, a & b, 1 < 2"),
    ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
    ("<!-- a --> <?b?>", "\\<!-- a --> \\<?b?>"), ("&#106;&lt;", "\\&#106;\\&lt;"),
    ("[a](JavaScript:alert)", "[a](JavaScript%3Aalert)"),
    ("[a](javascript\\:alert)", "[a](javascript%3Aalert)"),
    ("[a]: data:text/html,x", "[a]: data%3Atext/html,x"), ("The data: it is gone", "The data: it is gone"),
    ("[a](https://b)", "[a](https://b)"), ("a\u{1B}[31m", "a␛[31m"),
    ("# A\n### B\n#### C\n#hash", "### A\n### B\n#### C\n#hash"), ("A\n===\nB\n---", "A\n\\===\nB\n\\---"),
    ("A\n\n---", "A\n\n---"),
    ("```\n<script>\n# no heading\n```\n<b>", "```\n<script>\n# no heading\n```\n\\<b>"),
    ("~~~ sh\n```\n<i>", "~~~ sh\n```\n<i>\n~~~"), ("``` a`b\n<i>", "``` a`b\n\\<i>"),
  ])
  func staysInItsPlaceAndActsNoWhere(text: String, safe: String) {
    #expect(WrittenMarkdown.inert(text, under: 3).joined(separator: "\n") == safe)
  }
}
