import Documents
import Testing
import Values

/// Parts of a document that are taken before its end.
@Suite struct YAMLHandOverTests {
  /// What was handed over, as `path:line:keys`, and what is left in the document.
  private func read(_ text: String) -> (taken: [String], root: YAMLNode?) {
    var taken: [String] = []
    var problems: [Problem] = []
    let handOver = YAMLHandOver(of: [["groups"], ["spec", "groups"]]) { element, path in
      let keys = element.entries?.compactMap(\.key.text).joined(separator: ",") ?? "-"
      taken.append("\(path.joined(separator: ".")):\(element.position.line):\(keys)")
    }
    let root = YAMLDocument(text, file: "f.yaml", handOver: handOver, problems: &problems).root
    return (taken, root)
  }

  @Test(arguments: [
    ("groups:\n- {a: 1, b: 2}\n- c: 3", ["groups:2:a,b", "groups:3:c"]),
    ("spec:\n  groups: [{a: 1}]\ngroups: [{b: 1}]", ["spec.groups:2:a", "groups:3:b"]),
    // Only mappings, and only in lists exactly there.
    ("groups: [1, [{a: 1}], {b: {groups: [{c: 1}]}}]", ["groups:1:b"]),
    ("groups: {groups: [{a: 1}]}", []), ("[{groups: [{a: 1}]}]", []), ("x: {groups: [{a: 1}]}", []),
    ("spec: [{groups: [{a: 1}]}]", []), ("{[spec]: {groups: [{a: 1}]}}", []),
    ("spec: {x: {groups: [{a: 1}]}, groups: [{b: 1}]}", ["spec.groups:1:b"]),
    // An alias might mean again what has an anchor, and what follows it.
    ("groups: &g [{a: 1}]", []), ("groups: [{a: 1}, {b: &x 1}, {c: 1}]", ["groups:1:a"]),
    // What is taken is not yet known to be sound.
    ("groups: [{a: 1}, {b: 1", ["groups:1:a"]),
  ])
  func elementsOfTheNamedListsAreTaken(text: String, taken: [String]) {
    #expect(read(text).taken == taken)
  }

  /// In the document an empty mapping stays where each was.
  @Test func placesStay() {
    let elements = read("groups:\n- {a: 1}\n- 2\n- {b: 1}\n").root?.entries?.first?.value.elements
    #expect(elements?.map(\.position.line) == [2, 3, 4])
    #expect(elements?.map { $0.entries?.count } == [0, nil, 0])
  }
}
