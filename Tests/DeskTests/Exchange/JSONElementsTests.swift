import Testing

@testable import Desk

struct JSONElementsTests {
  @Test(arguments: [
    (#"[{"a":1}, [2] ,"x,]", null]"#, [], [#"{"a":1}"#, "[2]", #""x,]""#, "null"]),
    (
      #"{"schema":"s","tickets":[{"id":"1","c":[{"t":"]}"}]},{"id":"2"}],"next":null}"#, ["tickets"],
      [#"{"id":"1","c":[{"t":"]}"}]}"#, #"{"id":"2"}"#]
    ),
    (#"{"tickets":{"tickets":[1]},"result":{"tickets":[2,3]}}"#, ["result", "tickets"], ["2", "3"]),
    (#"{"a":["tickets",[9]],"tickets":["x\"y\\",2]}"#, ["tickets"], [#""x\"y\\""#, "2"]),
    ("[]", [], []), (#"{"tickets":[]}"#, ["tickets"], []), (#"{"other":[1]}"#, ["tickets"], []),
  ]) func cuts(_ text: String, _ path: [String], _ wanted: [String]) {
    for piece in [1, 3, 1000] {
      var cutter = JSONElements(path: path)
      var found: [String] = []
      let bytes = Array(text.utf8)
      for start in stride(from: 0, to: bytes.count, by: piece) {
        found += cutter.read(bytes[start..<min(bytes.count, start + piece)]).map {
          String(decoding: $0.bytes, as: UTF8.self)
        }
      }
      #expect(found == wanted)
      #expect(cutter.isWhole)
      #expect(cutter.wasFound == !text.contains("other"))
    }
  }

  @Test func knowsLinesAndWhatIsMissing() {
    var cutter = JSONElements(path: [])
    let found = cutter.read(Array("[\n 1,\n\n  {\"a\":\n 2}".utf8))
    #expect(found.map(\.line) == [2] && !cutter.isWhole)
    #expect(cutter.read(Array("]".utf8)).map(\.line) == [4] && cutter.isWhole)
  }
}
