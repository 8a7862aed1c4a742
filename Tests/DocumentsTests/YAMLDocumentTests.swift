import Documents
import Testing
import Values

@Suite struct YAMLDocumentTests {
  private func read(_ text: String) -> (root: YAMLNode?, problems: [Problem]) {
    var problems: [Problem] = []
    return (YAMLDocument(text, file: "f.yaml", problems: &problems).root, problems)
  }

  private func strings(_ node: YAMLNode?) -> [String: String] {
    Dictionary(
      (node?.entries ?? []).map { ($0.key.text ?? "", $0.value.text ?? "-") }, uniquingKeysWith: { $1 })
  }

  @Test func everyKeyThatStandsTwiceIsToldWhereItStandsAgain() {
    let (root, problems) = read("a: 1\nb: {c: 1, 'c': 2}\na: 3\n")
    #expect(root == nil)
    #expect(problems.map(\.position) == [Position(line: 2, column: 11), Position(line: 3, column: 1)])
    #expect(problems.allSatisfy { $0.what.contains("stands twice") && $0.weight == .error })
  }

  @Test func placesCountCharactersAndLinesFromOne() {
    let (root, _) = read("# é\nà: ['é', &x \"y\"]\n")
    let list = root?.entries?.first?.value
    #expect(root?.entries?.first?.key.position == Position(line: 2, column: 1))
    #expect(list?.position == Position(line: 2, column: 4))
    #expect(list?.elements?.map(\.position.column) == [5, 10])
  }

  /// Text that has quotes or a tag is never nothing.
  @Test(arguments: [
    ("~", true), ("null", true), ("", true), ("'~'", false), ("!!str ~", false), ("|-\n  null", false),
  ])
  func onlyPlainNullsAreNothing(text: String, isNull: Bool) throws {
    let (root, problems) = read("a: \(text)\n")
    #expect(problems.isEmpty)
    #expect(try #require(root?.entries?.first).value.isNull == isNull)
  }

  @Test func anAliasIsWhatItsAnchorWas() {
    let (root, problems) = read("a: &x {k: 1}\nb: *x\nc: &x 2\nd: *x\n")
    #expect(problems.isEmpty)
    #expect(strings(root?.entries?[1].value) == ["k": "1"])
    #expect(root?.entries?[3].value.text == "2")
  }

  @Test(arguments: [
    "a: *x\n", "a: &x [*x]\n", "a: {<<: 5}\n", "a: \u{1}\n", "[\n",
    String(repeating: "[", count: 300) + String(repeating: "]", count: 300),
  ])
  func whatHasNoMeaningIsRefusedWithItsPlace(text: String) {
    let (root, problems) = read(text)
    #expect(root == nil)
    #expect(problems.count == 1)
  }

  /// As Go's reader: a key of the mapping itself wins, then the first mapping that has it.
  @Test func mergeKeysAddWhatIsNotThere() {
    let (root, problems) = read("x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {<<: [*x, *y], a: 0}\n")
    #expect(problems.isEmpty)
    #expect(strings(root?.entries?[2].value) == ["a": "0", "b": "1", "c": "2"])
  }

  @Test func mergesCannotExplode() {
    let keys = (0..<2000).map { "k\($0): 1" }.joined(separator: ", ")
    let merges = String(repeating: "- {<<: *x}\n", count: 2000)
    let (root, problems) = read("- &x {\(keys)}\n" + merges)
    #expect(root == nil)
    #expect(problems.map { $0.what.contains("more than") } == [true])
  }

  @Test func ofSeveralDocumentsOneOrAllAreRead() {
    let text = "a: 1\n---\n---\nb: 2\n...\n---\na: 3\n"
    let (root, problems) = read(text)
    #expect(strings(root) == ["a": "1"])
    #expect(problems.map(\.weight) == [.warning])
    #expect(problems.first?.position.line == 2)
    var found: [Problem] = []
    let all = YAMLDocument.all(text, file: "f.yaml", problems: &found)
    #expect(found.isEmpty)
    #expect(all.map { strings($0.root) } == [["a": "1"], ["b": "2"], ["a": "3"]])
  }

  @Test func whatFollowsTheFirstDocumentCannotSpoilIt() {
    let (root, problems) = read("a: 1\n...\n]\n")
    #expect(strings(root) == ["a": "1"])
    #expect(problems.map(\.weight) == [.warning])
  }

  /// Long mappings are looked up otherwise than short ones, and answer the same.
  @Test(arguments: [3, 12, 13, 16, 17, 100])
  func manyKeysAreFoundAndToldWhenTheyRepeat(count: Int) {
    let text = (0..<count).map { "k\($0): \($0)\n" }.joined()
    var reader = YAMLReader(read(text).root, file: "f.yaml", of: "a thing")
    #expect(reader.names.count == count)
    #expect((0..<count - 1).allSatisfy { reader.string("k\($0)") == "\($0)" })
    #expect(reader.finish().map(\.position.line) == [count])
    #expect(read(text + "k\(count / 2): again\n").problems.map(\.position.line) == [count + 1])
    #expect(read(text + "<<: {k0: no}\n<<: {}\n").problems.map(\.position.line) == [count + 2])
  }
}
