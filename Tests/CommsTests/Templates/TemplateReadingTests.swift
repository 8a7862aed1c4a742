import Incidents
import Testing
import Values

@testable import Comms

struct TemplateReadingTests {
  @Test func readsEveryKey() throws {
    let template = try template(
      """
      ---
      audience: users
      stage: [Investigating, Identified, Monitoring]
      severity: [S1, S2]
      channel: [status-page, mail]
      subject: Temporary Service Disruption - Pack System
      limit: 4000
      variables:
        eta:
          ask: When do you expect it to work?
          default: not yet known
      ---
      Buying packs does not work. {{#cause}}We know why: {{cause}}.{{/cause}}

      Impact: {{impact}}
      ETA: {{eta}}
      Status: {{links.status_page}}
      Next update: {{next_update}}
      """, file: "comms/users-high.md")
    #expect(template.name == "users-high")
    #expect(template.audience == "users" && template.isOutward)
    #expect(template.stages == [.investigating, .identified, .monitoring])
    #expect(template.severities == [.s1, .s2])
    #expect(template.channels == ["status-page", "mail"])
    #expect(template.limit == 4000)
    #expect(template.variables.map(\.name) == ["eta"])
    #expect(template.names == ["cause", "impact", "eta", "links.status_page", "next_update"])
  }

  @Test func tellsEveryMistakeAtItsPlace() {
    var problems: [Problem] = []
    let source = """
      ---
      audience: users
      stage: Fixed
      severity: S9
      subjekt: x
      limit: many
      ---
      fine {{impact}}
      {{#cause}} {{> partial}}
        {{/other}} {{=<% %>=}} {{ open
      """
    #expect(Template(source, file: "t.md", problems: &problems) == nil)
    #expect(
      problems.sorted().map { "\($0.position.line):\($0.position.column)" } == [
        "2:1", "3:8", "4:11", "5:1", "6:8", "9:1", "9:12", "10:3", "10:14", "10:26",
      ])
    #expect(problems.allSatisfy { !$0.remedy.isEmpty && $0.file == "t.md" })
  }

  @Test(arguments: ["text only", "", "---\n---\ntext", "---\naudience: users\n---\nx"])
  func needsFrontMatter(_ source: String) {
    var problems: [Problem] = []
    #expect(Template(source, file: "t.md", problems: &problems) == nil)
    #expect(!problems.isEmpty)
  }

  @Test func aMistakeInTheSubjectStandsInTheFrontMatter() {
    var problems: [Problem] = []
    _ = Template(
      "---\naudience: users\nstage: reply\nsubject: a {{b\n---\nx", file: "t.md", problems: &problems)
    #expect(problems.map(\.position) == [Position(line: 4, column: 12)])
  }

  @Test func choosesTheOneThatFitsBest() throws {
    func made(_ name: String, _ severity: String = "") throws -> Template {
      try template(
        "---\naudience: users\nstage: Identified\n\(severity)subject: x\n---\nx", file: "\(name).md")
    }
    let all = try [made("b"), made("a"), made("c", "severity: [S1]\n")] + BuiltInTemplates.all()
    #expect(all.choose(audience: "users", stage: .identified, severity: .s1)?.name == "c")
    #expect(all.choose(audience: "users", stage: .identified, severity: .s2)?.name == "a")
    #expect(all.choose(audience: "users", stage: .resolved, severity: .s2)?.file == "built-in:users-resolved")
    #expect(all.choose(audience: "press", stage: .resolved, severity: .s2) == nil)
    #expect(all.audiences(at: .identified) == ["users", "status", "internal", "executives", "support"])
  }

  @Test func theAudienceThatWaitsLongestComesFirst() throws {
    let users = AudienceDue(audience: "users", due: try instant("03:10"))
    let inside = AudienceDue(audience: "internal", due: try instant("03:05"))
    let none = AudienceDue(audience: "support", due: nil)
    #expect([none, users, inside].mostOverdue == "internal")
    #expect([none].mostOverdue == "support")
    #expect([AudienceDue]().mostOverdue == nil)
  }
}
