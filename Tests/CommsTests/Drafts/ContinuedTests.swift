import Incidents
import TestSupport
import Testing
import Values

@testable import Comms

/// The next update begins with the last one, and with what holds now.
struct ContinuedTests {
  private func fill(
    _ text: String, lasting: String, next: String?, impact: String = "No packs.", number: String
  )
    throws -> FilledTemplate
  {
    var fields: [String: Field] = [
      "duration": .text(lasting), "impact": .text(impact), "update.number": .text(number),
      "status": "Identified",
    ]
    fields["next_update"] = next.map { .text($0) }
    return try body(text, subject: "{{status}} {{update.number}}").filled(fields)
  }

  private let source = """
    Impact: {{impact}}
    State: {{status}}, for {{duration}}.
    We look for the cause.
    {{#next_update}}
    Next update: {{next_update}}
    {{/next_update}}
    """

  private func sent(_ given: FilledTemplate, text: String? = nil) throws -> Draft {
    let record = MemoryRecord()
    try record.perform(
      SaveDraft(
        incident: nil, template: "executives", audience: "executives", stage: .identified,
        fields: [Draft.givenTextField: given.text, Draft.givenSubjectField: given.subject],
        subject: given.subject, text: text ?? given.text))
    return try #require(try record.entity(Draft.self, "D-1"))
  }

  @Test func whatTheTemplateFilledIsFilledAnew() throws {
    let draft = try sent(fill(source, lasting: "48ms", next: "03:30 UTC", number: "1"))
    let now = try fill(
      source, lasting: "1h02m", next: "04:30 UTC", impact: "No packs, no diaries.", number: "2")
    let (subject, text) = draft.continued(
      promising: try instant("04:30"), of: nil, at: try instant("04:08"), given: now)
    #expect(subject == "Identified 2")
    #expect(
      text.trimmed == """
        Impact: No packs, no diaries.
        State: Identified, for 1h02m.
        We look for the cause.
        Next update: 04:30 UTC
        """)
  }

  @Test func whatAPersonWroteStays() throws {
    let first = try fill(source, lasting: "48ms", next: "03:30 UTC", number: "1")
    let written = """
      Impact: nobody can buy packs; diaries work.
      State: Identified, for 48ms.
      We have found it: the provider refuses us.
      They are at it.
      Next update: 03:30 UTC
      """
    let now = try fill(source, lasting: "1h02m", next: "04:30 UTC", impact: "None.", number: "2")
    let text = try sent(first, text: written).continued(
      promising: try instant("04:30"), of: nil, at: try instant("04:08"), given: now
    ).text
    #expect(text.hasPrefix("Impact: nobody can buy packs; diaries work.\n"))
    #expect(text.contains("We have found it: the provider refuses us.\nThey are at it."))
    #expect(text.trimmed.hasSuffix("Next update: 04:30 UTC") && !text.contains("03:30"))
  }

  @Test func aLineBesideAWrittenOneIsFilledAnewToo() throws {
    let first = try fill(source, lasting: "48ms", next: "03:30 UTC", number: "1")
    let written = first.text.replacing("Impact: No packs.", with: "Impact: nobody can buy packs.")
    let now = try fill(source, lasting: "1h02m", next: "04:30 UTC", impact: "None.", number: "2")
    #expect(
      try sent(first, text: written).continued(
        promising: try instant("04:30"), of: nil, at: try instant("04:08"), given: now
      ).text.trimmed == """
        Impact: nobody can buy packs.
        State: Identified, for 1h02m.
        We look for the cause.
        Next update: 04:30 UTC
        """)
  }

  @Test func noPromiseTakesTheOldOneOut() throws {
    for source in [
      source, source.replacing("{{#next_update}}\n", with: "").replacing("\n{{/next_update}}", with: ""),
    ] {
      let draft = try sent(fill(source, lasting: "48ms", next: "03:30 UTC", number: "1"))
      let now = try fill(source, lasting: "1h02m", next: nil, number: "2")
      for given in [now, nil] {
        let text = draft.continued(promising: nil, of: nil, at: try instant("04:08"), given: given).text
        #expect(
          text.trimmed
            == "Impact: No packs.\nState: Identified, for \(given == nil ? "48ms" : "1h02m").\nWe look for the cause."
        )
      }
    }
  }

  @Test(arguments: [
    ("Impact: x\nNext update: 03:30 UTC", "Impact: x"), ("**Next update:** 03:30 UTC\nMore.", "More."),
    ("It fails. We write again at 03:30 UTC. Thank you.", "It fails. Thank you."),
    ("**Next update**\n\n03:30 UTC\nMore.", "\nMore."), ("We watch it.", "We watch it."),
    ("The next update of the app ships at 03:30 UTC.", "The next update of the app ships at 03:30 UTC."),
    ("Ärger 🙈. Next update: ０３:30 UTC.\r\nMore.", "Ärger 🙈.\nMore."),
  ])
  func promisesAreTakenOut(_ text: String, _ left: String) {
    #expect(PromiseText.removing(from: text) == left)
    #expect(!PromiseText(PromiseText.removing(from: text)).isNamed)
  }

  @Test func ofThreeTextsOne() {
    func merged(_ base: String, _ mine: String, _ new: String) -> String {
      LineMerge.merged(
        base: base.replacing(" ", with: "\n"), mine: mine.replacing(" ", with: "\n"),
        new: new.replacing(" ", with: "\n")
      ).replacing("\n", with: " ")
    }
    #expect(merged("a b c", "a b c", "a x c") == "a x c")
    #expect(merged("a b c", "a x c", "a b c") == "a x c")
    #expect(merged("a b c", "a x c", "a y c") == "a x c")
    #expect(merged("a b c d", "A b c d", "a b c D") == "A b c D")
    #expect(merged("a b c", "a b c z", "y a b c") == "y a b c z")
    #expect(merged("a b c", "a c", "a b c d") == "a c d")
    #expect(merged("a b", "", "a x") == "")
    #expect(merged("", "a", "b") == "a")
  }
}
