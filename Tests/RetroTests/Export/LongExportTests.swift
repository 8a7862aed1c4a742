import Foundation
import Incidents
import Testing
import Values

@testable import Retro

/// An incident so long that its export is worked on in pieces: nothing is lost between them, and nothing changes places.
@Suite struct LongExportTests {
  private static let count = 9000

  private static let report: IncidentReport = {
    var story = Story()
    story.isDeclared("A long night", at: 0)
    for number in 1...count {
      if number.isMultiple(of: 1000) {
        story.tell(
          AlertFired.kind,
          """
          {"system":"ensei-packs","rule":"R\(number)","labels":{},"level":"warn","active_at":"\(Story.instant(0))"}
          """, at: Int64(number), ofIncident: false)
      } else {
        story.tell(NoteAdded.kind, "{\"text\":\"note \(number) ends\"}", at: Int64(number))
      }
    }
    return story.report()
  }()

  /// The numbers that stand in it, as they follow each other.
  private func numbers(_ text: String, from start: String) throws -> [Int] {
    let from = try #require(text.range(of: start)).lowerBound
    return text[from...].matches(of: /note ([0-9]+) ends/).compactMap { Int($0.1) }
  }

  private var wanted: [Int] { (1...Self.count).filter { !$0.isMultiple(of: 1000) } }

  @Test func everyFormatHasEveryLineInItsPlace() throws {
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    for format in RetroFormat.allCases {
      let bytes = try RetroRendering(template: template).bytes([Self.report], as: format)
      let text = String(decoding: bytes, as: UTF8.self)
      let start: String
      switch format {
      case .md: start = "## Timeline"
      case .html, .print: start = ">Timeline</h2>"
      case .json: start = "\"timeline\" : {"
      case .csv: start = "incident,"
      }
      #expect(try numbers(text, from: start) == wanted, "\(format)")
    }
  }

  @Test func jsonHasItsAlertsToo() throws {
    let both = try IncidentReport.json([Self.report, Self.report])
    let object = try #require(try JSONSerialization.jsonObject(with: Data(both)) as? [String: Any])
    let incidents = try #require(object["incidents"] as? [[String: Any]])
    #expect(incidents.count == 2)
    for incident in incidents {
      let alerts = try #require(incident["alerts"] as? [[String: Any]])
      #expect(alerts.compactMap { $0["rule"] as? String } == (1...9).map { "R\($0 * 1000)" })
      let lines = try #require((incident["timeline"] as? [String: Any])?["lines"] as? [[String: Any]])
      #expect(lines.count == Self.count + 1)
    }
  }

  @Test func rowsCanBeReachedOnce() throws {
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    let html = String(
      decoding: try RetroRendering(template: template).bytes([Self.report], as: .html), as: UTF8.self)
    let anchors = html.matches(of: /<tr id="event-([0-9]+)">/).map { String($0.1) }
    #expect(anchors.count == Self.count + 1 && Set(anchors).count == anchors.count)
  }
}
