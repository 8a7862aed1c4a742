import Incidents
import Testing
import Values

@testable import Comms

struct FillingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let fields: [String: Field]
    let filled: String
    let unfilled: [String]

    init(_ text: String, _ fields: [String: Field], _ filled: String, unfilled: [String] = []) {
      self.text = text
      self.fields = fields
      self.filled = filled
      self.unfilled = unfilled
    }

    var testDescription: String { text }
  }

  static let cases = [
    Case("a {{x}}.", ["x": "1"], "a 1."),
    Case("a {{x}} {{{x}}} {{&x}} {{ x }}", ["x": "<&\"'>"], "a <&\"'> <&\"'> <&\"'> <&\"'>"),
    Case("{{x}} {{y}} {{x}}", [:], "{{x}} {{y}} {{x}}", unfilled: ["x", "y"]),
    Case("{{x}}", ["x": " "], "{{x}}", unfilled: ["x"]),
    Case(
      "{{links.page}} {{links.none}}", ["links.page": "http://p"], "http://p {{links.none}}",
      unfilled: ["links.none"]),
    Case("{{links.page}}", [:], "{{links.page}}", unfilled: ["links.page"]),
    Case("{{incident}} {{incident.number}}", ["incident": "INC-1", "incident.number": "1"], "INC-1 1"),
    Case("{{incident}}", ["incident": "INC-1", "incident.number": "1"], "INC-1"),
    Case("{{incident}}", ["incident.number": "1"], "{{incident}}", unfilled: ["incident"]),
    Case("a{{#x}} b {{x}}{{/x}}c", ["x": "1"], "a b 1c"),
    Case("a{{#x}} b {{x}}{{/x}}c", [:], "ac"),
    Case("a{{^x}}b{{/x}}{{#x}}c{{/x}}", [:], "ab"),
    Case("{{#x}}{{y}}{{/x}} {{x}}", ["x": "1"], "{{y}} 1", unfilled: ["y"]),
    Case("{{#x}}in{{/x}} {{x}}", [:], " {{x}}", unfilled: ["x"]),
    Case("{{#links.page}}at {{links.page}}{{/links.page}}.", ["links.page": "p"], "at p."),
    Case("{{#links.page}}at {{links.page}}{{/links.page}}.", [:], "."),
    Case("L:\n{{#a}}\n- {{.}}\n{{/a}}\nE", ["a": .list(["1", "2"])], "L:\n- 1\n- 2\nE"),
    Case("L:\n{{#a}}\n- {{.}}\n{{/a}}\n{{^a}}\n- none\n{{/a}}\nE", ["a": .list([])], "L:\n- none\nE"),
    Case("{{a}}", ["a": .list(["1", "2"])], "1; 2"),
    Case("{{a}}", ["a": .list([])], "{{a}}", unfilled: ["a"]),
    Case("{{! not shown }}x", [:], "x"),
    Case("{{x}}", ["x": "{{y}} {{#z}}"], "{{y}} {{#z}}"),
    Case("no fields } } { {", [:], "no fields } } { {"),
    Case("{{#a}}{{#b}}{{a}}{{b}}{{/b}}{{/a}}", ["a": "1", "b": "2"], "12"),
    Case("é {{größe}}".replacing("größe", with: "g"), ["g": "漢"], "é 漢"),
  ]

  @Test(arguments: cases)
  func fills(_ one: Case) throws {
    let filled = try body(one.text).filled(one.fields)
    #expect(filled.text == one.filled)
    #expect(filled.unfilled == one.unfilled)
  }

  @Test func defaultsFillWhatIsMissing() throws {
    let template = try template(
      "---\naudience: users\nstage: Identified\nsubject: \"{{title}} {{eta}}\"\nvariables:\n  eta: {default: unknown}\n  who: {ask: Who?}\n---\n{{eta}} {{who}} {{region}}"
    )
    let system = [Variable("region", defaultValue: "eu"), Variable("eta", defaultValue: "never")]
    let filled = template.filled(["title": "T"], variables: system)
    #expect(filled == FilledTemplate(subject: "T unknown", text: "unknown {{who}} eu", unfilled: ["who"]))
    #expect(template.filled(["title": "T", "eta": "1h", "who": "me"], variables: system).text == "1h me eu")
    #expect(template.questions(["title": "T"], variables: system).map(\.prompt) == ["Who?"])
  }

  @Test func theSubjectIsOneLine() throws {
    let filled = try body("x", subject: "{{title}}").filled(["title": "a\nb"])
    #expect(filled.subject == "a b")
  }

  @Test func anIncidentGivesItsFields() throws {
    var fields = UpdateFields()
    fields.incident = "INC-14"
    fields.number = 14
    fields.title = "Purchases fail"
    fields.severity = .s1
    fields.status = .identified
    fields.impact = "7 % of purchases fail"
    fields.started = try instant("23:50", day: "2026-11-20")
    fields.nextUpdate = try instant("03:30")
    fields.actions = ["paused purchases"]
    fields.links = ["status_page": "http://s"]
    fields.answers = ["eta": "soon", "impact": "all"]
    let values = fields.fields(at: try instant("03:10"))
    #expect(values["incident"] == "INC-14" && values["incident.number"] == "14")
    #expect(values["severity"] == "S1" && values["status"] == "Identified")
    #expect(values["impact"] == "all")
    #expect(values["started"] == "2026-11-20 23:50 UTC" && values["next_update"] == "03:30 UTC")
    #expect(values["duration"] == "3h20m")
    #expect(values["actions"] == .list(["paused purchases"]))
    #expect(values["links.status_page"] == "http://s" && values["commander"] == nil)
  }

  @Test func findsHolesInEditedText() {
    #expect(Unfilled.names(in: "a {{x}} {{ y.z }} {{x}} {x} {{ }} {{#s}}") == ["x", "y.z", "s"])
  }
}
