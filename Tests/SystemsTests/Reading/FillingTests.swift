import Systems
import Testing
import Values

struct FillingTests {
  private static let environment = ["HOST": "h:1", "EMPTY": ""]

  @Test(arguments: [
    ("http://${HOST}/x", "http://h:1/x"), ("${EMPTY:-http://d:2}", "http://d:2"),
    ("http://${NONE:-d:2}/${NONE:-}y", "http://d:2/y"), ("http://a:1/$x", "http://a:1/$x"),
  ])
  func fillsFromTheEnvironment(_ text: String, _ filled: String) {
    let (system, problems) = SystemFolder.read(
      "title: T\nendpoints:\n  a:\n    http: \"\(text)\"\n", environment: Self.environment)
    #expect(problems.isEmpty, "\(problems)")
    #expect(system.endpoints.first?.target == filled)
  }

  @Test(arguments: [
    ("${NONE}", "the variable NONE is not set"), ("${", "never closed"), ("${1A}", "no name of a variable"),
    ("${KEY}", "the secret KEY cannot stand here"),
  ])
  func saysWhatCannotBeFilled(_ text: String, _ what: String) {
    let (_, problems) = SystemFolder.read(
      "title: \"\(text)\"\nsecrets: {KEY: }\n", environment: ["KEY": "hidden-value"])
    #expect(problems.count == 1 && problems.allSatisfy { $0.contains(what) }, "\(problems)")
    #expect(problems.allSatisfy { $0.hasPrefix("system.yaml:1:8: ") })
    #expect(!problems.joined().contains("hidden-value"))
  }
}
