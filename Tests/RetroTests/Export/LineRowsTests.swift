import Foundation
import Testing

@testable import Retro

/// Lines of the JSON export are written as `JSONEncoder` would have written them.
@Suite struct LineRowsTests {
  private struct Timeline<Lines: Encodable>: Encodable {
    struct Inner: Encodable {
      let aa = 1
      let lines: Lines
      let of = 2
    }
    let timeline: Inner
  }

  private static func encoded(_ document: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(document))
  }

  @Test(arguments: ["plain"] + Hostility.texts.map(\.text)) func agreesWithTheEncoder(_ text: String) throws {
    let all = (0..<0x2100).compactMap(Unicode.Scalar.init).map(String.init).joined()
    for story in [Hostility.story(text), Hostility.story(text + all)] {
      let rows = story.report().timeline.lines.map(IncidentDocument.LineRow.init)
      #expect(rows.count > 50)
      let wanted = try Self.encoded(Timeline(timeline: .init(lines: rows)))
      let lines = IncidentDocument.LineRows(rows)
      #expect(lines.put(into: try Self.encoded(Timeline(timeline: .init(lines: lines)))) == wanted)
    }
  }

  @Test func noLinesAreAnEmptyList() throws {
    let none: [IncidentDocument.LineRow] = []
    let wanted = try Self.encoded(Timeline(timeline: .init(lines: none)))
    let lines = IncidentDocument.LineRows(none)
    #expect(lines.put(into: try Self.encoded(Timeline(timeline: .init(lines: lines)))) == wanted)
  }
}
