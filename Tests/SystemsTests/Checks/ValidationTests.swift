import Systems
import Testing
import Values

struct ValidationTests {
  /// Five mistakes in four files: all found in one run, each with file, line and column.
  @Test func fivePlantedMistakesAreFive() {
    let folder = Folder(
      """
      title: Shop
      endpoints:
        api:
          http: http://127.0.0.1:8080/health
          expct: [status == 200]
      escalation:
        - {name: L1, at: 0m, playbook: recover#frist}
      """,
      [
        "rules.yaml": """
        groups:
          - name: g
            rules:
              - alert: Slow
                expr: rate(x[5m]) >> 3
              - alert: Down
                expr: up == 0
                annotations: {summary: '{{ $label.job }} is down'}
        """,
        "recover.md": "---\nalerts: [Donw]\n---\n# Recover\n\n## First\n\n- Look.\n",
      ])
    let problems = SystemFolder.problems(of: folder, environment: [:])
    #expect(
      problems.map { "\($0.file):\($0.position.line):\($0.position.column)" } == [
        "recover.md:2:10", "rules.yaml:5:28", "rules.yaml:8:36", "system.yaml:5:5", "system.yaml:7:34",
      ], "\(problems.map(\.description).joined(separator: "\n"))")
    #expect(problems.allSatisfy { $0.weight == .error && !$0.remedy.isEmpty })
  }

  @Test(arguments: [
    ("contacts: [{role: a}]\nescalation: [{name: L, at: 0m, contact: b}]", "3:41: there is no contact \"b\""),
    ("follow_ups: [{due: 1h, playbook: nope}]", "2:34: there is no playbook \"nope\""),
    ("maintenance: [{title: M, at: soon, for: 1h}]", "2:30: at cannot be \"soon\""),
    ("maintenance: [{title: M, every: Sun 25:00, for: 1h}]", "2:33: every cannot be"),
    ("maintenance: [{title: M, cron: '0 3 99 * *', for: 1h}]", "2:32: cron cannot be"),
    ("severities: {P1: {means: x}}", "2:14: the severities are S1 to S4"),
    ("levels: {sev1: loud}", "2:1: the level of sev1 cannot be \"loud\""),
    ("inhibit_rules: [{source_matchers: [a], target_matchers: [b=c]}]", "2:36: this is no matcher"),
    (
      "slos: [{title: S, objective: 99, window: 30d, good: up, total: up}]", "2:30: objective is a percentage"
    ),
    (
      "slos: [{title: S, objective: 100%, window: 30d, good: up, total: up}]",
      "2:19: such an objective leaves no"
    ),
    (
      "slos: [{title: S, objective: 99%, window: 5m, good: up, total: up}]",
      "2:35: the window of an objective is"
    ),
    (
      "slos: [{title: S, objective: 99%, window: 30d, good: 'sum(rate(x[$window]) by', total: up}]",
      "2:76: the expression is wrong"
    ),
    (
      "slos: [{title: S, objective: 99%, window: 30d, good: up, total: '1'}]",
      "2:66: the expression is wrong: it is a scalar"
    ),
    (
      "slos: [{title: S, objective: 90%, window: 30d, good: up, total: up}]",
      "2:19: warning: no budget of this objective burns 14.4 times"
    ),
    (
      "slos: [{title: S, objective: 99%, window: 30d, good: up, total: up, playbook: x}]",
      "2:79: there is no playbook \"x\""
    ),
    ("routines: [{title: R, every: fortnightly}]", "2:30: every cannot be \"fortnightly\""),
    ("routines: [{title: R, every: 4h, at: \"08:00\"}]", "2:34: at is for routines that come on a day"),
    ("routines: [{title: R, after: lunch}]", "2:30: after cannot be \"lunch\""),
    ("routines: [{title: R, after: incident, every: daily}]", "2:40: a routine that comes after something"),
    ("routines: [{title: R, every: daily, fresh: 7d}]", "2:37: fresh says how old evidence may be"),
    ("routines: [{title: R, every: daily}, {title: R, every: 4h}]", "2:39: the routine \"R\" stands twice"),
    ("routines: [{title: R, every: daily, playbook: drill}]", "2:47: there is no playbook \"drill\""),
    ("deliveries: {x: {mail: y}}", "2:17: a delivery has exactly one kind"),
    ("deliveries: {x: {slack: 'http://y.z', approval: king}}", "2:49: there is no role \"king\""),
    ("tickets: {calendar: {S1: day}}", "2:21: there is no calendar \"day\""),
    ("calendars: {c: {hours: [Mon 9-5]}}", "2:24: these are no hours"),
    ("calendars: {c: {hours: [Mon 24:00-02:00]}}", "2:24: these are no hours"),
    ("calendars: {c: {hours: [Mon 09:00-24:01]}}", "2:24: these are no hours"),
    ("calendars: {c: {hours: [Mon 09:00-09:00]}}", "2:24: the hours \"Mon 09:00-09:00\" end as they begin"),
    ("calendars: {24x7: {hours: [Mon 09:00-17:00]}}", "2:13: 24x7 is always open"),
    ("cadence: [{every: 15m, status: Sleeping}]", "2:32: status cannot be \"Sleeping\""),
    ("contacts: [{role: a}, {role: a}]", "2:24: the contact \"a\" stands twice"),
    ("nonsense: 1", "2:1: a system.yaml has no key \"nonsense\""),
  ])
  func aMistakeHasItsPlace(_ text: String, _ expected: String) {
    let (_, problems) = SystemFolder.read("title: T\n" + text + "\n")
    #expect(
      problems.count == 1 && problems.first?.hasPrefix("system.yaml:" + expected) ?? false, "\(problems)")
  }

  @Test func aFolderWithoutSystemSaysSo() {
    let problems = SystemFolder.problems(of: Folder(name: "x", files: [:]), environment: [:])
    #expect(problems.map(\.what) == ["the folder x has no system.yaml"])
  }

  @Test(arguments: [
    ("groups: []", "anything.yaml", FileKind.rules), ("title: x\nendpoints: {}", "s.yaml", .system),
    ("tests: []", "rules_test.yaml", .ruleTests), ("# Hello", "p.md", .playbook),
    ("---\naudience: users\n---\nx", "t.md", .template), ("slots: {}", "dark.yaml", .theme),
    ("start: {}\nthen: []", "d.yaml", .drill), ("kind: PrometheusRule", "k.yml", .rules),
    ("", "x.txt", .unknown),
    ("# x", "playbooks/shop/comms/users.md", .template),
  ])
  func filesAreKnownByWhatTheyHold(_ text: String, _ file: String, _ kind: FileKind) {
    #expect(FileKind(text: text, file: file) == kind)
  }

  @Test func theDigestChangesWithEveryByteAndName() {
    let base = Folder(name: "a", files: ["x": "1", "y": "2"])
    #expect(base.digest == Folder(name: "b", files: ["y": "2", "x": "1"]).digest)
    #expect(base.digest.count == 64)
    for files in [["x": "1"], ["x": "12", "y": ""], ["xy": "1", "": "2"], ["x": "2", "y": "1"]] {
      #expect(Folder(name: "a", files: files).digest != base.digest)
    }
  }

  /// What a playbook's front matter names has to be in its folder.
  @Test func frontMatterNamesWhatIsThere() {
    let playbook = """
      ---
      roles: [operations, operatoins]
      escalation:
        - {name: L1, at: 0m, contact: primary, playbook: recover}
        - {name: L2, at: 5m, contact: primry, playbook: recover#frist}
      steps:
        Look: {role: nobody, until: "rate(x[5m]"}
        Wait: {until: apii up}
        Rest: {until: Slwo resolved, role: scribe}
      ---
      # Recover
      ## First
      - Look.
      - Wait.
      - Rest.
      """
    let folder = Folder(
      "title: Shop\ncontacts: [{role: primary}]\nendpoints: {api: {http: \"http://127.0.0.1:1/\"}}\n",
      [
        "recover.md": playbook,
        "rules.yaml": "groups: [{name: g, rules: [{alert: Slow, expr: up == 0}]}]\n",
      ])
    #expect(
      SystemFolder.problems(of: folder, environment: [:]).map(\.description) == [
        "recover.md:2:21: there is no role \"operatoins\"; did you mean \"operations\"?",
        "recover.md:5:33: there is no contact \"primry\"; did you mean \"primary\"?",
        "recover.md:5:51: the playbook recover has no section #frist; did you mean \"first\"?",
        "recover.md:7:3: there is no role \"nobody\"; there are: commander, communications, operations, scribe",
        "recover.md:7:3: until is no query: 1:11: unexpected end of the expression; \")\" or a comma after an "
          + "argument was expected; write an alert and resolved or firing, an endpoint and up or down, or a query",
        "recover.md:8:3: there is no endpoint \"apii\"; did you mean \"api\"?",
        "recover.md:9:3: no rule has the alert \"Slwo\"; did you mean \"Slow\"?",
      ])
  }

  /// What is secret in system.yaml is no open value of a run.
  @Test func aVariableFilledFromASecretIsOne() {
    let folder = Folder(
      """
      title: Shop
      secrets: {SHOP_TOKEN: }
      variables:
        A: {from: env.SHOP_TOKEN}
        B: {from: env.SHOP_TOKEN, secret: true}
        C: {from: env.SHOP_REGION}
      """,
      ["p.md": "---\nvariables: {D: {from: env.SHOP_TOKEN}}\n---\n# P\n\n- Do {{A}} {{B}} {{C}} {{D}}.\n"])
    let problems = SystemFolder.problems(of: folder, environment: ["SHOP_TOKEN": "x"])
    #expect(
      problems.filter { $0.weight == .error }.map(\.description) == [
        "p.md:2:13: SHOP_TOKEN is a secret, and D, which is filled from it, is none; add `secret: true`",
        "system.yaml:4:3: SHOP_TOKEN is a secret, and A, which is filled from it, is none; add `secret: true`",
      ])
  }
}
