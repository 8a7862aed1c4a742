import Probes
import Systems
import Testing
import Wire

struct CallableDataTests {
  private func read(_ data: String) -> (body: String?, problems: [String]) {
    let (system, problems) = SystemFolder.read(
      "title: T\nendpoints:\n  f:\n    callable: http://x/f\n    data: \(data)\n", environment: ["N": "5"])
    guard case .http(let request)? = system.endpoints.first?.plan() else { return (nil, problems) }
    return (request.body.map { String(decoding: $0, as: UTF8.self) }, problems)
  }

  @Test(arguments: [
    ("{dryRun: true}", #"{"dryRun":true}"#),
    (
      "{a: 1, b: 1.50, c: -2e3, d: \"1\", e: 'true', f: yes, g: ~}",
      #"{"a":1,"b":1.50,"c":-2e3,"d":"1","e":"true","f":"yes","g":null}"#
    ),
    ("[9007199254740993, 007, +3, .5, 4., 0x1F, 0o17]", "[9007199254740993,7,3,0.5,4,31,15]"),
    ("[1.2.3, 0xZZ, 1e, -, 0x-1, 12:30]", #"["1.2.3","0xZZ","1e","-","0x-1","12:30"]"#),
    ("{deep: {list: [{x: []}, {}]}}", #"{"deep":{"list":[{"x":[]},{}]}}"#),
    (#"["a\"b\\c\n\u0001é"]"#, #"["a\"b\\c\n\u0001é"]"#),
    ("${N}", "5"), ("\"${N}\"", #""5""#), ("text", #""text""#), ("", "null"), ("null", "null"),
  ])
  func aValueStaysWhatItIs(_ data: String, _ expected: String) {
    let (body, problems) = read(data)
    #expect(problems.isEmpty, "\(problems)")
    #expect(body == "{\"data\":\(expected)}")
  }

  @Test(arguments: [
    (".inf", "5:11: data holds .inf, and JSON has no such number"),
    ("[1, -.NaN]", nil), ("[.nan]", "5:12: data holds .nan"),
    ("{? [a] : b}", "5:14: a key of data must be text"),
    (
      String(repeating: "[", count: 70) + String(repeating: "]", count: 70),
      "5:75: data is nested deeper than 64"
    ),
  ])
  func whatJSONDoesNotHaveIsAMistake(_ data: String, _ expected: String?) {
    let (_, problems) = read(data)
    guard let expected else { return #expect(problems.isEmpty, "-.NaN is text in YAML: \(problems)") }
    #expect(
      problems.count == 1 && problems.first?.hasPrefix("system.yaml:" + expected) ?? false, "\(problems)")
  }

  @Test func withoutDataTheFunctionIsGivenNull() {
    let (system, _) = SystemFolder.read("title: T\nendpoints: {f: {callable: \"http://x/f\"}}\n")
    guard case .http(let request)? = system.endpoints.first?.plan() else { return #expect(Bool(false)) }
    #expect(request.body == Array(#"{"data":null}"#.utf8))
  }
}
