import Foundation
import Retro
import TestSupport
import Testing

/// The JSON export against its schema, by Python's jsonschema.
@Suite struct SchemaTests {
  private static let python = "/usr/bin/python3"

  static let isHere =
    (try? Child.run(python, ["-c", "import jsonschema"], environment: [:]))?.status == 0

  private static let script = """
    import json, sys
    from jsonschema import Draft202012Validator
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    for path in sys.argv[2:]:
        document = json.load(open(path, encoding="utf-8"))
        for mistake in Draft202012Validator(schema).iter_errors(document):
            print(path, mistake.json_path, mistake.message[:300])
    """

  private static func mistakes(in documents: [String]) throws -> String {
    let tree = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    let schema = tree.appending(path: "docs/schema/midwatch.incident-2.json").standardizedFileURL.path
    let outcome = try Child.run(python, ["-c", script, schema] + documents, environment: [:])
    #expect(outcome.status == 0, "\(outcome.err)")
    return outcome.out
  }

  @Test(.enabled(if: isHere, "/usr/bin/python3 has no jsonschema: make test-peers installs it"))
  func exportsAreAsTheirSchemaSays() throws {
    let folder = try Artefacts.folder()
    let hostile = folder.appending(path: "hostile.json")
    let incident = try HostileIncident()
    defer { incident.remove() }
    try Data(try incident.export(.json)).write(to: hostile)
    let rich = Artefacts.golden("rich.json")
    #expect(try Self.mistakes(in: [rich.path, hostile.path]) == "")
    // It would find one.
    let text = try String(contentsOf: rich, encoding: .utf8)
    for (old, new) in [
      ("\"external\" : false", "\"external\" : 0"), ("\"external\" : false,", ""),
      ("\"external\" : false", "\"external\" : false, \"more\" : 1"), ("\"seq\" : 1,", "\"seq\" : \"1\","),
    ] {
      #expect(text.contains(old))
      let wrong = folder.appending(path: "wrong.json")
      try Data(text.replacing(old, with: new).utf8).write(to: wrong)
      #expect(try Self.mistakes(in: [wrong.path]) != "", "\(new)")
    }
  }
}
