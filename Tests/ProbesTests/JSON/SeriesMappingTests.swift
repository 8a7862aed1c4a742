import JSON
import Metrics
import Probes
import Testing

struct SeriesMappingTests {
  private func document(_ text: String) throws -> JSONValue { try JSONValue.read(Array(text.utf8)).get() }

  @Test(arguments: [
    ("len($.a)", 3), ("$.ms / 1000", 0.25), ("$.ms", 250), ("-$.ms + 2 * 3", -244), ("(1 + 2) * 3", 9),
    ("8 / 4 / 2", 1),
    ("10 - 2 - 3", 5), ("$.up", 1), ("len($.a[*])", 3), ("len($.o)", 1), ("0.5", 0.5), ("$['ms']-1", 249),
    ("len( $.s )", 2),
  ])
  func computes(text: String, expected: Double) throws {
    let document = try document(#"{"a":[1,2,3],"ms":250,"up":true,"o":{"x":1},"s":"hé"}"#)
    #expect(try SeriesExpression(text).number(in: document) == expected)
  }

  @Test(arguments: [
    ("$.gone", "$.gone is missing"), ("$.s", #"$.s is "x", not a number"#),
    ("len($.n)", "$.n is 1, which has no length"),
    ("1 + len($.gone)", "$.gone is missing"),
  ])
  func saysWhyThereIsNoNumber(text: String, reason: String) throws {
    let document = try document(#"{"s":"x","n":1}"#)
    let expression = try SeriesExpression(text)
    let error = #expect(throws: SeriesExpression.Unreadable.self) { try expression.number(in: document) }
    #expect(error?.reason == reason)
  }

  @Test(arguments: [
    ("12", 12), ("-0.5", -0.5), ("1e3", 1000), ("+Inf", .infinity), ("-Inf", -.infinity),
  ])
  func readsTextThatIsANumber(text: String, expected: Double) throws {
    let document = try document(#"{"v":[1755000000,"\#(text)"]}"#)
    #expect(try SeriesExpression("$.v[1]").number(in: document) == expected)
  }

  @Test func readsNaNFromText() throws {
    #expect(try SeriesExpression("$.v").number(in: document(#"{"v":"NaN"}"#))?.isNaN == true)
  }

  @Test(arguments: ["", " 1", "1 s", "0x10", "nan", "inf", "1,5", "--1", "."])
  func otherTextIsNoNumber(text: String) throws {
    let document = try document(#"{"v":"\#(text)"}"#)
    #expect(throws: SeriesExpression.Unreadable.self) { try SeriesExpression("$.v").number(in: document) }
  }

  @Test func nullIsNothingToTell() throws {
    let document = try document(#"{"a":null}"#)
    #expect(try SeriesExpression("$.a / 2").number(in: document) == nil)
    #expect(try SeriesExpression("len($.a)").number(in: document) == nil)
  }

  @Test(arguments: [
    ("", 1, "a value is missing before the end"), ("$.a +", 6, "a value is missing before the end"),
    ("sum($.a)", 1, "a value is missing before \"sum\""), ("$.a $.b", 5, "\"$\" should not stand here"),
    ("($.a", 5, ") is missing before the end"), ("$.a[*]", 1, "$.a[*] names several values"),
    ("len $.a", 5, "( is missing before \"$\""), ("1.2.3", 1, "\"1.2.3\" is not a number"),
  ])
  func tellsWhereItIsWrong(text: String, column: Int, what: String) {
    let mistake = #expect(throws: Mistake.self) { try SeriesExpression(text) }
    #expect(mistake?.column == column)
    #expect(mistake?.what == what)
  }

  @Test func depthIsBounded() {
    #expect(throws: Mistake.self) { try SeriesExpression(String(repeating: "(", count: 10_000)) }
    #expect(throws: Mistake.self) { try SeriesExpression(String(repeating: "-", count: 10_000)) }
    #expect(throws: Mistake.self) { try SeriesExpression("1" + String(repeating: "+1", count: 10_000)) }
  }

  @Test func oneSeriesForEachElement() throws {
    let mapping = SeriesMapping(
      name: "invoice_cents", each: try JSONPath("$.invoices"), value: try SeriesExpression("$.cents"),
      labels: ["tenant": try .init("$.tenant"), "currency": try .init("EUR"), "none": try .init("$.none")])
    let document = try document(
      #"{"invoices":[{"tenant":"a","cents":5},{"tenant":7,"cents":6},{"tenant":"c","cents":null}]}"#)
    let (samples, trouble) = mapping.samples(of: document)
    #expect(trouble == nil)
    #expect(
      samples == [
        Sample(Labels(["__name__": "invoice_cents", "tenant": "a", "currency": "EUR"]), 5),
        Sample(Labels(["__name__": "invoice_cents", "tenant": "7", "currency": "EUR"]), 6),
      ])
  }

  @Test(arguments: [
    (#"{}"#, "n: $.a is missing", 0), (#"{"a":5}"#, "n: $.a is 5, not an array", 0),
    (#"{"a":[{"v":1},{}]}"#, "n: an element of $.a: $.v is missing", 1),
    (
      #"{"a":[{"v":1,"l":"x"},{"v":2,"l":"x"}]}"#, #"n: an element of $.a: two have the same labels {l="x"}"#,
      1
    ),
  ])
  func whatIsNotAsMappedIsTold(text: String, trouble: String, count: Int) throws {
    let mapping = SeriesMapping(
      name: "n", each: try JSONPath("$.a"), value: try SeriesExpression("$.v"),
      labels: ["l": try .init("$.l")])
    let result = mapping.samples(of: try document(text))
    #expect(result.trouble == trouble)
    #expect(result.samples.count == count)
  }

  @Test func noElementsAreNoTrouble() throws {
    let mapping = SeriesMapping(name: "n", each: try JSONPath("$.a"), value: try SeriesExpression("$"))
    #expect(mapping.samples(of: try document(#"{"a":[]}"#)) == ([], nil))
    #expect(mapping.samples(of: try document(#"{"a":null}"#)) == ([], nil))
    let all = SeriesMapping(name: "n", each: try JSONPath("$.*"), value: try SeriesExpression("$"))
    #expect(all.samples(of: try document(#"{"a":1}"#)).samples == [Sample(Labels(["__name__": "n"]), 1)])
  }
}
