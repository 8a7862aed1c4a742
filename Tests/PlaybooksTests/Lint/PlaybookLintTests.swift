import Testing
import Values

@testable import Playbooks

struct PlaybookLintTests {
  /// `line:column what` of every finding.
  private func findings(
    _ text: String, in surroundings: PlaybookLint.Surroundings = .init(),
    now: String = "2026-11-21T00:00:00Z",
    find: @escaping @Sendable (String) -> PlaybookLint.Target = { _ in .nothing }
  ) -> [String] {
    let (document, problems) = read(text)
    #expect(problems.isEmpty)
    let found = PlaybookLint.problems(
      of: document, in: surroundings, at: Instant(rfc3339: now) ?? Instant(milliseconds: 0), find: find)
    #expect(found.allSatisfy { $0.weight == .warning && $0.file == "test.md" && !$0.remedy.isEmpty })
    return found.map { "\($0.position.line):\($0.position.column) \($0.what)" }
  }

  @Test func aPlainRunbookNeedsNothing() {
    let text = """
      # Restore

      Some words, [a page](https://example.test/a#b) and [a heading](#begin).

      ## Begin

      1. Restore <backup> of [tenant-name].
         ```bash
         pg_restore -d <environment> "$DATABASE_URL"
         ```
      2. Tell somebody.
      """
    #expect(findings(text) == [])
    #expect(findings("") == [])
  }

  @Test func namesWordsThatNothingDeclares() {
    let text = """
      ---
      variables:
        PROJECT_ID: {ask: Which project?}
      ---
      # A

      1. Go.
         ```bash
         gcloud --project PROJECT_ID \\
           restore --id BACKUP_ID
         other BACKUP_ID {{links.admin}} {{base}} {{who}}
         ```
      """
    #expect(
      findings(text) == ["10:19 BACKUP_ID looks like a place for a value, and nothing declares it"])
    var surroundings = PlaybookLint.Surroundings(
      variables: [Variable("BACKUP_ID")], given: ["base", "links.status"])
    #expect(findings(text, in: surroundings) == ["11:20 the system has no links.admin"])
    surroundings.given = ["links.admin"]
    #expect(findings(text, in: surroundings) == ["11:36 the system has no base"])
  }

  @Test func namesVariablesThatNobodyUses() {
    let text = """
      ---
      variables:
        USED: {ask: A?}
        READ_BY_NAME: {ask: B?}
        IN_TEXT: {ask: C?}
        READ: {ask: D?}
        LOST: {ask: E?}
      ---
      # A

      1. Look at {{IN_TEXT}}.
         ```bash
         run {{USED}} "$READ_BY_NAME" ${READ_MORE}
         ```
      """
    #expect(
      findings(text) == [
        "6:3 the variable READ is declared and never used",
        "7:3 the variable LOST is declared and never used",
      ])
  }

  @Test func namesDeadLinks() {
    let text = """
      # A

      See [one](other.md#there), [two](other.md#nowhere) and [three](<no such.md>), as
      [four](docs/no%20such.txt) says, or [five](#gone).

      | who | where |
      |---|---|
      | x | [six](gone.md) |

      - [ ] [Seven](mailto:a@example.test), [eight](/root.md), [nine](//host/x), ![ten](ten.png)
      """
    let found = findings(text) { path in
      switch path {
      case "other.md": .document(anchors: ["there"])
      case "ten.png": .file
      default: .nothing
      }
    }
    #expect(
      found == [
        "3:34 other.md has no heading with the anchor #nowhere",
        "3:65 the link leads to no such.md, and there is no such file",
        "4:8 the link leads to docs/no%20such.txt, and there is no such file",
        "4:44 no heading of this file has the anchor #gone",
        "8:13 the link leads to gone.md, and there is no such file",
      ])
  }

  @Test func namesCommandsInQuotes() {
    let text = """
      # A

      > Do not:
      >
      > ```bash
      > rm -rf /data
      > ```

      1. Look.

         > ```text
         > output
         > ```
      """
    #expect(findings(text) == ["5:1 these commands stand in a quote, so that no step has them"])
  }

  @Test func namesSectionsThatNothingLeadsTo() {
    let text = """
      # Guide

      ## Contents

      - [One](#one)
      - [Two](#two)

      ## One

      Words.

      ### Inside one

      Words.

      ## Two

      Words, and [three](#three).

      ## Three

      Words.

      ## Four

      Words.

      ## Five

      1. A step is found by itself.

      ## Six

      ### In six

      - And so is this one.
      """
    #expect(findings(text) == ["24:1 nothing leads to the section \"Four\", and it has no steps"])
    let without = text.replacing("- [One](#one)\n- [Two](#two)\n", with: "")
    #expect(findings(without) == [])
  }

  @Test func namesPatternsAndUndosWithoutAPlace() {
    let text = """
      ---
      destructive: [firebase deploy, launch rocket]
      steps:
        Turn it off:
          due: 5m
          undo: Turn it on
        Scale down: {undo: Turn it onn}
        "1.3": {undo: "1.1"}
        "1.1": {undo: "2.1"}
        Turn it: {undo: Tell the others that it is on}
      ---
      # A

      1. Turn it off
         ```bash
         firebase --project x deploy
         firebase deploy --only functions
         ```
      2. Scale down
      3. Turn it on again
      """
    #expect(
      findings(text) == [
        "2:32 no command matches the destructive pattern \"launch rocket\"",
        "7:16 no step begins with \"Turn it onn\", so that no tick takes back what this one leaves in force",
        "9:11 no step begins with \"2.1\", so that no tick takes back what this one leaves in force",
      ])
  }

  @Test func namesAReviewThatIsOverdue() {
    let text = """
      ---
      review: 30d
      reviewed: 2026-10-01
      ---
      # A

      1. Do it.
      """
    #expect(findings(text) == ["3:1 its review is overdue since 2026-10-31"])
    #expect(findings(text, now: "2026-10-30T23:59:59Z") == [])
    let confirmed = PlaybookLint.Surroundings(reviewed: Instant(rfc3339: "2026-11-01T00:00:00Z"))
    #expect(findings(text, in: confirmed) == [])
    // Without a date nobody can tell; the routine of its review says so.
    #expect(findings(text.replacing("reviewed: 2026-10-01\n", with: "")) == [])
  }

  @Test func makesScriptsThatAShellCanRead() {
    let (document, _) = read(
      """
      # A

      1. Go.
         ```bash
         deploy <environment> --tag {{TAG}} \\
           BACKUP
         ```
         ```console
         $ echo a
         a
         ```
      2. Stop.
         ```zsh
         stop [[ -f x ]]
         "open
         ```
      """)
    #expect(
      document.scripts(declared: ["BACKUP"]) == [
        Script(dialect: .bash, text: "deploy x --tag x \\\n  x", line: 5),
        Script(dialect: .sh, text: "echo a", line: 9),
        Script(dialect: .bash, text: "stop [[ -f x ]]", line: 14),
      ])
  }

  @Test func namesSecretsThatAreTooShortToBeMasked() {
    let text = """
      ---
      variables:
        PIN: {secret: true, choices: ["123", "4567"]}
        KEY: {secret: true}
        LONG: {secret: true}
        OPEN: {choices: [a, b]}
      ---
      # P

      1. Do {{LONG}} {{OPEN}}
         ```sh
         run {{PIN}} {{KEY}} {{TOKEN}}
         ```
      """
    let surroundings = PlaybookLint.Surroundings(
      variables: [Variable("TOKEN", isSecret: true), Variable("OTHER", isSecret: true)],
      shortSecrets: ["KEY", "TOKEN", "OTHER"])
    let tail = "fewer than 4 characters, so that it is not masked in what commands write"
    #expect(
      findings(text, in: surroundings) == [
        "1:1 the secret TOKEN has \(tail)", "3:3 the secret PIN may have \(tail)",
        "4:3 the secret KEY has \(tail)",
      ])
  }
}
