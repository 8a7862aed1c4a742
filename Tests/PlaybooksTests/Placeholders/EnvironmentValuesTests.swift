import Testing
import Values

@testable import Playbooks

@Suite struct EnvironmentValuesTests {
  private func variables(_ yaml: String) -> [Variable] {
    let (document, problems) = read(
      "---\nvariables:\n  \(yaml.split(separator: "\n").joined(separator: "\n  "))\n---\n# P\n", file: "p.md")
    #expect(problems.isEmpty)
    return document.settings.variables
  }

  @Test func fillsWhatAsksForIt() {
    let values = EnvironmentValues(
      variables(
        """
        REGION: {from: env.NOVA_REGION, default: eu-west}
        TENANT: {from: alert.labels.tenant}
        TOKEN: {from: env.NOVA_TOKEN, secret: true}
        EMPTY: {from: env.NOVA_EMPTY, default: x}
        GONE: {from: env.NOVA_GONE}
        """),
      from: [
        "NOVA_REGION": "us-east", "NOVA_TOKEN": "hunter22", "NOVA_EMPTY": "", "TENANT": "t1", "REGION": "no",
      ])
    #expect(values.plain == ["REGION": "us-east"])
    #expect(values.secrets.mapValues { $0.revealed() } == ["TOKEN": "hunter22"])
    #expect(values.refused.isEmpty)
  }

  @Test(arguments: [
    ("{from: env.E, choices: [a, b]}", "be one of a, b"),
    ("{from: env.E, pattern: '[0-9]+'}", "match [0-9]+"),
    ("{from: env.E, pattern: '[0-9]+', secret: true}", "match [0-9]+"),
  ]) func aValueThatCannotBeIsRefusedAndNotShown(_ declaration: String, _ wanted: String) {
    let values = EnvironmentValues(variables("V: \(declaration)"), from: ["E": "s3cr3t"])
    #expect(values.plain.isEmpty && values.secrets.isEmpty)
    #expect(values.refused == ["V": "The environment's E is not taken for V, which has to \(wanted)."])
  }

  @Test(arguments: ["env.", "env.1A", "env.A-B", "env.A B", "env.é"]) func aNameThatNoneHasIsAMistake(
    _ from: String
  ) throws {
    let (document, problems) = read(
      "---\nvariables:\n  V: {from: \"\(from)\"}\n---\n# P\n", file: "p.md")
    #expect(document.settings.variables.first?.from == nil)
    let problem = try #require(problems.first)
    #expect(
      problem.what.hasSuffix("is no name of a variable of the environment") && problem.position.line == 3)
  }

  @Test func whatLooksLikeASecretShouldBeOne() {
    let (document, _) = read(
      """
      ---
      variables:
        A: {from: env.NOVA_TOKEN}
        B: {from: env.NOVA_TOKEN, secret: true}
        C: {from: env.NOVA_REGION}
        D: {from: env.API_KEY}
        E: {from: env.KEYBOARD}
      ---
      # P

      1. Do {{A}} {{B}} {{C}} {{D}} {{E}}
      """, file: "p.md")
    let problems = PlaybookLint.problems(of: document, at: Instant(milliseconds: 0))
    #expect(
      problems.map { "\($0.position.line) \($0.what)" } == [
        "3 the environment's NOVA_TOKEN looks like a secret, and A would be shown and written down",
        "6 the environment's API_KEY looks like a secret, and D would be shown and written down",
      ])
  }
}
