import Retro
import Testing
import Values

@Suite struct RetroTemplateTests {
  private func problems(_ text: String) -> [String] {
    var problems: [Problem] = []
    let template = RetroTemplate(text, name: "ours", file: "ours.md", problems: &problems)
    #expect((template == nil) == !problems.isEmpty)
    return problems.map(\.description)
  }

  @Test func whatIsNotKnownIsAnErrorAtItsPlace() {
    #expect(
      problems("# {{title}}\n\n  {{{timelime}}}\n{{#x_our_own}}a{{/x_our_own}}") == [
        "ours.md:3:3: a retro has no section and no value \"timelime\"; write one of timeline"
      ])
    #expect(problems("{{#timeline}}").count == 1)
    #expect(problems("{{zzz}}").first?.contains("write one of actions, acts, amended") == true)
    #expect(problems("{{> partial}}").first?.hasPrefix("ours.md:1:1: this is no field") == true)
    #expect(problems(String(repeating: "a", count: 1 << 20 | 1)).first?.contains("longer than 1 MiB") == true)
  }

  @Test(arguments: BuiltInRetroTemplates.names) func thoseThatAreBuiltInCanBeUsed(_ name: String) throws {
    let template = try #require(BuiltInRetroTemplates.template(name))
    var story = Story()
    story.isDeclared("Empty", at: 0)
    let text = story.report().document().markdown(template)
    #expect(!text.contains("{{") && text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
  }

  @Test func aSectionWithoutWordsTakesItsHeadingAlong() throws {
    var story = Story()
    story.isDeclared("A | B", at: 0)
    var problems: [Problem] = []
    let template = try #require(
      RetroTemplate(
        """
        {{title}}: {{severity}}
        {{#runs}}
        ## Runs

        {{{runs}}}
        {{/runs}}
        {{^runs}}
        No run.
        {{/runs}}
        {{#roles}}
        ## Roles
        {{/roles}}
        [{{x_nothing}}]
        """, name: "ours", file: "ours.md", problems: &problems))
    #expect(story.report().document().markdown(template) == "A \\| B: S1\nNo run.\n[]\n")
    #expect(
      story.report().document().markdown(template) == template.filled(with: story.report().document()) { _ in
        "unasked"
      } + "\n")
    let rich = Story.richReport().document()
    let asked = template.filled(with: rich) { "<\($0.id)>" }
    #expect(asked == "Pack purchases fail at checkout: S1 (Critical)\n## Runs\n\n<runs>\n## Roles\n[]")
  }

  /// What a section says is not read as a template.
  @Test func bracesInTextsStay() throws {
    var story = Story()
    story.isDeclared("{{summary}}", at: 0)
    story.sends("{{timeline}} {{#x}}", at: 5, next: nil)
    let markdown = story.report().markdown
    #expect(markdown.hasPrefix("# INC-7 {{summary}}\n"))
    #expect(markdown.contains("\n{{timeline}} {{#x}}\n"))
  }
}
