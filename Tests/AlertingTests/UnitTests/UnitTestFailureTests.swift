import Alerting
import Testing
import Values

/// Differences in promtool's words; the expected texts are what promtool prints.
struct UnitTestFailureTests {
  private static let rules = """
    groups:
      - name: g
        rules:
          - {record: job:up:sum, expr: sum by (job) (up)}
          - alert: Down
            expr: up == 0
            labels: {severity: page}
            annotations: {summary: '{{ $labels.instance }} is down', empty: ''}
    """

  private func run(_ test: String, where isWanted: (String) -> Bool = { _ in true }) -> [UnitTestOutcome] {
    let text = "rule_files: [r.yml]\ntests:\n" + test
    let (file, problems) = UnitTestFile.parse(text, file: "t.yml")
    #expect(problems.isEmpty, "\(problems)")
    return file?.run(RuleFile.parse(Self.rules, file: "r.yml", as: .prometheus).groups, where: isWanted) ?? []
  }

  private static let input = "input_series: [{series: 'up{job=\"a\",instance=\"x\"}', values: 0 0}]"

  @Test func anAlertThatWasNotExpected() {
    let outcomes = run(
      "- name: first\n  \(Self.input)\n  alert_rule_test: [{eval_time: 1m, alertname: Down, exp_alerts: []}]\n"
    )
    #expect(outcomes.map(\.name) == ["first"])
    #expect(
      outcomes.flatMap(\.failures).map { $0.text() } == [
        """
            name: first,
            alertname: Down, time: 1m,\(" ")
                exp:[],\(" ")
                got:[
                    0:
                      Labels:{alertname="Down", instance="x", job="a", severity="page"}
                      Annotations:{summary="x is down"}
                    ]
        """
      ])
  }

  @Test func aValueThatDiffers() {
    let outcomes = run(
      """
      - \(Self.input)
        promql_expr_test:
          - expr: job:up:sum + 0.25
            eval_time: 1m
            exp_samples: [{labels: '{job="a"}', value: 25}, {labels: '{job="b"}', value: 2.5e10}]
      """)
    let failures = outcomes.flatMap(\.failures)
    #expect(outcomes.map(\.name) == ["unnamed#0"])
    #expect(failures.first?.position == Position(line: 5, column: 7))
    #expect(
      failures.map { $0.text() } == [
        """
            expr: "job:up:sum + 0.25", time: 1m,
                exp: {job="a"} 2.5E+01, {job="b"} 2.5E+10
                got: {job="a"} 2.5E-01
        """
      ])
    #expect(
      failures.map { $0.text(isDiff: true) } == [
        """
            expr: "job:up:sum + 0.25", time: 1m,
              -             {job="a"} 2.5E+01
              -             {job="b"} 2.5E+10
              +             {job="a"} 2.5E-01
        """
      ])
  }

  @Test func testsAreChosenByName() {
    let tests = ["one", "two"].map { "- {name: \($0), \(Self.input)}\n" }.joined() + "- {\(Self.input)}\n"
    #expect(run(tests).map(\.name) == ["one", "two", "unnamed#2"])
    #expect(run(tests) { $0.hasPrefix("t") }.map(\.name) == ["two"])
  }

  @Test func anOrderNamesAGroupOnce() {
    let (_, problems) = UnitTestFile.parse("group_eval_order: [a, b, a]\n", file: "t.yml")
    #expect(problems.map(\.position) == [Position(line: 1, column: 1)])
  }
}
