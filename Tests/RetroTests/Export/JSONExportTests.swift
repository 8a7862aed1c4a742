import Foundation
import Incidents
import Retro
import Testing
import Values

@Suite struct JSONExportTests {
  private static func schema() throws -> SchemaCheck {
    let tree = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    return try SchemaCheck(Data(contentsOf: tree.appending(path: "docs/schema/midwatch.incident-2.json")))
  }

  @Test func theRichNightIsAsItsSchemaSays() throws {
    let rich = Story.richReport()
    var short = Story()
    short.isDeclared("Short", at: 0)
    let schema = try Self.schema()
    for bytes in [
      try rich.json(), try short.report().json(), try rich.outward().json(),
      try IncidentReport.json([rich, short.report()]), try IncidentReport.json([]),
    ] { #expect(try schema.mistakes(in: Data(bytes)) == []) }
    try expectGolden(String(decoding: try rich.json(), as: UTF8.self), "rich.json")
  }

  /// The check would see a key that is not told, one that lacks, and a wrong word.
  @Test(arguments: [
    ("\"external\" : false", "\"external\" : 0", "$.external: is no boolean"),
    ("\"external\" : false,", "", "$: lacks external"),
    ("\"external\" : false", "\"external\" : false, \"more\" : 1", "$: more is not in the schema"),
    ("midwatch.incident/2", "midwatch.incident/1", "$.schema: is not midwatch.incident/2"),
    ("\"Resolved\"", "\"Gone\"", "$.incident.status: Gone is none of"),
    ("2026-11-21T13:05:33.000Z", "2026-11-21 13:05:33Z", "$.made: 2026-11-21 13:05:33Z does not match"),
  ])
  func theCheckFails(_ old: String, _ new: String, _ mistake: String) throws {
    let text = String(decoding: try Story.richReport().json(), as: UTF8.self)
    let mistakes = try Self.schema().mistakes(in: Data(text.replacing(old, with: new).utf8))
    #expect(mistakes.contains { $0.hasPrefix(mistake) }, "\(mistakes)")
  }

  @Test func filtersHoldInJSONToo() throws {
    let bytes = try Story.richReport().json(TimelineFilter(pinnedOnly: true))
    let document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let timeline = try #require(document["timeline"] as? [String: Any])
    #expect(timeline["shown"] as? Int == 1 && (timeline["lines"] as? [Any])?.count == 1)
    #expect(timeline["of"] as? Int == Story.richReport().timeline.lines.count)
  }
}
