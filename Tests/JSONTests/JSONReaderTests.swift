import JSON
import Testing

struct JSONReaderTests {
  private func read(_ text: String) throws -> JSONValue { try JSONValue.read(Array(text.utf8)).get() }

  @Test func readsWhatRFC8259Allows() throws {
    #expect(
      try read(" {\"a\" : [1, -0.5e2,true ,false,null] , \"b\":{}}\n")
        == .object([
          .init("a", .array([.number(1), .number(-50), .bool(true), .bool(false), .null])),
          .init("b", .object([])),
        ]))
    #expect(try read(#""\u00e9\n\"\\\/\ud83d\ude00x""#) == .string("é\n\"\\/😀x"))
    #expect(try read(#""\ud83dx\udE00""#) == .string("\u{FFFD}x\u{FFFD}"))
    #expect(try read("\u{FEFF}[]") == .array([]))
    #expect(try read("1e999") == .number(.infinity))
    #expect(try read(#"{"a":1,"a":2}"#)["a"] == .number(2))
  }

  @Test(arguments: [
    ("9007199254740993", JSONValue.string("9007199254740993")),
    ("-9007199254740993", .string("-9007199254740993")),
    ("9007199254740991", .number(9_007_199_254_740_991)),
    ("9007199254740993.5", .number(9_007_199_254_740_993.5)),
    ("1e300", .number(1e300)),
  ]) func keepsDigitsWhereAsked(_ text: String, _ value: JSONValue) throws {
    #expect(try JSONValue.read(Array(text.utf8), keepsDigits: true).get() == value)
    if case .string = value { #expect(try read(text) == .number(Double(text) ?? 0)) }
  }

  @Test(arguments: [
    ("", "not JSON: the body is empty"),
    ("  \n", "not JSON: the body is empty"),
    ("{\n  \"a\": tru\n}", #"not JSON: line 2, column 8: "t" begins no value"#),
    ("[1,]", #"not JSON: line 1, column 4: "]" begins no value"#),
    ("[1 2]", #"not JSON: line 1, column 4: a comma or ] is missing before "2""#),
    (#"{"a" 1}"#, #"not JSON: line 1, column 6: a colon is missing before "1""#),
    (#"{a:1}"#, #"not JSON: line 1, column 2: a name in double quotes is missing before "a""#),
    (#"{"a":1"#, "not JSON: line 1, column 7: a comma or } is missing before the end"),
    ("01", #"not JSON: line 1, column 2: "1" follows the document"#),
    ("-", "not JSON: line 1, column 2: a digit is missing before the end"),
    ("1.", "not JSON: line 1, column 3: a digit is missing before the end"),
    ("\"é", "not JSON: line 1, column 3: a text does not end"),
    ("\"a\nb\"", "not JSON: line 1, column 3: a text holds a control character"),
    (#""\x""#, #"not JSON: line 1, column 3: \ before "x" means nothing"#),
    (#""\u12g4""#, #"not JSON: line 1, column 4: four hex digits are missing before "1""#),
    ("NaN", #"not JSON: line 1, column 1: "N" begins no value"#),
    ("\u{0}", #"not JSON: line 1, column 1: "␀" begins no value"#),
    (String(repeating: "[", count: 100_000), "the JSON is nested deeper than 128 levels"),
  ])
  func saysWhereItIsNot(text: String, reason: String) {
    #expect(JSONValue.read(Array(text.utf8)) == .failure(JSONMistake(reason: reason)))
  }

  @Test func sizeIsBounded() {
    let text = "[" + String(repeating: "0,", count: JSONValue.sizeLimit) + "0]"
    #expect(
      JSONValue.read(Array(text.utf8))
        == .failure(JSONMistake(reason: "the JSON has more than 1000000 values")))
  }

  @Test func cutAnywhereItStillAnswers() {
    let whole = Array(#"{"é":[1.5e-3,"\ud83d\ude00",{"x":null}],"t":true}"#.utf8)
    for end in 0..<whole.count {
      guard case .failure(let mistake) = JSONValue.read(Array(whole.prefix(end))) else {
        Issue.record("a part of a document is none: \(end)")
        continue
      }
      #expect(!mistake.reason.isEmpty)
    }
    #expect((try? JSONValue.read(whole).get()) != nil)
  }
}
