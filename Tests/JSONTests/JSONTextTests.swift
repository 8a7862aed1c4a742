import JSON
import Testing

struct JSONTextTests {
  @Test(arguments: [
    #"{"a":[1,-2.5,1e+300,true,null],"b":{"c":""}}"#, #""""#, "[]", "{}",
    #"{"q":"say \"hi\"\\ \n\r\t\u0001\u001f é 😀 /"}"#,
  ])
  func whatIsWrittenReadsBackAsItself(_ text: String) throws {
    let value = try JSONValue.read(Array(text.utf8)).get()
    #expect(value.text == text)
    #expect(try JSONValue.read(Array(value.text.utf8)).get() == value)
  }

  @Test func membersComeInTheirOrderWithoutThoseThatAreNil() {
    #expect(JSONValue.members(("b", .number(1)), ("x", nil), ("a", .string("t"))).text == #"{"b":1,"a":"t"}"#)
    #expect(JSONValue(["b": "2", "a": "1"]).text == #"{"a":"1","b":"2"}"#)
    #expect(JSONValue.number(.infinity).text == "null")
    #expect(JSONValue.object([.init("a", .string("1")), .init("b", .number(2))]).texts == nil)
  }
}
