import Foundation
import TestSupport
import Testing
import Values

@testable import Retro

/// Hostile words in every field of an incident, in whole files of JSON and CSV that Python reads.
@Suite(.enabled(if: PythonPages.isHere, "no python3 here")) struct HostileFileTests {
  private static let title = "Pack purchases fail at checkout"

  @Test func jsonHasItsShapeAndSaysThem() throws {
    let files = try Hostility.texts.map { name, text in
      PythonFiles.File(
        name: "\(name).json", bytes: try Hostility.report(text).json(),
        says: [text + Self.title, text + "First complaint in the forum", text + "CEST"])
    }
    let model = PythonFiles.File(name: "model.json", bytes: try Hostility.report("Harmless ").json())
    #expect(try PythonFiles.problems(files, as: model) == [])
  }

  @Test func csvHasItsShapeAndSaysThem() throws {
    let files = Hostility.texts.map { name, text in
      PythonFiles.File(
        name: "\(name).csv", bytes: IncidentReport.csv([Hostility.report(text)]),
        says: [Self.cell(text + "First complaint in the forum")])
    }
    let model = PythonFiles.File(
      name: "model.csv", bytes: IncidentReport.csv([Hostility.report("Harmless ")]))
    #expect(try PythonFiles.problems(files, as: model) == [])
  }

  /// Line ends and controls as on a terminal, an apostrophe before a formula.
  private static func cell(_ text: String) -> String {
    let safe = Inert.terminalKeepingLines(text)
    let first = safe.first { !$0.isWhitespace }
    return first.map { "=+-@".contains($0) } == true ? "'" + safe : safe
  }

  @Test func aMegabyteInALineIsAValueToo() throws {
    let long = String(repeating: "\"=,;{", count: 210_000)
    var story = Story.rich
    let body = try JSONSerialization.data(withJSONObject: ["text": long])
    story.tell("note.added", String(decoding: body, as: UTF8.self), at: 4000)
    var short = Story.rich
    short.tell("note.added", #"{"text":"short"}"#, at: 4000)
    let json = PythonFiles.File(name: "long.json", bytes: try story.report().json(), says: [long])
    #expect(
      try PythonFiles.problems([json], as: .init(name: "short.json", bytes: short.report().json())) == [])
    let csv = PythonFiles.File(name: "long.csv", bytes: IncidentReport.csv([story.report()]), says: [long])
    let model = PythonFiles.File(name: "short.csv", bytes: IncidentReport.csv([short.report()]))
    #expect(try PythonFiles.problems([csv], as: model) == [])
  }

  /// The check itself finds what it is for.
  @Test(arguments: [
    ("json", "\"external\" : false", "\"external\" : false, \"external\" : false", "stands twice"),
    ("json", "\"external\" : false", "\"external\" : false, \"more\" : 1", "another shape"),
    ("json", "\"external\" : false", "\"external\" : NaN", "is no JSON"),
    ("json", "First complaint", "Another complaint", "does not say"),
    ("csv", ",note,First", ",note,=First", "is a formula"),
    ("csv", ",note,First", ",note,\"Fi\"rst", "wrong"),
    ("csv", ",note,First", ",note,,First", "another shape"),
    ("csv", "First complaint", "Another complaint", "does not say"),
  ])
  func filesThatAreWrongAreFound(kind: String, from: String, to: String, problem: String) throws {
    let report = Story.richReport()
    let bytes = kind == "json" ? try report.json() : IncidentReport.csv([report])
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(from))
    let found = try PythonFiles.problems(
      [
        .init(
          name: "wrong.\(kind)", bytes: Array(text.replacing(from, with: to).utf8),
          says: ["First complaint in the forum"])
      ], as: .init(name: "model.\(kind)", bytes: bytes))
    #expect(!found.isEmpty)
    #expect(problem == "wrong" || found.contains { $0.contains(problem) }, "\(found)")
  }
}
