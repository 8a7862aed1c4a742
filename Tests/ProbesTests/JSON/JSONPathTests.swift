import JSON
import Probes
import Testing

struct JSONPathTests {
  static let document = """
    {"status":"ok","created-at":1,"items":[10,20,30,40],"checks":{"db":{"up":true},"queue":{"up":false}},"é":2}
    """

  @Test(arguments: [
    ("$.status", #"["ok"]"#), ("$['created-at']", "[1]"), (#"$["created-at"]"#, "[1]"),
    ("$.items[0]", "[10]"),
    ("$.items[-1]", "[40]"), ("$.items[4]", "[]"), ("$.items[-5]", "[]"), ("$.items[*]", "[10,20,30,40]"),
    ("$.items[1:3]", "[20,30]"), ("$.items[:2]", "[10,20]"), ("$.items[2:]", "[30,40]"),
    ("$.items[::2]", "[10,30]"), ("$.items[::-1]", "[40,30,20,10]"), ("$.items[3:0:-2]", "[40,20]"),
    ("$.items[::0]", "[]"), ("$.items[-2:]", "[30,40]"), ("$.items[5:1]", "[]"),
    ("$.checks.*.up", "[true,false]"),
    ("$.checks[*]['up']", "[true,false]"), ("$.missing.further", "[]"), ("$.status[0]", "[]"),
    ("$.items.status", "[]"), ("$.é", "[2]"), (" $ . ", ""), ("$.checks.db.up", "[true]"),
  ])
  func selects(path: String, expected: String) throws {
    let document = try JSONValue.read(Array(Self.document.utf8)).get()
    guard !expected.isEmpty else {
      #expect(throws: Mistake.self) { try JSONPath(path) }
      return
    }
    let selected = JSONValue.array(try JSONPath(path).values(in: document))
    #expect(selected == (try JSONValue.read(Array(expected.utf8)).get()))
  }

  @Test func theRootIsTheDocument() throws {
    #expect(try JSONPath("$").value(in: .number(1)) == .number(1))
  }

  @Test func sliceStepsAreNeverTooFar() throws {
    let array = JSONValue.array([.number(1)])
    for path in ["$[::9007199254740991]", "$[::-9007199254740991]", "$[-9007199254740991:9007199254740991]"] {
      #expect(try JSONPath(path).values(in: array) == [.number(1)], "\(path)")
    }
  }

  @Test(arguments: [
    ("status", 1, "a JSON path does not begin with \"status\""),
    ("$.", 3, "a name is missing before the end"),
    ("$..a", 2, "descendants (..) are not supported"), ("$[?@.a]", 3, "filters are not supported"),
    ("$[a]", 3, "\"a\" selects nothing"), ("$[", 3, "the end selects nothing"),
    ("$[0", 4, "] is missing before the end"),
    ("$['a'", 6, "] is missing before the end"), ("$['a", 3, "the quoted text does not end"),
    ("$[0,1]", 4, "] is missing before \",\""), ("$.created-at", 10, "a name after a dot has no hyphen"),
    ("$.a b", 5, "\"b\" does not belong to a JSON path"),
    ("$[99999999999999999999]", 3, "this is no position"),
    ("$[-]", 3, "this is no position"),
  ])
  func tellsWhereItIsWrong(path: String, column: Int, what: String) {
    let mistake = #expect(throws: Mistake.self) { try JSONPath(path) }
    #expect(mistake?.column == column)
    #expect(mistake?.what == what)
  }
}
