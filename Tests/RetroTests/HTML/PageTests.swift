import Foundation
import Retro
import Testing
import Values

@Suite struct PageTests {
  @Test func pagesAreAsTheyWereLookedAt() throws {
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    let document = Story.richReport().document()
    try expectGolden(document.html(template), "rich-midwatch.html")
    try expectGolden(document.html(template, for: .print), "rich-midwatch-print.html")
  }
}
