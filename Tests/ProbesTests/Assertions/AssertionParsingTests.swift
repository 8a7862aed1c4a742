import Probes
import Testing

struct AssertionParsingTests {
  @Test(arguments: [
    "status == 200", "status in 200..299", "latency < 800ms", #"header("content-type") =~ "json""#,
    #"json("$.status") == "ok""#, #"len(json("$.items")) > 0"#, #"body contains "healthy""#,
    "cert_expiry > 14d",
    "dns_rcode == NOERROR", #"json("$['a b'][0]") != null"#, #"json('$.n') in -1.5..2"#, "len(body)<1000",
    #"  status   ==200  "#, #"body =~ "^\d+\.\d$""#, #"json("$.up") == true"#, #"len(header("x")) >= 2"#,
    #"len(json("$.items[*].id")) == 3"#, #"json("$.name") contains "x""#, "latency <= 1h30m",
  ])
  func reads(text: String) throws {
    #expect(try Assertion(text).text == text)
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    let text: String
    let column: Int
    let what: String
    var remedy = ""

    var testDescription: String { text }
  }

  static let wrong = [
    Wrong(
      text: "statsu == 200", column: 1, what: "\"statsu\" is nothing that can be asserted",
      remedy: "write status, latency, header(\"…\"), json(\"$.…\"), len(…), body, cert_expiry or dns_rcode"),
    Wrong(text: "", column: 1, what: "an assertion does not begin with the end"),
    Wrong(text: "200 == status", column: 1, what: "an assertion does not begin with \"200\""),
    Wrong(
      text: "status = 200", column: 8, what: "an operator is missing before \"=\"",
      remedy: "write one of == != < <= > >= in"),
    Wrong(text: "status", column: 7, what: "an operator is missing before the end"),
    Wrong(text: "status =~ \"2..\"", column: 8, what: "status does not take =~"),
    Wrong(text: "status == ok", column: 11, what: "\"ok\" is not a number"),
    Wrong(text: "status == 200ms", column: 11, what: "a number has no unit (ms)"),
    Wrong(
      text: "status in 200", column: 14, what: ".. is missing before the end", remedy: "write in 200..299"),
    Wrong(text: "status in 299..200", column: 11, what: "the range is empty"),
    Wrong(text: "status == 200 and latency < 1s", column: 15, what: "\"and\" follows the assertion"),
    Wrong(
      text: "latency < 800", column: 11, what: "\"800\" is no duration",
      remedy: "write one such as 800ms, 5s, 1h30m or 14d"),
    Wrong(text: "latency == 1s", column: 9, what: "latency does not take =="),
    Wrong(text: "cert_expiry > two weeks", column: 15, what: "\"two\" is no duration"),
    Wrong(
      text: "header == \"x\"", column: 8, what: "( is missing before \"=\"",
      remedy: "write header(\"content-type\")"),
    Wrong(text: "header(x) == \"x\"", column: 8, what: "a quoted text is missing"),
    Wrong(text: "header(\"x\" == \"x\"", column: 12, what: ") is missing before \"=\""),
    Wrong(text: "header(\"x) == 1", column: 8, what: "the quoted text does not end"),
    Wrong(text: "header(\"x\") == 1", column: 16, what: "the comparison takes a text, not \"1\""),
    Wrong(text: "json(\"status\") == 1", column: 7, what: "a JSON path does not begin with \"status\""),
    Wrong(text: "json(\"$.a[?(@.b)]\") == 1", column: 11, what: "filters are not supported"),
    Wrong(text: "json(\"$..a\") == 1", column: 8, what: "descendants (..) are not supported"),
    Wrong(text: "json(\"$.a[*]\") == 1", column: 1, what: "$.a[*] names several values"),
    Wrong(text: "json(\"$.a\") == nil", column: 16, what: "\"nil\" is no JSON value"),
    Wrong(text: "json(\"$.a\") < \"b\"", column: 15, what: "\"\"\" is not a number"),
    Wrong(text: "len(status) > 0", column: 5, what: "\"status\" has no length"),
    Wrong(text: "body contains healthy", column: 15, what: "contains takes a text, not \"healthy\""),
    Wrong(text: "body contain \"x\"", column: 6, what: "an operator is missing before \"contain\""),
    Wrong(text: "dns_rcode == \"x\"", column: 14, what: "a code is missing before \"\"\""),
  ]

  @Test(arguments: wrong) func tellsWhereAndWhat(_ expected: Wrong) {
    let mistake = #expect(throws: Mistake.self) { try Assertion(expected.text) }
    #expect(mistake?.column == expected.column)
    #expect(mistake?.what == expected.what)
    if !expected.remedy.isEmpty { #expect(mistake?.remedy == expected.remedy) }
  }

  @Test func aBadPatternIsFoundHere() {
    let mistake = #expect(throws: Mistake.self) { try Assertion(#"body =~ "(a""#) }
    #expect(mistake?.column == 9)
    #expect(mistake?.what.hasPrefix("the regular expression is not RE2's: ") == true)
  }

  @Test func anAssertionThatItsKindCannotAnswer() throws {
    let assertion = try Assertion("dns_rcode == NOERROR")
    #expect(Kind.http.refusal(of: assertion) == "dns_rcode is known of dns endpoints only")
    #expect(Kind.dns.refusal(of: assertion) == nil)
    #expect(Kind.http.refusal(of: try Assertion("status == 200")) == nil)
  }

  /// Whatever is written, the parser answers, and points into the text.
  @Test func anyTextIsAnswered() {
    var random = SplitMix64(seed: 7)
    let pieces = [
      "status", "json(", "header(", "len(", ")", "\"", "$", ".", "[", "]", "*", "0", "-1", "==", "<", "in",
      "..", "ms",
      " ", "é", "\\", "👩‍👧", "body", "=~", "null",
    ]
    for _ in 0..<5000 {
      let text = (0..<Int(random.next() % 12)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
        .joined()
      do {
        _ = try Assertion(text)
      } catch {
        #expect((1...text.count + 1).contains(error.column), "\(text): \(error)")
      }
      _ = try? JSONPath(text)
      _ = try? SeriesExpression(text)
    }
  }
}
