import Foundation
import Testing

@Suite struct RulesVerbTests {
  private static let sound = """
    groups:
      - name: g
        rules:
          - {record: job:up:sum, expr: sum by (job) (up)}
          - alert: Down
            expr: up == 0
            labels: {severity: gold}
            annotations: {summary: '{{ $labels.job }} is down'}

    """

  private static let broken = """
    groups:
      - name: g
        nope: 1
        rules:
          - alert: A
            expr: rate(x[5m]
          - {record: a, expr: up, for: 5m}

    """

  private static let twice = """
    groups:
      - name: g
        rules: [{record: a, expr: up}]
      - name: h
        rules: [{record: a, expr: up == 1}]

    """

  @Test func soundFilesAreCountedAndBrokenOnesToldWhole() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.sound, to: "rules/a.yml")
    try sandbox.write(Self.broken, to: "rules/b.yml")
    let sound = try sandbox.midwatch("rules", "check", "rules/a.yml")
    #expect(sound.out == "Checking rules/a.yml\n  SUCCESS: 2 rules found\n\n")
    #expect(sound.status == 0 && sound.err.isEmpty, "\(sound.err)")
    let both = try sandbox.midwatch("rules", "check", "rules/*.yml")
    #expect(both.status == 1)
    #expect(both.out.contains("Checking rules/a.yml\n  SUCCESS: 2 rules found"))
    for place in ["rules/b.yml:3:5: ", "rules/b.yml:6:25: ", "rules/b.yml:7:31: "] {
      #expect(both.err.contains("\n" + place), "\(place) in\n\(both.err)")
    }
    let missing = try sandbox.midwatch("rules", "check", "none.yml")
    #expect(missing.status == 1 && missing.err.contains("none.yml:1:1: the file cannot be opened"))
  }

  @Test func theLintFindsDuplicatesAndFailsOnlyWhenAsked() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.twice, to: "r.yml")
    let told = try sandbox.midwatch("rules", "check", "r.yml")
    #expect(told.status == 0)
    #expect(told.err.contains("1 duplicate rule(s) found.\nMetric: a\n"), "\(told.err)")
    #expect(told.err.contains("r.yml:3:13\n") && told.err.contains("r.yml:5:13\n"), "\(told.err)")
    #expect(try sandbox.midwatch("rules", "check", "--lint-fatal", "r.yml").status == 3)
    #expect(try sandbox.midwatch("rules", "check", "--lint-fatal", "--lint", "none", "r.yml").status == 0)
    try sandbox.write(Self.broken, to: "b.yml")
    #expect(try sandbox.midwatch("rules", "check", "--lint-fatal", "r.yml", "b.yml").status == 1)
  }

  @Test func whatLoadsButDeservesAWordIsWarnedOf() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      """
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata: {name: x}
      spec:
        groups:
          - name: g
            rules: [{alert: A, expr: up, labels: {now: '{{ $value }}'}}]
      ---
      groups: [}
      """, to: "r.yml")
    let outcome = try sandbox.midwatch("rules", "check", "r.yml")
    #expect(outcome.status == 0 && outcome.out.contains("SUCCESS: 1 rules found"), "\(outcome.err)")
    #expect(outcome.err.contains("r.yml:7:50: warning: the label now holds the value"), "\(outcome.err)")
    #expect(outcome.err.contains("r.yml:8:1: warning: a second document"), "\(outcome.err)")
  }

  @Test func programsGetJSONOrJUnit() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.sound, to: "a.yml")
    try sandbox.write(Self.broken, to: "b&.yml")
    let json = try sandbox.midwatch("rules", "check", "--format", "json", "a.yml", "b&.yml")
    #expect(json.status == 1)
    let document = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
    #expect(document?["schema"] as? String == "midwatch.rules_check/1")
    let files = document?["files"] as? [[String: Any]] ?? []
    #expect(files.map { $0["rules"] as? Int } == [2, 0])
    #expect(files.map { ($0["problems"] as? [Any])?.count } == [0, 3])
    let junit = try sandbox.midwatch("rules", "check", "--format", "junit", "a.yml", "b&.yml")
    #expect(junit.status == 1)
    #expect(
      junit.out.contains("<testsuite name=\"midwatch rules check\" tests=\"2\" failures=\"1\" errors=\"0\">"))
    #expect(junit.out.contains("<testcase name=\"a.yml\"/>"))
    #expect(junit.out.contains("<testcase name=\"b&amp;.yml\">"))
  }

  private static let tests = """
    rule_files: [r*.yml]
    tests:
      - name: good
        input_series: [{series: 'up{job="a"}', values: 0x5}]
        alert_rule_test:
          - alertname: Down
            eval_time: 1m
            exp_alerts: [{exp_labels: {job: a, severity: gold}, exp_annotations: {summary: a is down}}]
      - name: bad
        input_series: [{series: 'up{job="a"}', values: 0x5}]
        promql_expr_test:
          - {expr: 'job:up:sum', eval_time: 2m, exp_samples: [{labels: 'job:up:sum{job="a"}', value: 1}]}

    """

  @Test func unitTestsPassOrTellTheDifference() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.sound, to: "t/r.yml")
    try sandbox.write(Self.tests, to: "t/tests.yml")
    let all = try sandbox.midwatch("rules", "test", "t/tests.yml")
    #expect(all.status == 1)
    #expect(all.out.hasPrefix("Unit Testing:  t/tests.yml\n"))
    #expect(
      all.err.contains(
        """
          FAILED:
            expr: "job:up:sum", time: 2m,
                exp: {__name__="job:up:sum", job="a"} 1E+00
                got: {__name__="job:up:sum", job="a"} 0E+00
            at t/tests.yml:12:9
        """), "\(all.err)")
    let good = try sandbox.midwatch("rules", "test", "--run", "^go", "t/tests.yml")
    #expect(good.status == 0 && good.out.contains("  SUCCESS"), "\(good.err)")
    let diff = try sandbox.midwatch("rules", "test", "--diff", "t/tests.yml")
    #expect(diff.err.contains("- ") && diff.err.contains("+ "), "\(diff.err)")
    let junit = try sandbox.midwatch("rules", "test", "--format", "junit", "t/tests.yml")
    #expect(junit.out.contains("<testsuite name=\"t/tests.yml\" tests=\"2\" failures=\"1\" errors=\"0\">"))
    let json = try sandbox.midwatch("rules", "test", "--format", "json", "t/tests.yml")
    #expect(json.out.contains("\"midwatch.rules_test/1\"") && json.status == 1)
    try sandbox.write(Self.broken, to: "t/r2.yml")
    let unread = try sandbox.midwatch("rules", "test", "t/tests.yml")
    #expect(unread.status == 1 && unread.err.contains("t/r2.yml:6:25: "), "\(unread.err)")
  }
}
