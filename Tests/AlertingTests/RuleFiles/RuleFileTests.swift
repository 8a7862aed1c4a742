import Alerting
import Testing
import Values

struct RuleFileTests {
  /// What is wrong, and where exactly: the line and column of the character itself.
  @Test(arguments: [
    ("groups:\n- name: g\n  nope: 1\n  rules: []\n", 3, 3, "no key \"nope\""),
    ("groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up ==\n", 5, 16, "expression is wrong"),
    (
      "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: |\n      up\n        == )\n", 7, 12,
      "expression is wrong"
    ),
    (
      "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: 'up{a=\"it''s\"} )'\n", 5, 26,
      "expression is wrong"
    ),
    ("groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up\n    for: 5\n", 6, 10, "for is a duration"),
    (
      "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up\n    annotations:\n      s: \"a\\tb {{ nope }}\"\n",
      7, 19, "\"nope\" not defined"
    ),
    ("groups:\n- name: g\n  rules:\n  - expr: up\n", 4, 5, "neither record nor alert"),
    ("groups:\n- name: g\n  rules:\n  - alert: A\n", 4, 5, "no expr"),
    ("groups:\n- name: g\n  rules:\n  - record: a{b}\n    expr: up\n", 4, 5, "braces"),
    ("groups:\n- name: g\n- name: g\n", 3, 3, "stands twice"),
    ("groups:\n- name: g\n  rules:\n  - {record: a, expr: up, for: 5m}\n", 4, 27, "has no for"),
    ("groups: 5\n", 1, 9, "groups is a list"),
    ("kind: Service\nspec: {groups: []}\n", 1, 1, "no rule file"),
  ])
  func aMistakeHasItsPlace(_ text: String, _ line: Int, _ column: Int, _ what: String) {
    let (_, problems) = RuleFile.parse(text, file: "rules.yaml")
    let errors = problems.filter { $0.weight == .error }
    #expect(errors.count == 1, "\(errors)")
    #expect(errors.first?.position == Position(line: line, column: column))
    #expect(errors.first?.what.contains(what) ?? false, "\(errors)")
  }

  @Test func allMistakesAreFoundAtOnce() {
    let text = """
      groups:
        - name: g
          interval: soon
          rules:
            - alert: A
              expr: sum(
              labels: {__name__: x}
            - record: b
              expr: up
              annotation: {}
      """
    let (groups, problems) = RuleFile.parse(text, file: "rules.yaml")
    #expect(groups.isEmpty)
    #expect(problems.map(\.position.line) == [3, 6, 7, 10])
  }

  @Test func scalarsAreTakenAsWritten() throws {
    let text = """
      groups:
        - name: g
          labels: {team: 010, zone: yes}
          rules:
            - alert: A
              expr: up
              labels: {v: 1e3, w: 2020-01-01, zone: no, empty: ~}
      """
    let (groups, problems) = RuleFile.parse(text, file: "rules.yaml")
    #expect(problems.isEmpty)
    let rule = try #require(groups.first?.rules.first)
    #expect(
      rule.labels.map { "\($0.name)=\($0.text)" }
        == ["empty=", "team=010", "v=1e3", "w=2020-01-01", "zone=no"])
  }

  @Test func aPrometheusRuleIsUnwrapped() {
    let text = """
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata: {name: x, labels: {role: alert-rules}}
      spec:
        groups:
          - name: g
            partial_response_strategy: warn
            rules: [{alert: A, expr: up}]
      """
    let (groups, problems) = RuleFile.parse(text, file: "rules.yaml")
    #expect(problems.isEmpty)
    #expect(groups.map(\.name) == ["g"])
  }

  @Test(arguments: [
    ("severity: sev9", "no level"), ("v: '{{ $value }}'", "holds the value"),
  ])
  func adviceIsAWarning(_ label: String, _ what: String) {
    let text = "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up\n    labels:\n      \(label)\n"
    let (groups, problems) = RuleFile.parse(text, file: "rules.yaml")
    #expect(groups.count == 1)
    #expect(problems.map(\.weight) == [.warning])
    #expect(problems.first?.what.contains(what) ?? false)
  }

  @Test func aSystemReadsAllDocuments() {
    let text = "groups:\n- name: g\n---\ngroups:\n- name: h\n---\n"
    let (groups, problems) = RuleFile.parse(text, file: "rules.yaml")
    #expect(groups.map(\.name) == ["g", "h"])
    #expect(problems.isEmpty)
  }

  @Test func toPrometheusOnlyTheFirstDocumentCounts() {
    let text = "groups:\n- name: g\n---\ngroups:\n- name: h\n"
    let (groups, problems) = RuleFile.parse(text, file: "rules.yaml", as: .prometheus)
    #expect(groups.map(\.name) == ["g"])
    #expect(problems.map(\.weight) == [.warning])
  }

  @Test(arguments: [
    ("critical", Level.page), ("page", .page), ("warning", .warn), ("warn", .warn), ("info", .info),
    ("none", .info), ("sev1", .page), ("whatever", .warn), ("CRITICAL", .page),
  ])
  func severitiesHaveLevels(_ severity: String, _ level: Level) {
    #expect(LevelMap(["sev1": .page]).level(of: severity) == level)
  }

  @Test(arguments: [
    ("x_seconds > 5", Figure.Unit.seconds), ("node_memory_free_bytes", .bytes),
    ("a_bytes / b_bytes < 0.1", .ratio), ("100 * (1 - a_bytes / b_bytes) > 5", .percent),
    ("rate(x_seconds_total[5m])", .none), ("avg_over_time(t_celsius[5m])", .celsius),
    ("histogram_quantile(0.9, sum by (le) (rate(x_seconds_bucket[5m])))", .seconds),
    ("count(x_seconds) > 3", .none), ("up == 0", .none), ("cpu_ratio > bool 1", .none),
  ])
  func unitsComeFromMetricNames(_ expr: String, _ unit: Figure.Unit) throws {
    let (groups, _) = RuleFile.parse(
      "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: '\(expr)'\n", file: "rules.yaml")
    #expect(try #require(groups.first?.rules.first).unit == unit)
  }
}
