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
    #expect(text.split(separator: "\r\n").count == 1 + 2 * 3 + 1)
    #expect(
      text.contains(",note,\"'=HYPERLINK(\"\"http://x\"\")\nand, more\",ops1,no,no,,note.added,e2,2\r\n"))
    #expect(text.contains(",note,'@SUM(A1),"))
    #expect(text.hasPrefix(IncidentReport.csvHeadings.joined(separator: ",") + "\r\n"))
  }

  @Test func pinsSurviveFilters() {
    let rows = String(
      decoding: IncidentReport.csv([Story.richReport()], .init(kinds: ["nothing"])), as: UTF8.self)
    #expect(rows.split(separator: "\r\n").count == 3)
  }

  /// The file's own, behind what it says of the timeline; and what is not in it.
  @Test func theStampStandsInTheLastRow() throws {
    let report = Story.richReport()
    let rows = String(decoding: IncidentReport.csv([report]), as: UTF8.self).split(separator: "\r\n")
    let last = try #require(rows.last)
    #expect(last.hasSuffix(",,no,no,,midwatch.stamp,,"))
    #expect(
      last.contains(
        "(origin \(report.stamp.origin)) at event \(report.stamp.count), head \(report.stamp.head)."))
    let outward = String(decoding: IncidentReport.csv([report.outward()]), as: UTF8.self)
    #expect(outward.contains(",left out,notes: 5,,no,no,,midwatch.left_out,,\r\n"))
    #expect(outward.contains(" from a journal (origin "))
  }
}
