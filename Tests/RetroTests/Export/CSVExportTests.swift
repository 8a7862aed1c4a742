import Incidents
import Retro
import Testing
import Values

@Suite struct CSVExportTests {
  @Test func theRichNight() throws {
    try expectGolden(String(decoding: IncidentReport.csv([Story.richReport()]), as: UTF8.self), "rich.csv")
  }

  @Test func severalStandBelowEachOtherAndFormulasAreText() throws {
    var story = Story()
    story.isDeclared("=1+1", at: 0)
    story.tell(NoteAdded.kind, #"{"text":"=HYPERLINK(\"http://x\")\nand, more"}"#, at: 10)
    story.tell(NoteAdded.kind, #"{"text":"@SUM(A1)"}"#, at: 20)
    let text = String(decoding: IncidentReport.csv([story.report(), story.report()]), as: UTF8.self)
    #expect(text.split(separator: "\r\n").count == 1 + 2 * 3)
    #expect(
      text.contains(",note,\"'=HYPERLINK(\"\"http://x\"\")\nand, more\",ops1,no,no,,note.added,e2,2\r\n"))
    #expect(text.contains(",note,'@SUM(A1),"))
    #expect(text.hasPrefix(IncidentReport.csvHeadings.joined(separator: ",") + "\r\n"))
  }

  @Test func pinsSurviveFilters() {
    let rows = String(
      decoding: IncidentReport.csv([Story.richReport()], .init(kinds: ["nothing"])), as: UTF8.self)
    #expect(rows.split(separator: "\r\n").count == 2)
  }
}
