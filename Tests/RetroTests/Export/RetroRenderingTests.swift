import Foundation
import Incidents
import Retro
import Testing
import Values

@Suite struct RetroRenderingTests {
  private static var reports: [IncidentReport] {
    var other = Story()
    other.isDeclared("Another <night>", at: 0)
    return [Story.richReport(), other.report()]
  }

  private static func text(_ format: RetroFormat, _ reports: [IncidentReport] = reports) throws -> String {
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    return String(
      decoding: try RetroRendering(template: template).bytes(reports, as: format), as: UTF8.self)
  }

  @Test(arguments: RetroFormat.allCases) func everyFormatHasEveryIncident(_ format: RetroFormat) throws {
    let text = try Self.text(format)
    #expect(text.contains("Pack purchases fail at checkout"))
    #expect(
      text.contains("Another <night>") || text.contains("&lt;night&gt;") || text.contains(#"\<night\>"#))
  }

  @Test func severalAreOnePageWithOneHeadingAndEveryPlaceOnce() throws {
    for format in [RetroFormat.html, .print] {
      let text = try Self.text(format)
      #expect(text.components(separatedBy: "<h1").count == 2 && text.contains("<h1>2 incidents</h1>"))
      #expect(text.contains(">INC-7 Another &lt;night&gt;</h2>"))
      let ids = text.components(separatedBy: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
      #expect(Set(ids).count == ids.count && ids.count > 20)
      #expect(!text.contains("section0e") && !text.contains("{{"))
    }
  }

  @Test func oneIsItself() throws {
    let one = [Story.richReport()]
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    #expect(try Self.text(.html, one) == one[0].document().html(template))
    #expect(try Self.text(.md, one) == one[0].markdown)
    #expect(try Self.text(.json, one) == String(decoding: one[0].json(), as: UTF8.self))
  }
}
