import Foundation
import Retro
import Testing

/// ``Story/rich`` in the formats that are text.
@Suite struct GoldenTests {
  @Test(arguments: BuiltInRetroTemplates.names) func richInEveryTemplate(_ name: String) throws {
    let template = try #require(BuiltInRetroTemplates.template(name))
    try expectGolden(Story.richReport().document().markdown(template), "rich-\(name).md")
  }
}
