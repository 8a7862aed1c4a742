import Foundation
import Incidents
import Testing
import Values

@testable import Retro

/// Lines and alerts of the JSON export are written as `JSONEncoder` would have written them.
@Suite struct RowListTests {
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
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "+Inf", negativeInfinity: "-Inf", nan: "NaN")
    return Array(try encoder.encode(document))
  }

  @Test(arguments: ["plain"] + Hostility.texts.map(\.text)) func agreesWithTheEncoder(_ text: String) throws {
    let all = (0..<0x2100).compactMap(Unicode.Scalar.init).map(String.init).joined()
    for story in [Hostility.story(text), Hostility.story(text + all)] {
      let rows = story.report().timeline.lines.map(IncidentDocument.LineRow.init)
      #expect(rows.count > 50)
      let wanted = try Self.encoded(Timeline(timeline: .init(lines: rows)))
      let lines = IncidentDocument.RowList(rows)
      #expect(
        RowFilling.put([lines.filling], into: try Self.encoded(Timeline(timeline: .init(lines: lines))))
          == wanted)
    }
  }

  @Test func noLinesAreAnEmptyList() throws {
    let none: [IncidentDocument.LineRow] = []
    let wanted = try Self.encoded(Timeline(timeline: .init(lines: none)))
    let lines = IncidentDocument.RowList(none)
    #expect(
      RowFilling.put([lines.filling], into: try Self.encoded(Timeline(timeline: .init(lines: lines))))
        == wanted)
  }

  @Test(arguments: ["plain"] + Hostility.texts.map(\.text)) func alertsAgreeWithTheEncoder(_ text: String)
    throws
  {
    let figures: [Double?] = [
      nil, 0, -0.0, 1, -1, 0.1, 231, 99.999, 1e15, 1e16, 1.5e16, 123_456_789_012_345_680, 1e21, 1e22, -1e300,
      .leastNonzeroMagnitude,
      0.00001, 0.000123, .pi, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, .ulpOfOne,
    ]
    let rows = figures.enumerated().map { index, value in
      let labels = Dictionary(
        uniqueKeysWithValues: ["a", "B", "b10", "b9", "ä", "_", text].prefix(index % 8).map { ($0, text) })
      let fact = AlertFired(
        system: text, rule: "Rule \(text)", labels: labels,
        level: Level.allCases[index % Level.allCases.count],
        activeAt: Instant(milliseconds: 5), value: value, sign: index % 2 == 0 ? nil : ">=",
        threshold: figures[(index + 7) % figures.count], unit: index % 3 == 0 ? nil : .percent,
        summary: index % 2 == 0 ? text : nil, playbook: nil, source: "rules.yaml:1")
      let at = Instant(milliseconds: 1_760_000_000_123)
      return IncidentDocument.AlertRow(
        AlertFiring(fact: fact, at: at, ended: index % 4 == 0 ? nil : at + .seconds(7)))
    }
    let wanted = try Self.encoded(Timeline(timeline: .init(lines: rows)))
    let list = IncidentDocument.RowList(rows)
    let found = RowFilling.put([list.filling], into: try Self.encoded(Timeline(timeline: .init(lines: list))))
    #expect(String(decoding: found, as: UTF8.self) == String(decoding: wanted, as: UTF8.self))
  }
}
