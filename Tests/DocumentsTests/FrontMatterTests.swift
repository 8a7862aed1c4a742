import Documents
import Testing
import Values

@Suite struct FrontMatterTests {
  @Test(arguments: [
    ("# Plain\n", false, "# Plain\n", 1), ("---\ntitle: x\n---\nbody\n", true, "body\n", 4),
    ("----\nnot it\n---\n", false, "----\nnot it\n---\n", 1), ("--8<--\nx\n", false, "--8<--\nx\n", 1),
    ("---\nnever closed\n", false, "---\nnever closed\n", 1), ("", false, "", 1),
  ])
  func itIsFoundOnlyBetweenTwoFences(text: String, has: Bool, body: String, line: Int) {
    var problems: [Problem] = []
    let matter = FrontMatter(text, file: "p.md", problems: &problems)
    #expect((matter.document != nil) == has)
    #expect(matter.body == body)
    #expect(matter.bodyLine == line)
  }

  @Test func itsProblemsStandAtTheirLinesInTheFile() {
    var problems: [Problem] = []
    let matter = FrontMatter("---\ntitle: x\ncolour: red\n---\n", file: "p.md", problems: &problems)
    var reader = YAMLReader(matter.document?.root, file: "p.md", of: "a playbook")
    _ = reader.string("title")
    #expect(reader.finish().map(\.position) == [Position(line: 3, column: 1)])
  }
}
