import Documents
import Testing
import Values

@Suite struct YAMLReaderTests {
  private func read(_ text: String, _ body: (inout YAMLReader) -> Void) -> [String] {
    var problems: [Problem] = []
    let document = YAMLDocument(text, file: "f.yaml", problems: &problems)
    var reader = YAMLReader(document.root, file: "f.yaml", of: "a thing")
    body(&reader)
    return (problems + reader.finish()).sorted().map(\.description)
  }

  @Test func everyMistakeIsToldAtOnceWithItsPlace() {
    let text = """
      title: [a, b]
      every: fast
      atonce: 7
      verify: maybe
      """
    let problems = read(text) { reader in
      _ = reader.string("title")
      _ = reader.span("every")
      _ = reader.integer("at_once", in: 1...10)
      _ = reader.bool("verify")
      _ = reader.requiredString("name")
    }
    #expect(problems.count == 5)
    #expect(problems.contains { $0.hasPrefix("f.yaml:1:8: title is text") })
    #expect(problems.contains { $0.hasPrefix("f.yaml:2:8: every is a duration") })
    #expect(
      problems.contains {
        $0.hasPrefix("f.yaml:3:1: a thing has no key \"atonce\"") && $0.hasSuffix("did you mean \"at_once\"?")
      })
    #expect(problems.contains { $0.hasPrefix("f.yaml:4:9: verify is true or false") })
    #expect(problems.contains { $0.contains("a thing has no name") })
  }

  @Test func whatIsWrittenIsWhatIsRead() {
    var values: [String?] = []
    let problems = read("a: 010\nb: yes\nc: 1e3\nd: ~\ne: '~'\nf: 2020-01-01\n") { reader in
      values = ["a", "b", "c", "d", "e", "f"].map { reader.string($0) }
    }
    #expect(problems.isEmpty)
    #expect(values == ["010", "yes", "1e3", nil, "~", "2020-01-01"])
  }

  @Test(arguments: ["a: 1\na: 2\n", "a: [1\n", "a: b: c\n", "\ta: 1\n"])
  func whatIsNoYAMLSaysWhere(text: String) {
    var problems: [Problem] = []
    let document = YAMLDocument(text, file: "f.yaml", problems: &problems)
    #expect(document.root == nil && problems.count == 1)
    #expect(problems.first.map { $0.position.line >= 1 } == true)
  }

  @Test func aliasesCannotExplode() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...8 {
      let references = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(references)]\n"
    }
    var problems: [Problem] = []
    let document = YAMLDocument(text, file: "f.yaml", problems: &problems)
    #expect(document.root == nil)
    #expect(problems.count == 1)
  }
}
